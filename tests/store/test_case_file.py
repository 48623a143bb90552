from __future__ import annotations

import os
from pathlib import Path

import pytest

from vivavoce.errors import BadInputError
from vivavoce.store.case_file import MAX_FILE_BYTES, parse_case, read_case

GOOD = """
id = "my-case"
title = "A case"
round = "technical"
prompt = "What would you do first?"

[[probes]]
tag = "size"
text = "How many people is that?"

[[variants]]
id = "a"
twist = "They may simply be keener."
model_answer = "One thing is wrong. I would try another. I expect two percent."

[variants.exhibit]
columns = ["Week", "1"]
rows = [["People", "100"]]

[[variants.probes]]
tag = "cause"
text = "What else is it?"
"""


def refusal(text: str, name: str = "my-case.toml") -> str:
    with pytest.raises(BadInputError) as caught:
        parse_case(text, name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_a_file_becomes_a_case_with_the_defaults() -> None:
    case = parse_case(GOOD, "my-case.toml")
    assert (case.id, case.title, case.round) == ("my-case", "A case", "technical")
    assert (case.think_seconds, case.target_seconds, case.limit_seconds) == (45.0, 120.0, 900.0)
    assert case.variants[0].exhibit.rows == (("People", "100"),)
    assert case.tags == ()


def test_the_probes_of_the_case_come_after_those_of_the_variant() -> None:
    variant = parse_case(GOOD, "my-case.toml").variants[0]
    assert [probe.tag for probe in variant.probes] == ["cause", "size"]


def test_a_text_over_several_lines_becomes_one_line() -> None:
    text = changed('"They may simply be keener."', '"""\nThey may\n  simply be keener."""')
    assert parse_case(text, "my-case.toml").variants[0].twist == "They may simply be keener."


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"A case"', "7", "my-case.toml: title: must be text."),
        ('title = "A case"', "", "my-case.toml: title: is missing."),
        ('"A case"', f'"{"x" * 49}"', "title: has 49 characters, 48 are allowed."),
        ('"A case"', '" "', "my-case.toml: title: is empty."),
        ('"technical"', '"final"', "round: must be one of phone-screen, technical,"),
        ('title = "A case"', 'titel = "A case"', "titel: is not known. Did you mean title?"),
        ('title = "A case"', 'title = "A case"\nzzz = 1', "zzz: is not known. Known keys: id,"),
        ("What would you do first?", "word " * 46, "prompt: has 46 words, 45 are allowed."),
        ("you do first?", "you do at 30 percent?", "prompt: holds '3', and it is spoken."),
        ("you do first?", "you do with a %?", "prompt: holds '%', and it is spoken."),
        ("you do first?", "{tool} do first?", "prompt: holds {tool}; in braces are allowed: none"),
        ("What else is it?", "What is {x}?", "text: holds {x}; in braces are allowed: {tool}, {nu"),
        ("What else is it?", "word " * 21, "probes[1].text: has 21 words, 20 are allowed."),
        ("What else is it?", "What? Why?", "probes[1].text: asks more than one question."),
        ('"cause"', '"causes"', "variants[1].probes[1].tag: must be one of size,"),
        ('"size"', "[]", "my-case.toml: probes[1].tag: must be text."),
        ("One thing is wrong. ", "", "model_answer: has 2 sentences, must have 3"),
        ("They may simply", "word " * 60, "variants[1].twist: has 62 words, 60 are allowed."),
        ('"1"]', "1]", "variants[1].exhibit.columns[2]: must be text in quotes, and not empty."),
        ('["Week", "1"]', '["Week"]', "exhibit.columns: has 1 entries, must have 2 to 16."),
        ('"100"]]', '"100", "9"]]', "exhibit.rows[1]: has 3 cells, but there are 2 columns."),
        ('[["People", "100"]]', '["People", "100"]', "exhibit.rows[1]: must be a list."),
        ('["People", "100"]]', '["a", "b"],' * 6 + "]", "rows: has 6 entries, must have 1 to 5."),
        ('"People"', f'"{"x" * 51}"', "exhibit.rows: is printed 57 columns wide, 56 are"),
        ('"People"', f'"{"漢" * 26}"', "exhibit.rows: is printed 58 columns wide, 56 are"),
        ('id = "a"', 'id = "A b"', "variants[1].id: must be 1 to 8 small letters"),
        ("[variants.exhibit]", "[variants.exibit]", "exibit: is not known. Did you mean exhibit?"),
    ],
)
def test_whatever_is_wrong_is_said_by_file_and_key(old: str, new: str, line: str) -> None:
    assert line in refusal(changed(old, new))


@pytest.mark.parametrize(
    "value", ["nan", "inf", "-inf", "-1", "true", '"9"', "[]", "1e9", "9" * 400]
)
@pytest.mark.parametrize("key", ["think_seconds", "target_seconds", "limit_seconds", "order"])
def test_a_time_that_is_no_time_is_refused(key: str, value: str) -> None:
    message = refusal(f"{key} = {value}\n{GOOD}")
    assert message.startswith(f"my-case.toml: {key}: must ")


def test_the_limit_may_not_come_before_the_target() -> None:
    text = f"target_seconds = 120\nlimit_seconds = 100\n{GOOD}"
    assert "limit_seconds: must lie between 120 and 7200" in refusal(text)


def test_an_id_unlike_the_file_name_is_refused() -> None:
    assert refusal(GOOD, "other.toml") == ("other.toml: id: must be other, like the file's name.")


@pytest.mark.parametrize(
    "name",
    [
        "My-case.toml",
        "-my.toml",
        "my case.toml",
        "my-case.json",
        ".toml",
        "../my-case.toml",
        "/tmp/my-case.toml",
        "my-case\n.toml",
        "a" * 65 + ".toml",
    ],
)
def test_a_name_that_is_no_id_or_leads_elsewhere_is_refused(name: str) -> None:
    assert "file: must be named <id>.toml" in refusal(GOOD, name)


def test_two_variants_of_one_id_are_refused() -> None:
    variant = GOOD[GOOD.index("[[variants]]") :]
    assert "variants[2].id: a is there already" in refusal(GOOD + variant)


def test_a_case_without_variants_is_refused() -> None:
    text = GOOD[: GOOD.index("[[variants]]")]
    assert "variants: there must be at least one" in refusal(text)


def test_control_and_direction_characters_are_left_out() -> None:
    text = changed("A case", "A\\u001b[31m \u202ecase\x9b").replace("keener", "kee\x1bner")
    case = parse_case(text, "my-case.toml")
    assert case.title == "A[31m case"
    assert case.variants[0].twist == "They may simply be keener."


def test_an_id_with_a_control_character_is_not_cleaned_into_a_good_one() -> None:
    assert "id: must be my-case" in refusal(changed('"my-case"', '"my\\u0007-case"'))


def test_a_key_with_control_characters_is_shown_without_them() -> None:
    assert "a[2J: is not known" in refusal('"a\\u001b[2J" = 1\n' + GOOD)


HOSTILE = {
    "nested lists": ("x = " + "[" * 100_000, "file: is nested too deeply"),
    "nested tables": ("x = " + "{a=" * 50_000, "file: is nested too deeply"),
    "dotted key": ("a = 1\n" + ".".join("a" * 50_000) + " = 1", "file: line 2 has more than"),
    "dotted header": (
        "[" + ".".join("a" * 200) + "]\n" + "".join(f"b{n}=1\n" for n in range(25_000)),
        "a: is not known",
    ),
    "dotted keys": (
        "".join(f"a{n}{'.a' * 190} = 1\n" for n in range(600)),
        "a0: is not known",
    ),
    "many tables": ("[[a]]\n" * 40_000, "a: is not known"),
    "many keys": ("".join(f"a{n}=1\n" for n in range(25_000)), "a0: is not known"),
    "long key": ("a" * 200_000 + " = 1", "a" * 64 + ": is not known"),
    "long number": ("x = " + "9" * 100_000, "file: is not TOML:"),
    "no such day": ("x = 2026-99-99", "file: is not TOML:"),
    "no value": ("x =", "file: is not TOML: Invalid value (at end of document)"),
    "key twice": ("x = 1\nx = 2", "file: is not TOML:"),
    "empty": ("", "id: is missing"),
    "too long": ("x" * (MAX_FILE_BYTES + 1), "file: is longer than 256 KiB"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_gets_its_line(kind: str) -> None:
    text, line = HOSTILE[kind]
    assert f"my-case.toml: {line}" in refusal(text)


def test_a_ruler_of_dots_in_a_comment_is_fine() -> None:
    assert parse_case(f"# {'.' * 500}\n{GOOD}", "my-case.toml").id == "my-case"


def written(tmp_path: Path, data: bytes, name: str = "my-case.toml") -> Path:
    file = tmp_path / name
    file.write_bytes(data)
    return file


def file_refusal(file: Path) -> str:
    with pytest.raises(BadInputError) as caught:
        read_case(file)
    return str(caught.value)


def test_a_file_saved_with_a_byte_order_mark_and_windows_lines_is_read(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert read_case(written(tmp_path, data)).title == "A case"


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = written(tmp_path, b"")
    os.truncate(file, 1 << 32)
    assert file_refusal(file) == "my-case.toml: file: is longer than 256 KiB."


def test_text_that_is_not_utf8_names_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, b'id = "my-case"\ntitle = "caf\xe9"\n')
    assert file_refusal(file) == "my-case.toml: file: line 2 is not UTF-8: save it as UTF-8."


def test_a_link_is_refused_wherever_it_leads(tmp_path: Path) -> None:
    written(tmp_path, GOOD.encode(), "secret.toml")
    link = tmp_path / "my-case.toml"
    link.symlink_to(tmp_path / "secret.toml")
    assert file_refusal(link) == "my-case.toml: file: is a link: put the file itself here."


def test_a_pipe_or_a_folder_is_refused_and_nothing_waits(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "my-case.toml")
    (tmp_path / "your-case.toml").mkdir()
    assert file_refusal(tmp_path / "my-case.toml") == "my-case.toml: file: is not a file."
    assert file_refusal(tmp_path / "your-case.toml") == "your-case.toml: file: is not a file."
    assert "cannot be read: No such file" in file_refusal(tmp_path / "none.toml")
