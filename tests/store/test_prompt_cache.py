"""The cache of rendered sentences."""

from __future__ import annotations

import os
import sys
import wave
from pathlib import Path

import pytest

from tests.mounts import on_read_only_disk
from vivavoce.store.prompt_cache import LIMIT_BYTES, PromptCache


def keep(cache: PromptCache, key: str, frames: int = 100) -> Path:
    part = cache.new_file()
    with wave.open(str(part), "wb") as wav:
        wav.setparams((1, 2, 22_050, 0, "NONE", ""))
        wav.writeframes(bytes(2 * frames))
    return cache.keep(key, part, [(0, 2, 0.0)]).wav


def test_what_was_kept_is_found_with_its_words(tmp_path: Path) -> None:
    cache = PromptCache(tmp_path / "prompts")
    keep(cache, "a", frames=22_050)
    found = cache.find("a")
    assert found is not None
    assert found.seconds == 1.0
    assert found.words == ((0, 2, 0.0),)


def test_what_was_never_kept_is_not_found(tmp_path: Path) -> None:
    assert PromptCache(tmp_path / "prompts").find("a") is None


@pytest.mark.parametrize(
    "facts", ["", "[]", "{}", '{"frames": 99, "words": []}', '{"frames": 100, "words": [1]}']
)
def test_an_entry_whose_facts_do_not_fit_is_not_found(tmp_path: Path, facts: str) -> None:
    cache = PromptCache(tmp_path)
    keep(cache, "a").with_suffix(".json").write_text(facts)
    assert cache.find("a") is None


def test_a_truncated_sound_is_not_found(tmp_path: Path) -> None:
    cache = PromptCache(tmp_path)
    wav = keep(cache, "a")
    wav.write_bytes(wav.read_bytes()[:-10])
    assert cache.find("a") is None


def test_the_entries_that_were_used_longest_ago_make_room(tmp_path: Path) -> None:
    cache = PromptCache(tmp_path)
    for age, key in enumerate("abc"):
        wav = keep(cache, key)
        with wav.open("ab") as file:
            file.truncate(LIMIT_BYTES // 2)  # sparse: no disk is used
        os.utime(wav, (1_000 + age, 1_000 + age))
    keep(cache, "d")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "c.json",
        "c.wav",
        "d.json",
        "d.wav",
    ]


def test_files_are_private(tmp_path: Path) -> None:
    cache = PromptCache(tmp_path / "prompts")
    wav = keep(cache, "a")
    assert wav.parent.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in wav.parent.iterdir()} == {0o600}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from vivavoce.store.prompt_cache import PromptCache; "
        f"PromptCache(Path({str(tmp_path)!r}) / 'prompts').new_file()"
    )
    outcome = on_read_only_disk(tmp_path, [sys.executable, "-c", code])
    assert "StorageError" in outcome.stderr
    assert str(tmp_path) in outcome.stderr
