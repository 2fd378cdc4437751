"""``card watch``: what happens at the readers, within a second, until Ctrl-C."""

import json
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.cards.conftest import Stack
from tests.cards.virtual.akis import AkisCard
from tests.cards.virtual.certificates import nes
from tests.cards.virtual.piv import PivCard
from tests.conftest import CommandLine

WITHIN = 1.0
# starting Python is no part of the second
START = 20.0


@dataclass
class Watch:
    """A running ``card watch``."""

    process: subprocess.Popen[str]
    lines: "queue.SimpleQueue[str]"

    def next(self, seconds: float = WITHIN) -> str:
        """The next line, which must come in time."""
        return self.lines.get(timeout=seconds)

    def event(self, seconds: float = WITHIN) -> Any:
        """The next line's document."""
        return json.loads(self.next(seconds))

    def until(self, kind: str, seconds: float = START) -> Any:
        """The next event of a kind."""
        deadline = time.monotonic() + seconds
        while True:
            event = self.event(deadline - time.monotonic())
            if event["event"] == kind:
                return event


@contextmanager
def watching(run: CommandLine, *arguments: str) -> Iterator[Watch]:
    with subprocess.Popen(
        run.argv("card", "watch", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=run.environ(),
    ) as process:
        lines: queue.SimpleQueue[str] = queue.SimpleQueue()

        def forward() -> None:
            for line in process.stdout or ():
                lines.put(line)

        threading.Thread(target=forward, daemon=True).start()
        try:
            yield Watch(process, lines)
        finally:
            process.kill()


def started(watch: Watch, stack: Stack) -> None:
    """Wait until the events that tell what is there already are through."""
    for _slot in stack.slots:
        watch.until("reader-added")


def test_a_card_is_told_within_a_second(run: CommandLine, stack: Stack) -> None:
    with watching(run, "--json") as watch:
        started(watch, stack)
        reader = stack.insert(AkisCard())
        into = watch.event()
        assert (into["event"], into["reader"]) == ("card-in", reader)
        assert into["card"]["model"] == "AKİS 1.2.0"
        stack.pull()
        assert watch.event()["event"] == "card-out"


def test_every_line_is_a_document_of_its_own(run: CommandLine, stack: Stack) -> None:
    with watching(run, "--json") as watch:
        first = watch.event(START)
        assert first.keys() == {"schema", "command", "event", "at", "reader", "card"}
        assert (first["schema"], first["command"]) == (1, "card watch")
        assert first["event"] == "service-up"


def test_it_survives_the_service(run: CommandLine, stack: Stack) -> None:
    with watching(run, "--json") as watch:
        started(watch, stack)
        stack.service.stop()
        assert watch.until("service-down", 3)
        stack.service.start()
        assert watch.until("service-up", 5)
        started(watch, stack)
        stack.insert(AkisCard())
        assert watch.event()["event"] == "card-in"


def test_it_waits_for_a_service_that_is_not_there_yet(run: CommandLine, stack: Stack) -> None:
    stack.service.stop()
    with watching(run, "--json") as watch:
        assert watch.event(START)["event"] == "service-down"
        stack.service.start()
        assert watch.until("service-up", 5)


def test_it_watches_one_reader_where_asked_to(run: CommandLine, stack: Stack) -> None:
    with watching(run, "--json", "--reader", stack.slots[1].reader) as watch:
        watch.until("reader-added")
        stack.insert(PivCard(nes()), slot=0)
        stack.insert(PivCard(nes()), slot=1)
        assert watch.event()["reader"] == stack.slots[1].reader


def test_people_read_plain_lines(run: CommandLine, stack: Stack) -> None:
    with watching(run) as watch:
        assert "The smart card service works." in watch.next(START)
        for slot in stack.slots:
            assert f"{slot.reader}: reader connected" in watch.next()
        stack.insert(AkisCard())
        assert f"{stack.slots[0].reader}: card in, AKİS 1.2.0" in watch.next()


@pytest.mark.parametrize("arguments", [[], ["--json"]], ids=["plain", "json"])
def test_ctrl_c_ends_it_quietly(run: CommandLine, stack: Stack, arguments: list[str]) -> None:
    with watching(run, *arguments) as watch:
        watch.next(START)
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(timeout=10) == 130
        assert watch.process.stderr is not None
        assert watch.process.stderr.read() == ""


def test_watching_sends_no_command_to_any_card(run: CommandLine, stack: Stack) -> None:
    with watching(run, "--json") as watch:
        started(watch, stack)
        before = stack.tally.commands("akis").total()
        stack.insert(AkisCard())
        watch.until("card-in")
        time.sleep(0.6)
        assert stack.tally.commands("akis").total() == before
