"""Making a registry, opening it again, and refusing what is none."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from esignctl.errors import (
    ExitCode,
    RegistryDamaged,
    RegistryEmpty,
    RegistryForeign,
    RegistryNewer,
    RegistryTrouble,
    RegistryUnreachable,
)
from esignctl.registry import open_registry, people
from esignctl.registry.migrations import SCHEMA_VERSION

from .conftest import ADA


def make(path: Path) -> bytes:
    with open_registry(path) as registry, registry.write("test") as transaction:
        people.add(transaction, [ADA])
    return path.read_bytes()


def refused(path: Path, error: type[RegistryTrouble]) -> RegistryTrouble:
    """Opening fails with `error` and leaves the file as it was."""
    before = path.read_bytes()
    with pytest.raises(error) as caught, open_registry(path) as registry, registry.read() as read:
        people.everyone(read)
    assert path.read_bytes() == before
    assert caught.value.exit_code == ExitCode.REGISTRY
    assert caught.value.advice
    return caught.value


def test_first_use_makes_a_file_and_a_folder_for_the_owner_alone(path: Path) -> None:
    make(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_first_use_leaves_nothing_else_behind(path: Path) -> None:
    make(path)
    assert list(path.parent.iterdir()) == [path]


def test_the_registry_uses_the_write_ahead_log(path: Path) -> None:
    make(path)
    with open_registry(path) as registry:
        assert registry.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_foreign_keys_are_enforced(path: Path) -> None:
    with open_registry(path) as registry, pytest.raises(sqlite3.IntegrityError):
        registry.connection.execute(
            "INSERT INTO applications (number, person_id, kind, opened_on)"
            " VALUES ('1', 99, 'first', '2021-01-01')"
        )


def test_all_tables_are_strict(path: Path) -> None:
    with open_registry(path) as registry:
        loose = registry.connection.execute(
            "SELECT name FROM pragma_table_list"
            " WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    assert loose == []


def test_each_migration_is_recorded(path: Path) -> None:
    with open_registry(path) as registry:
        names = registry.connection.execute("SELECT name FROM _sqlite_migrations").fetchall()
    assert len(names) == SCHEMA_VERSION


def test_what_was_written_is_there_again(path: Path) -> None:
    make(path)
    with open_registry(path) as registry, registry.read() as connection:
        assert [person.tckn for person in people.everyone(connection)] == [ADA.tckn]


def test_opening_a_current_registry_does_not_load_sqlite_utils(path: Path) -> None:
    make(path)
    program = (
        "import sys; from pathlib import Path; from esignctl.registry import open_registry\n"
        "with open_registry(Path(sys.argv[1])): sys.exit('sqlite_utils' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(path)], check=False).returncode == 0


def test_a_link_to_nowhere_makes_the_registry_where_it_points(path: Path) -> None:
    path.parent.mkdir()
    link = path.with_name("link.db")
    link.symlink_to(path)
    make(link)
    assert path.is_file()


def test_a_registry_out_of_the_write_ahead_mode_is_put_back_into_it(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with open_registry(path) as registry:
        assert registry.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_newer_registry_is_left_alone(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    assert str(SCHEMA_VERSION + 1) in str(refused(path, RegistryNewer))


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE urls (id INTEGER)")
    refused(path, RegistryForeign)


def test_a_file_that_is_no_database_is_damaged(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Sayın yetkili, " * 100, encoding="utf-8")
    refused(path, RegistryDamaged)


@pytest.mark.parametrize("keep", [50, 100, 5000, 0.5, 0.99])
def test_a_registry_that_is_cut_off_is_damaged(path: Path, keep: float) -> None:
    whole = make(path)
    path.write_bytes(whole[: int(keep if keep > 1 else keep * len(whole))])
    refused(path, RegistryDamaged)


def test_a_registry_that_is_overwritten_inside_is_damaged(path: Path) -> None:
    whole = make(path)
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    refused(path, RegistryDamaged)


def test_an_empty_file_is_no_new_registry(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    refused(path, RegistryEmpty)


def test_a_folder_is_no_registry(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(RegistryUnreachable), open_registry(path):
        pass


def test_a_place_below_a_file_is_no_place_for_a_registry(path: Path) -> None:
    path.parent.touch()
    with pytest.raises(RegistryUnreachable), open_registry(path):
        pass
    assert path.parent.is_file()


def test_text_of_another_encoding_is_damage_and_is_not_quoted(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE persons SET surname = CAST(x'59fdfe6c' AS TEXT)")
        connection.commit()
    assert "Y" not in str(refused(path, RegistryDamaged)).replace(path.name, "")
