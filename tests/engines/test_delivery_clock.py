"""Telling late blocks from lost ones, by scripted arrivals."""

from __future__ import annotations

import numpy as np

from vivavoce.engines.delivery_clock import DeliveryClock

RATE = 16_000
BLOCK = np.zeros(RATE // 50, np.int16)


class Deliveries:
    """A device that records in real time; the test says when its blocks arrive."""

    def __init__(self) -> None:
        self.clock = DeliveryClock(RATE)
        self.recorded = 0.0
        self.lost: list[int] = []
        """The loss before each block that was let through."""

    def receive(self, blocks: int, late: float = 0.0, never: float = 0.0) -> None:
        """Take `blocks`, each `late` seconds after it was recorded, after `never` seconds of which
        nothing comes."""
        self.recorded += never
        for _ in range(blocks):
            self.recorded += len(BLOCK) / RATE
            self.lost += [lost for lost, _ in self.clock.deliver(BLOCK, self.recorded + late)]

    def losses(self) -> list[tuple[int, int]]:
        """Return (block, samples) of each loss."""
        return [(block, lost) for block, lost in enumerate(self.lost) if lost]


def test_blocks_on_time_pass_at_once() -> None:
    deliveries = Deliveries()
    deliveries.receive(100)
    assert deliveries.lost == [0] * 100


def test_blocks_that_come_two_and_three_at_a_time_are_no_loss() -> None:
    deliveries = Deliveries()
    for _ in range(50):
        deliveries.receive(1, late=0.04)
        deliveries.receive(1, late=0.02)
        deliveries.receive(1)
    assert deliveries.lost == [0] * 150


def test_blocks_that_a_stall_made_late_are_held_and_then_all_passed() -> None:
    deliveries = Deliveries()
    deliveries.receive(50)
    for behind in range(50, 0, -1):  # a second's worth arrives in one instant
        deliveries.receive(1, late=behind * 0.02 - 0.02)
    assert deliveries.lost == [0] * 100


def test_a_second_that_never_comes_is_counted_where_it_went_missing() -> None:
    deliveries = Deliveries()
    deliveries.receive(50)
    deliveries.receive(100, never=1.0)
    ((block, lost),) = deliveries.losses()
    assert block == 50
    assert abs(lost - RATE) < 0.01 * RATE


def test_the_second_loss_is_counted_apart_from_the_first() -> None:
    deliveries = Deliveries()
    deliveries.receive(50)
    deliveries.receive(50, never=0.3)
    deliveries.receive(50, never=0.6)
    (first, second) = deliveries.losses()
    assert [first[0], second[0]] == [50, 100]
    assert abs(first[1] - 0.3 * RATE) < 0.01 * RATE
    assert abs(second[1] - 0.6 * RATE) < 0.01 * RATE


def test_a_slow_crystal_is_no_loss_in_fifteen_minutes() -> None:
    clock = DeliveryClock(RATE)
    seconds = len(BLOCK) / RATE * (1 + 200e-6)
    lost = [loss for n in range(45_000) for loss, _ in clock.deliver(BLOCK, n * seconds)]
    assert lost == [0] * 45_000


def test_blocks_still_held_when_the_device_goes_are_not_forgotten() -> None:
    deliveries = Deliveries()
    deliveries.receive(50)
    deliveries.receive(5, never=1.0)
    assert len(deliveries.lost) + len(deliveries.clock.held()) == 55
