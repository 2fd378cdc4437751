"""Disks that are full or read-only: an error that says so, and a registry as it was."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from esignctl.errors import RegistryDiskFull, RegistryReadOnly, RegistryTrouble
from esignctl.registry import Registry, open_registry, people

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs mounts and limits of POSIX")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 KiB, where the user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k,mode=700", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting needs root")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


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


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    return filler


def test_a_change_that_does_not_fit_on_the_disk_is_undone(disk: Path) -> None:
    path = disk / "registry.db"
    with open_registry(path) as registry:
        add(registry, 10)
        with pytest.raises(RegistryDiskFull):
            add(registry, 10_000)
    assert persons(path) == 10


def test_a_registry_is_still_usable_after_the_disk_was_full(disk: Path) -> None:
    path = disk / "registry.db"
    with open_registry(path) as registry:
        with pytest.raises(RegistryDiskFull):
            add(registry, 10_000)
        add(registry, 10)
    assert persons(path) == 10


def test_a_registry_on_a_full_disk_says_so(disk: Path) -> None:
    path = disk / "registry.db"
    with open_registry(path) as registry:
        add(registry, 10)
    filler = fill(disk)
    with pytest.raises(RegistryDiskFull), open_registry(path) as registry:
        add(registry, 1)
    filler.unlink()
    assert persons(path) == 10


def test_no_registry_is_begun_on_a_full_disk(disk: Path) -> None:
    filler = fill(disk)
    with pytest.raises(RegistryDiskFull), open_registry(disk / "registry.db"):
        pass
    assert list(disk.iterdir()) == [filler]


def remounted_read_only(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def test_a_registry_on_a_read_only_disk_says_so(disk: Path) -> None:
    path = disk / "registry.db"
    with open_registry(path) as registry:
        add(registry, 10)
    remounted_read_only(disk)
    with pytest.raises(RegistryReadOnly), open_registry(path) as registry:
        add(registry, 1)


def test_no_registry_can_be_made_on_a_read_only_disk(disk: Path) -> None:
    remounted_read_only(disk)
    with pytest.raises(RegistryReadOnly), open_registry(disk / "registry.db"):
        pass


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
