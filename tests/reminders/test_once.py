"""Each person gets each threshold once: several runs at once, killed runs, a week without any."""

import random
import subprocess
import time
from collections import Counter

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
