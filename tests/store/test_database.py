from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.mounts import on_read_only_disk, on_small_disk
from vivavoce.errors import StorageError
from vivavoce.store.database import Database
from vivavoce.store.migrations import MIGRATIONS, Migration

NOTES = Migration(
    "notes", ("CREATE TABLE notes (text TEXT)", "INSERT INTO notes VALUES ('from the step')")
)


def filled(path: Path) -> Path:
    """A database of today's version with one attempt in it."""
    database = Database(path)
    with database.writing() as connection:
        connection.execute(
            "INSERT INTO attempts (id, started_at, title, variant_id, state, sample, model)"
            " VALUES ('A', 't', 'a title', '', 'done', 0, 'base')"
        )
    database.close()
    return path


def titles(database: Database) -> list[str]:
    with database.reading() as connection:
        return [row[0] for row in connection.execute("SELECT title FROM attempts")]


def test_only_its_owner_may_read_the_database_and_its_journals(tmp_path: Path) -> None:
    path = tmp_path / "home" / "v.db"
    database = Database(path)
    with database.writing() as connection:
        connection.execute("CREATE TABLE t (a)")
    files = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert files == {"v.db": 0o600, "v.db-wal": 0o600, "v.db-shm": 0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    database.close()


def test_a_new_database_has_taken_every_step_and_needs_no_backup(tmp_path: Path) -> None:
    database = Database(tmp_path / "v.db")
    with database.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert not (tmp_path / "backups").exists()
    database.close()


def test_a_step_keeps_what_was_there_and_a_backup_of_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "v.db")
    database = Database(path, [*MIGRATIONS, NOTES])
    assert titles(database) == ["a title"]
    with database.reading() as connection:
        assert connection.execute("SELECT text FROM notes").fetchall() == [("from the step",)]
    database.close()
    backup = tmp_path / "backups" / "before-notes.db"
    assert backup.stat().st_mode & 0o777 == 0o600
    assert backup.parent.stat().st_mode & 0o777 == 0o700
    before = Database(backup)
    assert titles(before) == ["a title"]
    before.close()
    Database(path, [*MIGRATIONS, NOTES]).close()  # and the step is not taken twice


@pytest.mark.parametrize("left", ["before-notes.db", "before-notes.db-journal"])
def test_a_backup_that_was_broken_off_is_made_anew(tmp_path: Path, left: str) -> None:
    path = filled(tmp_path / "v.db")
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / left).write_bytes(b"half of it " * 1000)
    Database(path, [*MIGRATIONS, NOTES]).close()
    before = Database(tmp_path / "backups" / "before-notes.db")
    assert titles(before) == ["a title"]
    before.close()


def test_a_step_that_fails_half_way_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    path = filled(tmp_path / "v.db")
    broken = Migration("broken", (*NOTES.statements, "SELECT nothing FROM nowhere"))
    with pytest.raises(sqlite3.OperationalError):
        Database(path, [*MIGRATIONS, broken])
    database = Database(path)
    assert titles(database) == ["a title"]
    with database.reading() as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name='notes'").fetchall()
    database.close()


def test_a_database_of_a_newer_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = filled(tmp_path / "v.db")
    Database(path, [*MIGRATIONS, NOTES]).close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"newer vivavoce\. Update vivavoce"):
        Database(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 400, b"SQLite format 3\0" + b"x" * 9000]
)
def test_a_file_that_is_no_database_is_told_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "v.db"
    path.write_bytes(content)
    with pytest.raises(StorageError, match=r"is damaged\. Move it away") as told:
        Database(path)
    assert told.value.exit_code == 7
    assert path.read_bytes() == content


def test_damage_inside_the_file_is_told_when_it_is_met(tmp_path: Path) -> None:
    path = filled(tmp_path / "v.db")
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with (
        pytest.raises(StorageError, match="is damaged"),
        contextlib.closing(Database(path)) as database,
    ):
        titles(database)


def test_a_change_that_fails_is_undone_whole_and_the_next_one_works(tmp_path: Path) -> None:
    database = Database(filled(tmp_path / "v.db"))

    def fail() -> None:
        with database.writing() as connection:
            connection.execute("UPDATE attempts SET title = 'half'")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert titles(database) == ["a title"]
    with database.writing() as connection:
        connection.execute("UPDATE attempts SET title = 'whole'")
    assert titles(database) == ["whole"]
    database.close()


def test_threads_take_turns_and_none_sees_half_a_change(tmp_path: Path) -> None:
    database = Database(tmp_path / "v.db", [Migration("pairs", ("CREATE TABLE pairs (a, b)",))])
    faults: list[BaseException] = []

    def write() -> None:
        for number in range(50):
            with database.writing() as connection:
                connection.execute("INSERT INTO pairs VALUES (?, NULL)", (number,))
                connection.execute("UPDATE pairs SET b = a WHERE b IS NULL")

    def read() -> None:
        for _ in range(200):
            with database.reading() as connection:
                whole = connection.execute("SELECT count(*), count(b) FROM pairs").fetchone()
                assert whole[0] == whole[1]

    def guarded(work: object) -> None:
        try:
            assert callable(work)
            work()
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            faults.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in (write, read, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM pairs").fetchone() == (100,)
    database.close()


START = """
import sys
from pathlib import Path
from vivavoce.store.database import Database
print("ready", flush=True)
sys.stdin.readline()
Database(Path(sys.argv[1])).close()
"""


def test_processes_that_start_at_the_same_moment_all_find_the_database_ready(
    tmp_path: Path,
) -> None:
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", START, tmp_path / "v.db"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for process in starting:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in starting:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in starting:
        _, told = process.communicate()
        assert (process.returncode, told) == (0, "")


def test_what_was_deleted_is_in_no_file_afterwards(tmp_path: Path) -> None:
    path = filled(tmp_path / "v.db")
    database = Database(path, [*MIGRATIONS, NOTES])
    assert any(b"a title" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    with database.writing() as connection:
        connection.execute("DELETE FROM attempts")
    database.forget_deleted()
    left = [
        file for file in tmp_path.rglob("*") if file.is_file() and b"a title" in file.read_bytes()
    ]
    assert left == []
    database.close()


OPEN = """
import sys
from pathlib import Path
from vivavoce.errors import StorageError
from vivavoce.store.database import Database
folder = Path(sys.argv[1])
if sys.argv[2] == "fill":
    try:
        with (folder / "filler").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
    except OSError:
        pass
try:
    Database(folder / "data" / "v.db")
except StorageError as error:
    print(error)
"""


def test_on_a_full_disk_a_new_database_is_refused_in_one_sentence(tmp_path: Path) -> None:
    outcome = on_small_disk(tmp_path, "64k", [sys.executable, "-c", OPEN, tmp_path, "fill"])
    assert outcome.stderr == ""
    assert outcome.stdout.startswith("The disk is full")


@pytest.mark.parametrize("exists", [True, False])
def test_on_a_read_only_disk_the_database_is_refused_in_one_sentence(
    tmp_path: Path, exists: bool
) -> None:
    if exists:
        filled(tmp_path / "data" / "v.db")
    outcome = on_read_only_disk(tmp_path, [sys.executable, "-c", OPEN, tmp_path, "keep"])
    assert outcome.stderr == ""
    assert "cannot be written" in outcome.stdout
    assert "set VIVAVOCE_HOME" in outcome.stdout
