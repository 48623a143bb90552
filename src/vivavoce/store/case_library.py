"""The case library: the shipped cases and the user's own, a broken file never hiding the others."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import vivavoce
from vivavoce.domain.case import Case
from vivavoce.domain.text import one_line
from vivavoce.errors import BadInputError, NotFoundError
from vivavoce.locations import Locations
from vivavoce.store.case_file import read_case


@dataclass(frozen=True, slots=True)
class Library:
    """All cases that can be practised, and what is wrong with the others."""

    cases: tuple[Case, ...]
    """The shipped ones in their order, then the user's own."""
    problems: tuple[str, ...]
    """One line a file that is left out: "file: key: what is wrong."."""

    def find(self, case_id: str) -> Case:
        """Return the case with this id.

        Raises:
            NotFoundError: There is none; the hint names the nearest, or what is wrong with its
                file.
        """
        for case in self.cases:
            if case.id == case_id:
                return case
        for problem in self.problems:
            if problem.startswith(f"{case_id}.toml: "):
                raise NotFoundError(f"The case {case_id} cannot be used.", problem)
        near = difflib.get_close_matches(case_id[:64], [case.id for case in self.cases], n=1)
        hint = f"Did you mean {near[0]}?" if near else "See them all: vivavoce cases list"
        raise NotFoundError(f"There is no case {one_line(case_id)[:64]}.", hint)


def load_library(locations: Locations) -> Library:
    """Read every case there is.

    Args:
        locations: The user's own cases are read from `own_cases`, which need not exist.
    """
    shipped, problems = read_folder(shipped_cases(), trusted=True)
    if not shipped:
        problems += ("cases: file: the shipped cases are missing. Install vivavoce again.",)
    own, own_problems = read_folder(locations.own_cases)
    taken = {case.id for case in shipped}
    for case in own:
        if case.id in taken:
            problems += (f"{case.id}.toml: id: a shipped case has this id. Rename yours.",)
    return Library(
        cases=shipped + tuple(case for case in own if case.id not in taken),
        problems=problems + own_problems,
    )


def read_folder(folder: Path, trusted: bool = False) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """Return the cases of one folder in their order, and a line for each file that is none.

    Args:
        folder: Names that do not end in `.toml` or that begin with a dot are passed over.
        trusted: Follow links: some installers link a package's files into their cache.
    """
    cases: list[Case] = []
    problems: list[str] = []
    try:
        files = sorted(
            file
            for file in folder.iterdir()
            if file.suffix == ".toml" and not file.name.startswith(".")
        )
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        return (), (f"{folder}: file: cannot be read: {error.strerror}.",)
    for file in files:
        try:
            cases.append(read_case(file.resolve() if trusted else file))
        except BadInputError as error:
            problems.append(str(error))
    # An order of 0 says nothing: those come last, by id.
    cases.sort(key=lambda case: (case.order == 0, case.order, case.id))
    return tuple(cases), tuple(problems)


def shipped_cases() -> Path:
    """Return the folder of the shipped cases: inside the installed package, or in a checkout."""
    package = Path(vivavoce.__file__).parent
    installed = package / "cases"
    return installed if installed.is_dir() else package.parents[1] / "cases"


def sample_answer(case_id: str) -> Path:
    """Return the shipped recording of an answer to a case.

    Raises:
        NotFoundError: That case has none.
    """
    samples = shipped_cases() / "samples"
    for recording in sorted(samples.glob("*")):
        if recording.stem == case_id:
            return recording
    raise NotFoundError(
        f"There is no sample answer to {one_line(case_id)[:64] or 'no case'}.",
        "daily-mix-churn has one.",
    )
