"""A registry in a fresh place, and one with people, applications and payments in it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from esignctl.registry import Registry, applications, open_registry, payments, people

ADA = people.Person(
    "10000000146", "Ayşe Nur", "Yılmaz", group="family-physician", phone="05321234567",
    email="ayse@example.org",
)  # fmt: skip
CAN = people.Person("10000000214", "Can", "Öztürk", group="family-physician")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a registry will be; neither it nor its folder exist."""
    return tmp_path / "data" / "registry.db"


@pytest.fixture
def registry(path: Path) -> Iterator[Registry]:
    """A new registry."""
    with open_registry(path) as registry:
        yield registry


@pytest.fixture
def filled(registry: Registry) -> Registry:
    """Two people with an application each; 500.00 came in, 218.30 and 147.50 were posted."""
    with registry.write("test", "tester") as transaction:
        ayse, can = people.add(transaction, [ADA, CAN])
        first, renewal = applications.add(
            transaction,
            [
                applications.Application("2021-1", ayse.id, "first", date(2021, 9, 1)),
                applications.Application("2021-2", can.id, "renewal", date(2021, 9, 2)),
            ],
        )
        statement = payments.add_statement(
            transaction,
            payments.StatementRecord(
                "bank.xlsx", "0" * 64, "ziraat", "TR1", date(2021, 9, 3), date(2021, 9, 4), 2
            ),
        )
        ids = payments.add_movements(
            transaction,
            statement,
            [
                movement(fingerprint="a", amount=50000, decision="matched"),
                movement(fingerprint="b", amount=-100, booked_on=date(2021, 9, 4)),
            ],
        )
        payments.add_postings(
            transaction,
            [
                payments.Posting(ids[0], first.id, 21830, "auto"),
                payments.Posting(ids[0], renewal.id, 14750, "auto"),
            ],
        )
    return registry


def movement(
    *,
    fingerprint: str,
    amount: int = 21830,
    decision: str = "unrelated",
    booked_on: date = date(2021, 9, 3),
    occurrence: int = 1,
) -> payments.MovementRecord:
    """A movement of the account TR1."""
    return payments.MovementRecord(
        row_number=13,
        account="TR1",
        booked_on=booked_on,
        booked_time="10:30",
        amount=amount,
        balance=100000,
        description="AYŞE NUR YILMAZ e-imza",
        reference="R1",
        fingerprint=fingerprint,
        occurrence=occurrence,
        decision=decision,
        reasons=("TCKN-EXACT",),
        excess=0,
    )


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """A disk of 768 KiB at a place inside the folder."""
    place = folder / "disk"
    place.mkdir()
    options = ["-t", "tmpfs", "-o", "size=768k,mode=700"]
    subprocess.run(["mount", *options, "tmpfs", place], check=True, capture_output=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def can_mount() -> bool:
    """Whether the tests may mount a disk of their own: needs root, and a machine that lets it."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as folder:
        try:
            with mounted(Path(folder)):
                return True
        except (subprocess.CalledProcessError, FileNotFoundError):
            return False


collect_ignore = [] if can_mount() else ["test_disks.py"]
if sys.platform == "win32":
    collect_ignore += ["test_places.py"]
