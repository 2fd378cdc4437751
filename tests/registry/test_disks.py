"""Disks that are full or read-only: an error that says so, and a registry as it was.

Collected only where a small disk can be mounted.
"""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from esignctl.errors import RegistryDiskFull, RegistryReadOnly
from esignctl.registry import open_registry

from .conftest import mounted
from .test_places import add, persons


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 768 KiB."""
    with mounted(tmp_path) as place:
        yield place


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
