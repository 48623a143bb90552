"""`vivavoce cases`: what there is to practise, and writing more of it."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from pathlib import Path
from typing import get_args

import click

from vivavoce.domain.case import Case, Round, Variant
from vivavoce.errors import BadInputError, NotFoundError
from vivavoce.locations import find_locations
from vivavoce.store.case_file import read_case
from vivavoce.store.case_library import load_library, read_folder

_EXAMPLES = "\b\nExamples:\n  vivavoce "


@click.group(
    epilog=f"{_EXAMPLES}cases list --round technical\n"
    "  vivavoce cases show daily-mix-churn\n"
    "  vivavoce cases new my-first-case\n"
    "  vivavoce cases check"
)
def cases() -> None:
    """List, show, check or write cases."""


@cases.command(
    "list",
    epilog=f"{_EXAMPLES}cases list\n  vivavoce cases list --round technical --json",
)
@click.option("--round", "round_", type=click.Choice(get_args(Round)), help="Only this round.")
@click.option("--json", "as_json", is_flag=True, help="Print an array.")
def list_cases(round_: Round | None, as_json: bool) -> None:
    """List the cases: id, round, how many sets of figures, title."""
    library = load_library(find_locations())
    chosen = [case for case in library.cases if round_ is None or case.round == round_]
    if as_json:
        entries = [
            {
                "id": case.id,
                "title": case.title,
                "round": case.round,
                "variants": [variant.id for variant in case.variants],
                "tags": case.tags,
                "target_seconds": case.target_seconds,
            }
            for case in chosen
        ]
        click.echo(json.dumps(entries, indent=2, ensure_ascii=False))
    else:
        width = max((len(case.id) for case in chosen), default=0)
        for case in chosen:
            click.echo(f"{case.id:<{width}}  {case.round:<19}  {len(case.variants)}  {case.title}")
    for problem in library.problems:
        click.echo(f"vivavoce: left out: {problem}", err=True)


@cases.command(
    epilog=f"{_EXAMPLES}cases show daily-mix-churn\n"
    "  vivavoce cases show daily-mix-churn --variant b --spoilers"
)
@click.argument("case_id", metavar="ID")
@click.option("--variant", "variant_id", default="", help="Which figures; by default the first.")
@click.option("--spoilers", is_flag=True, help="Also the twist, a model answer and the probes.")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
def show(case_id: str, variant_id: str, spoilers: bool, as_json: bool) -> None:
    """Show what the interviewer of the case ID says and shows."""
    case = load_library(find_locations()).find(case_id)
    variant = _variant(case, variant_id)
    if as_json:
        click.echo(json.dumps(_as_json(case, variant, spoilers), indent=2, ensure_ascii=False))
        return
    others = ", ".join(each.id for each in case.variants)
    lines = [
        f"{case.title} · {case.round} · figures {variant.id} of {others}",
        f"think {_clock(case.think_seconds)} · answer about {_clock(case.target_seconds)} · "
        f"over at {_clock(case.limit_seconds)}",
        "",
        _wrapped(f'"{case.prompt}"'),
        "",
        *(f"  {line}" for line in variant.exhibit.lines()),
        *([_wrapped(variant.exhibit.note, "  ")] if variant.exhibit.note else []),
    ]
    if spoilers:
        lines += ["", "The twist", _wrapped(variant.twist, "  ")]
        lines += ["", "A model answer", _wrapped(variant.model_answer, "  ")]
        lines += ["", "Follow-up questions, by what the answer lacks"]
        lines += [f"  {probe.tag:<5}  {probe.text}" for probe in variant.probes]
    click.echo("\n".join(lines))


@cases.command(epilog=f"{_EXAMPLES}cases check\n  vivavoce cases check my-first-case.toml cases/")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
def check(paths: tuple[Path, ...], as_json: bool) -> int:
    """Check files or folders of cases; without PATH all that are in your library.

    Prints one line for each file that is broken: file, key, what is wrong. The exit code is 4 when
    there is one.
    """
    if paths:
        fine, problems = _check(paths)
    else:
        library = load_library(find_locations())
        fine, problems = len(library.cases), list(library.problems)
    if as_json:
        click.echo(json.dumps({"fine": fine, "problems": problems}, indent=2, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(problem)
        of_all = f" of {fine + len(problems)}" if problems else ""
        click.echo(f"{fine}{of_all} {'case is' if fine == 1 else 'cases are'} fine.")
    return BadInputError.exit_code if problems else 0


@cases.command(
    epilog=f"{_EXAMPLES}cases new second-class\n"
    '  vivavoce cases new second-class --title "The second class"'
)
@click.argument("case_id", metavar="ID")
@click.option("--title", default="", help="At most 48 characters; by default the id in words.")
def new(case_id: str, title: str) -> None:
    """Write a case to start from, called ID, and print its path."""
    from vivavoce.store.new_case import write_new_case

    click.echo(write_new_case(find_locations(), case_id, title))
    click.echo(f"Edit it, then: vivavoce practice {case_id}", err=True)


def _variant(case: Case, variant_id: str) -> Variant:
    try:
        return case.variant(variant_id) if variant_id else case.variants[0]
    except KeyError:
        known = ", ".join(variant.id for variant in case.variants)
        raise NotFoundError(
            f"The case {case.id} has no figures {variant_id}.", f"Choose one of: {known}."
        ) from None


def _check(paths: tuple[Path, ...]) -> tuple[int, list[str]]:
    fine = 0
    problems: list[str] = []
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise NotFoundError(f"There is no file {path}.", "Check the path.")
        if path.is_dir():
            found, wrong = read_folder(path)
            fine += len(found)
            problems += wrong
            continue
        try:
            read_case(path)
        except BadInputError as error:
            problems.append(str(error))
        else:
            fine += 1
    return fine, problems


def _as_json(case: Case, variant: Variant, spoilers: bool) -> dict[str, object]:
    shown: dict[str, object] = {
        "id": case.id,
        "title": case.title,
        "round": case.round,
        "prompt": case.prompt,
        "think_seconds": case.think_seconds,
        "target_seconds": case.target_seconds,
        "limit_seconds": case.limit_seconds,
        "tags": case.tags,
        "variants": [each.id for each in case.variants],
        "variant": variant.id,
        "exhibit": dataclasses.asdict(variant.exhibit),
    }
    if spoilers:
        shown["twist"] = variant.twist
        shown["model_answer"] = variant.model_answer
        shown["probes"] = [dataclasses.asdict(probe) for probe in variant.probes]
    return shown


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, 78, initial_indent=indent, subsequent_indent=indent)
