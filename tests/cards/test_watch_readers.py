"""``card watch`` when readers themselves come and go.

The virtual readers are in the service's configuration, so they go and come with a new start of it.
"""

from tests.cards.conftest import Stack
from tests.cards.test_watch import started, watching
from tests.conftest import CommandLine


def test_readers_are_told_when_they_go_and_when_they_come(run: CommandLine, stack: Stack) -> None:
    with watching(run, "--json") as watch:
        started(watch, stack)
        stack.service.stop()
        stack.service.unplug()
        stack.service.start()
        gone = {watch.until("reader-removed")["reader"] for _ in stack.slots}
        stack.service.stop()
        stack.service.plug()
        stack.service.start()
        come = {watch.until("reader-added")["reader"] for _ in stack.slots}
    assert gone == come == {slot.reader for slot in stack.slots}
