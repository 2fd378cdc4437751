"""Each person gets each threshold once: several runs at once, killed runs, a week without any."""

import errno
import random
import subprocess
import time
from collections import Counter

import pytest

from esignctl.registry import flushing
from tests.reminders.conftest import Office


def start(office: Office) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        office.run.argv("remind"),
        env=office.run.environ(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def prepared(office: Office) -> None:
    office.people(4)
    for holder in range(4):
        office.certificate(10, holder)
    office.configure()


def test_several_runs_at_once(office: Office) -> None:
    prepared(office)
    runs = [start(office) for _run in range(4)]
    assert [each.wait(timeout=60) for each in runs] == [0, 0, 0, 0]
    office.run.process("remind")
    assert sorted(Counter(office.post.to).values()) == [1, 1, 1, 1]


def test_killed_runs_lose_nothing_and_a_double_has_the_same_message_id(office: Office) -> None:
    prepared(office)
    office.post.slow = 0.05
    dice = random.Random(7)
    for _run in range(6):
        process = start(office)
        time.sleep(0.5 + dice.random() * 0.7)
        process.kill()
        process.wait(timeout=60)
    office.post.slow = 0
    assert office.run.process("remind").exit_code == 0
    by_id = {message["Message-ID"]: message["To"] for message in office.post.taken}
    assert len(by_id) == 4
    assert len(set(by_id.values())) == 4
    assert office.remind().data["due"] == 0
    assert office.run("registry", "verify").exit_code == 0


def test_what_stood_as_being_sent_is_sent_again(office: Office) -> None:
    from esignctl.registry import open_registry, reminders

    prepared(office)
    office.post.recipient = lambda _to: "451 later"
    office.remind()
    with open_registry(office.run.registry) as registry, registry.write("test") as transaction:
        for each in reminders.open_ones(transaction.connection):
            reminders.begin(transaction, each)
    office.post.recipient = lambda _to: "250 OK"
    assert office.remind().data["sent"] == 4


def test_nothing_is_handed_over_without_its_record_on_the_disk(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(office)
    asked = []

    def broken(_log: int) -> None:
        asked.append(office.post.asked)
        raise OSError(errno.EIO, "")

    monkeypatch.setattr(flushing, "_to_disk", broken)
    began = time.monotonic()
    assert office.remind().exit_code == 6
    assert time.monotonic() - began < 10
    assert asked
    assert not any(asked)
    assert office.post.taken == []
    monkeypatch.undo()
    assert office.remind().data["sent"] == 4


def test_each_record_is_on_the_disk_before_its_message_is_taken(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(office)
    flushed: list[int] = []
    monkeypatch.setattr(flushing, "_to_disk", lambda _log: flushed.append(office.post.asked))
    assert office.remind().data["sent"] == 4
    assert flushed == [0, 1, 2, 3, 4]
