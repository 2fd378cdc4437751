"""Places without rights or room: an error that says so, and a registry as it was."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from esignctl.errors import RegistryReadOnly, RegistryTrouble
from esignctl.registry import Registry, open_registry, people


def add(registry: Registry, number: int) -> None:
    """Register so many more people."""
    with registry.write("test") as transaction:
        first = 10_000_000_000 + people.count(transaction.connection)
        people.add(
            transaction,
            [people.Person(str(first + place), "Ayşe", "Yılmaz") for place in range(number)],
        )


def persons(path: Path) -> int:
    with open_registry(path) as registry, registry.read() as connection:
        return people.count(connection)


def unprivileged(action: str, path: Path) -> RegistryTrouble | None:
    """The trouble that a user without special rights has with `action` on the registry."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        outcome = "crash"
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            with open_registry(path) as registry:
                if action == "write":
                    add(registry, 1)
                else:
                    with registry.read() as connection:
                        people.count(connection)
            outcome = ""
        except RegistryTrouble as trouble:
            outcome = type(trouble).__name__
        finally:
            os.write(writing, outcome.encode())
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        name = answer.read()
    return {"": None, "RegistryReadOnly": RegistryReadOnly()}[name]


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A registry that any user may reach and write."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        path = Path(folder) / "registry.db"
        with open_registry(path) as registry:
            add(registry, 10)
        path.chmod(0o666)
        yield path
        Path(folder).chmod(0o700)


def test_a_file_without_the_right_to_write_says_so(everybodys: Path) -> None:
    everybodys.chmod(0o444)
    assert isinstance(unprivileged("write", everybodys), RegistryReadOnly)
    assert persons(everybodys) == 10


def test_a_folder_without_the_right_to_write_says_so(everybodys: Path) -> None:
    everybodys.parent.chmod(0o555)
    assert isinstance(unprivileged("write", everybodys), RegistryReadOnly)
    everybodys.parent.chmod(0o777)
    assert persons(everybodys) == 10


def test_a_file_that_may_not_be_read_says_so(everybodys: Path) -> None:
    everybodys.chmod(0o600 if os.geteuid() == 0 else 0)
    assert isinstance(unprivileged("read", everybodys), RegistryReadOnly)


def test_a_folder_that_may_not_be_entered_says_so(everybodys: Path) -> None:
    everybodys.parent.chmod(0o000)
    assert isinstance(unprivileged("read", everybodys), RegistryReadOnly)
    everybodys.parent.chmod(0o777)


def test_a_limit_on_the_size_of_files_changes_nothing(path: Path) -> None:
    with open_registry(path) as registry:
        add(registry, 10)
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from esignctl.errors import RegistryTrouble\n"
        "from esignctl.registry import open_registry\n"
        "from tests.registry.test_places import add\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n"
        "    with open_registry(Path(sys.argv[1])) as registry: add(registry, 10_000)\n"
        "except RegistryTrouble as trouble: sys.exit(trouble.exit_code)"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert ended.returncode == 6
    assert persons(path) == 10
