"""How fast reminders are planned and sent: ``python -m benchmarks.reminders``.

Planning: a registry of 1,000,000 certificates, of which 5,000 are due, by ``remind --dry-run`` in a
process of its own, start included. Sending: 10,000 mails to a sink on the loopback, in one more
process, against a bare loop over smtplib on one connection that sends as many mails of the same
size, half of them before and half of them after.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import smtplib
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path

from aiosmtpd.controller import Controller

from benchmarks.speed import measure

MAX_PLANNING_SECONDS = 2.0
MIN_RATE = 0.7
PORT = 8899
CONFIG = """
[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "bim@il.example"
"""


class Sink:
    """Takes everything, and keeps the size of the last one."""

    def __init__(self, size: Synchronized[int]) -> None:
        self.size = size

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        """The name is the library's."""
        self.size.value = len(getattr(envelope, "content"))  # noqa: B009 - untyped
        return "250 OK"


def serve(size: Synchronized[int], port: int, up: Event) -> None:
    """The sink, until the process is ended."""
    controller = Controller(Sink(size), hostname="127.0.0.1", port=port)
    controller.start()
    up.set()
    time.sleep(86_400)


def utc(moment: datetime) -> str:
    """As the registry writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def fill(registry: Path, certificates: int, due: int) -> None:
    """People and certificates, written as plainly as they can be."""
    now = datetime.now(UTC)
    with sqlite3.connect(registry) as connection:
        connection.executemany(
            "INSERT INTO persons (tckn, given_names, surname, email) VALUES (?, 'Ayşe', ?, ?)",
            ((f"{10**10 + n}", f"Örnek{n}", f"kisi{n}@il.example") for n in range(certificates)),
        )
        connection.executemany(
            "INSERT INTO certificates (fingerprint, subject, issuer, serial, holder, tckn,"
            " not_before, not_after, kind, qualified, first_seen_at, last_seen_at)"
            " VALUES (?, '', '', ?, '', ?, ?, ?, 'nes', 1, ?, ?)",
            (
                (
                    f"{n:064X}",
                    f"{n:X}",
                    f"{10**10 + n}",
                    utc(now - timedelta(days=900)),
                    utc(now + timedelta(days=80 if n < due else 120 + n % 900)),
                    utc(now),
                    utc(now),
                )
                for n in range(certificates)
            ),
        )


def bare_seconds(port: int, size: int, count: int) -> float:
    """What a loop over smtplib takes for so many mails of a size."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "x", "bim@il.example", "a@il.example"
    message.set_content("x" * 70 + "\n")
    text = message.as_bytes() + (b"x" * 70 + b"\r\n") * max(0, (size - 300) // 72)
    with smtplib.SMTP("127.0.0.1", port) as server:
        began = time.perf_counter()
        for number in range(count):
            server.sendmail("bim@il.example", [f"kisi{number}@il.example"], text)
        return time.perf_counter() - began


def disk_seconds(folder: Path, count: int = 500) -> float:
    """What it takes until a page written over is on the disk, as each record has to be."""
    with (folder / "page").open("w+b") as file:
        took = 0.0
        for _ in range(count):
            file.seek(0)
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            took += time.perf_counter() - began
    return took / count


def main() -> int:
    """Measure and print; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certificates", type=int, default=1_000_000, help="0: no planning")
    parser.add_argument("--due", type=int, default=5_000)
    parser.add_argument("--mails", type=int, default=10_000)
    options = parser.parse_args()
    plan = 0.0
    spawn = multiprocessing.get_context("spawn")
    size, up = spawn.Value("i", 3500), spawn.Event()
    sink = spawn.Process(target=serve, args=(size, PORT, up), daemon=True)
    sink.start()
    up.wait(60)
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "esignctl.toml").write_text(CONFIG.format(port=PORT))
            if options.certificates:
                planning = _program(folder, "planning.db")
                measure([*planning, "person", "list"])
                fill(folder / "planning.db", options.certificates, options.due)
                plan = measure([*planning, "remind", "--dry-run"], repeat=3).seconds
            sending = _program(folder, "sending.db")
            measure([*sending, "person", "list"])
            fill(folder / "sending.db", options.mails, options.mails)
            start = measure([*sending, "person", "add", "--help"]).seconds
            bare = bare_seconds(PORT, size.value, options.mails // 2)
            sent = measure([*sending, "remind"]).seconds - start
            bare += bare_seconds(PORT, size.value, options.mails // 2)
            disk = disk_seconds(folder)
    finally:
        sink.kill()
    print(
        f"planning {options.due} of {options.certificates}: {plan:.2f} s"
        f" (limit {MAX_PLANNING_SECONDS})"
    )
    print(
        f"sending {options.mails}: {options.mails / sent:.0f} a second,"
        f" bare loop {options.mails / bare:.0f}, ratio {bare / sent:.2f} (limit {MIN_RATE});"
        f" {bare / options.mails * 1000:.2f} ms for a bare mail, {disk * 1000:.2f} ms for the disk"
    )
    return 0 if plan <= MAX_PLANNING_SECONDS and bare >= MIN_RATE * sent else 1


def _program(folder: Path, registry: str) -> list[str]:
    places = ["--registry", str(folder / registry), "--config", str(folder / "esignctl.toml")]
    return [sys.executable, "-m", "esignctl", *places]


if __name__ == "__main__":
    sys.exit(main())
