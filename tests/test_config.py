from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.mounts import on_read_only_disk, on_small_disk
from vivavoce.config import Config, list_settings, load_config, load_keys, remember
from vivavoce.errors import UsageError


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_and_variables_everything_is_at_its_default(tmp_path: Path) -> None:
    assert load_config(tmp_path / "none.toml", {}) == Config()


def test_the_environment_overrides_the_file_and_the_file_the_defaults(tmp_path: Path) -> None:
    file = written(tmp_path / "c.toml", 'model = "tiny.en"\nvoice_rate = 200\nspeak = false\n')
    config = load_config(file, {"VIVAVOCE_VOICE_RATE": "220", "PATH": "/bin"})
    assert config == Config(model="tiny.en", voice_rate=220, speak=False)
    settings = list_settings(file, {"VIVAVOCE_VOICE_RATE": "220"})
    assert settings["model"] == ("tiny.en", "file")
    assert settings["voice_rate"] == (220, "environment")
    assert settings["theme"] == ("dark", "default")
    assert list(settings) == list(Config.__slots__)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("true", True), ("Yes", True), ("0", False), ("FALSE", False), (" no ", False)],
)
def test_a_variable_says_true_or_false_in_the_usual_ways(
    tmp_path: Path, text: str, value: bool
) -> None:
    assert load_config(tmp_path / "c", {"VIVAVOCE_HIDE_METERS": text}).hide_meters is value


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    file = written(tmp_path / "c.toml", 'model = "tiny.en"\n')
    config = load_config(file, {"VIVAVOCE_MODEL": "", "VIVAVOCE_VOICE_RATE": ""})
    assert config == Config(model="tiny.en")


def test_variables_that_move_folders_are_no_settings(tmp_path: Path) -> None:
    assert load_config(tmp_path / "c", {"VIVAVOCE_HOME": "x", "VIVAVOCE_MODELS": "y"}) == Config()


def test_a_whole_number_stands_for_a_number(tmp_path: Path) -> None:
    seconds = load_config(
        written(tmp_path / "c.toml", "silence_stop_seconds = 3"), {}
    ).silence_stop_seconds
    assert (seconds, type(seconds)) == (3.0, float)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("voice_rte = 1", r"c\.toml has an unknown setting: voice_rte\. Did you mean voice_rate\?"),
        ("qqq = 1", "Known keys: model, input_device"),
        ("[ui]\ntheme = 'dark'", "unknown setting: ui"),
        ("voice_rate = '200'", "voice_rate must be a whole number, not '200'"),
        ("voice_rate = 200.5", "voice_rate must be a whole number, not 200.5"),
        ("voice_rate = true", "voice_rate must be a whole number, not True"),
        ("voice_rate = 79", "voice_rate must lie between 80 and 400"),
        ("voice_rate = 401", "between 80 and 400"),
        ("silence_stop_seconds = nan", "between 0 and 60"),
        ("silence_stop_seconds = inf", "between 0 and 60"),
        ("max_probes = -1", "between 0 and 2"),
        ("max_probes = 3", "between 0 and 2"),
        ("speak = 'yes'", "speak must be true or false, not 'yes'"),
        ("model = 3", "model must be text, not 3"),
        ("model = ['base']", "model must be text"),
        ("theme = 'blue'", "theme must be dark or light, not 'blue'"),
        ("device = 'gpu'", "device must be auto, cpu or cuda, not 'gpu'"),
        ("theme = ", r"c\.toml cannot be read: .* Mend or delete it"),
        ("a = 1\na = 2", "cannot be read"),
    ],
)
def test_a_fault_in_the_file_names_the_file_and_the_key(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told) as raised:
        load_config(written(tmp_path / "c.toml", text), {})
    assert str(tmp_path / "c.toml") in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("VIVAVOCE_MODLE", "base", r"\(VIVAVOCE_MODLE\) has an unknown .* Did you mean model\?"),
        ("VIVAVOCE_VOICE_RATE", "fast", "VIVAVOCE_VOICE_RATE: voice_rate must be a whole number"),
        ("VIVAVOCE_VOICE_RATE", "9", "VIVAVOCE_VOICE_RATE: voice_rate must lie between"),
        ("VIVAVOCE_SPEAK", "perhaps", "speak must be true or false, not 'perhaps'"),
        ("VIVAVOCE_THEME", "blue", "theme must be dark or light"),
        ("VIVAVOCE_SILENCE_STOP_SECONDS", "nan", "between 0 and 60"),
    ],
)
def test_a_fault_in_a_variable_names_the_variable(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        load_config(tmp_path / "c.toml", {name: text})


def test_a_file_that_is_not_text_is_told_and_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        load_config(file, {})
    with pytest.raises(UsageError, match="not UTF-8"):
        remember(file, "theme", "light")
    assert file.read_bytes() == b"\xff\xfe\x00"


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        load_config(tmp_path, {})


def test_the_mark_that_windows_editors_write_is_ignored(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_bytes(b'\xef\xbb\xbfmodel = "tiny.en"\r\n')
    assert load_config(file, {}).model == "tiny.en"


def test_remembering_keeps_comments_and_the_rest(tmp_path: Path) -> None:
    file = written(tmp_path / "c.toml", '# mine\nmodel = "tiny.en"  # small\ntheme = "dark"\n')
    remember(file, "theme", "light")
    remember(file, "hide_meters", True)
    assert file.read_text() == (
        '# mine\nmodel = "tiny.en"  # small\ntheme = "light"\nhide_meters = true\n'
    )
    assert load_config(file, {}) == Config(model="tiny.en", theme="light", hide_meters=True)


def test_the_first_thing_remembered_makes_a_private_file(tmp_path: Path) -> None:
    file = tmp_path / "new" / "c.toml"
    remember(file, "theme", "light")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["c.toml"]


def test_remembering_in_a_folder_of_the_user_leaves_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    remember(tmp_path / "c.toml", "theme", "light")
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    real = written(tmp_path / "dotfiles.toml", 'theme = "dark"\n')
    (tmp_path / "c.toml").symlink_to(real)
    remember(tmp_path / "c.toml", "theme", "light")
    assert (tmp_path / "c.toml").is_symlink()
    assert real.read_text() == 'theme = "light"\n'


@pytest.mark.parametrize(("key", "value"), [("them", "light"), ("theme", "blue"), ("speak", "no")])
def test_what_could_not_be_loaded_is_not_remembered(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(UsageError):
        remember(tmp_path / "c.toml", key, value)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_is_not_overwritten(tmp_path: Path) -> None:
    file = written(tmp_path / "c.toml", "theme = \n")
    with pytest.raises(UsageError, match="cannot be read"):
        remember(file, "theme", "light")
    assert file.read_text() == "theme = \n"


REMEMBER = """
import sys
from pathlib import Path
from vivavoce.config import remember
from vivavoce.errors import StorageError
folder = Path(sys.argv[1])
if sys.argv[2] == "fill":
    (folder / "c.toml").write_text("# kept\\n")
    try:
        with (folder / "filler").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
    except OSError:
        pass
try:
    remember(folder / "c.toml", "theme", "light")
except StorageError as error:
    print(error)
print(sorted(path.name for path in folder.iterdir()), (folder / "c.toml").read_text())
"""


def test_a_full_disk_keeps_the_old_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    outcome = on_small_disk(tmp_path, "64k", [sys.executable, "-c", REMEMBER, tmp_path, "fill"])
    assert outcome.stderr == ""
    assert "cannot be written: No space left on device. Make room" in outcome.stdout
    assert "['c.toml', 'filler'] # kept" in outcome.stdout


def test_a_read_only_disk_is_told(tmp_path: Path) -> None:
    written(tmp_path / "c.toml", "# kept\n")
    outcome = on_read_only_disk(tmp_path, [sys.executable, "-c", REMEMBER, tmp_path, "keep"])
    assert outcome.stderr == ""
    assert "cannot be written" in outcome.stdout
    assert "['c.toml'] # kept" in outcome.stdout


def test_keys_are_a_table_of_their_own_and_no_setting(tmp_path: Path) -> None:
    file = written(tmp_path / "c.toml", '[keys]\n"replay.play" = "p"\nreplay.undo = "z,ctrl+z"\n')
    assert load_keys(file) == {"replay.play": "p", "replay.undo": "z,ctrl+z"}
    assert load_config(file, {}) == Config()
    assert "keys" not in list_settings(file, {})


def test_without_a_table_no_keys_are_chosen(tmp_path: Path) -> None:
    assert load_keys(tmp_path / "none.toml") == {}
    assert load_keys(written(tmp_path / "c.toml", 'theme = "dark"\n')) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("keys = 'p'", r"c\.toml: keys must be a table\. As in: \"replay\.play\" = \"p\""),
        ("keys = ['p']", "keys must be a table"),
        ("[keys]\n'replay.play' = 3", r"in \[keys\], replay\.play must be a key as text, not 3"),
        ("[keys]\nreplay.play = ['p']", r"replay\.play must be a key as text"),
        ("[keys]\nreplay.play = ' '", r"replay\.play must be a key as text, not ' '"),
        ("[keys]\nreplay.play = ", "cannot be read"),
    ],
)
def test_a_fault_in_the_keys_names_the_file_and_the_key(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told) as raised:
        load_keys(written(tmp_path / "c.toml", text))
    assert str(tmp_path / "c.toml") in raised.value.message


def test_remembering_a_setting_leaves_the_keys_their_own(tmp_path: Path) -> None:
    file = written(tmp_path / "c.toml", '[keys]\n"replay.play" = "p"\n')
    remember(file, "theme", "light")
    assert load_config(file, {}) == Config(theme="light")
    assert load_keys(file) == {"replay.play": "p"}
