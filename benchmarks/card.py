"""Time of ``esignctl card status`` against OpenSC's own tools on the same virtual card.

``python -m benchmarks.card`` puts a PIV card and an AKİS-like one, which its module reads, into a
virtual reader and compares ``card status`` with ``opensc-tool -a`` plus ``pkcs11-tool -O``, in
turns, the median of several runs each. Service and readers are as Debian ships them: a card answers
a command after about 45 ms by the way vpcd sends, and cards of the field are not much faster.
``--prompt`` takes that delay away and shows what the program costs by itself. The program's
bytecode is there, as it is after an installation. Twice the time of the tools is the limit, and two
seconds, where the tools alone leave room for that.

Needs the packages of ``scripts/test-packages.txt``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from operator import attrgetter
from pathlib import Path

from benchmarks.speed import Run, measure
from tests.cards.virtual import modules
from tests.cards.virtual.akis import AkisCard, nes_label
from tests.cards.virtual.certificates import AYSE, nes
from tests.cards.virtual.piv import PivCard
from tests.cards.virtual.service import Service
from tests.cards.virtual.slot import Card
from tests.cards.virtual.tally import Presentations, Tally
from tests.cards.virtual.view import wait_for_card, wait_for_no_card

MAX_RATIO = 2.0
MAX_SECONDS = 2.0


def main() -> int:
    """Prints the figures; 0 when all limits are kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.card", description=__doc__)
    parser.add_argument("--prompt", action="store_true", help="the card answers at once")
    parser.add_argument("--repeat", type=int, default=9)
    options = parser.parse_args()
    tally = Tally()
    service = Service(tally, prompt=options.prompt)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["PCSCLITE_CSOCK_NAME"] = str(service.socket)
            os.environ["PYTHONPYCACHEPREFIX"] = f"{scratch}/bytecode"
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            service.plug()
            service.start()
            good = _compare(service, Path(scratch), options.repeat, limit=not options.prompt)
    finally:
        service.close()
    return 0 if good and tally.presented == Presentations() else 1


def _compare(service: Service, scratch: Path, repeat: int, *, limit: bool) -> bool:
    module = modules.build(scratch)
    piv = PivCard(nes())
    akis = AkisCard((nes_label(AYSE.tckn), nes()))
    pairs: list[tuple[Card, list[str]]] = [(piv, []), (akis, ["--module", str(module)])]
    good = True
    for card, options in pairs:
        slot = service.slots[0]
        slot.insert(card)
        wait_for_card(slot.reader)
        command = _status(scratch, *options[1:])
        measure(command)
        status, atr, objects = _in_turns(
            repeat,
            command,
            ["opensc-tool", "-a"],
            ["pkcs11-tool", *options, "-O"],
        )
        slot.pull()
        wait_for_no_card(slot.reader)
        good = _told(card, status, atr, objects) and good
    return good or not limit


def _in_turns(repeat: int, *commands: list[str]) -> list[Run]:
    """The median run of each command; all of them see the same moments of a busy machine."""
    rounds = [[measure(command) for command in commands] for _ in range(repeat)]
    return [
        sorted(runs, key=attrgetter("seconds"))[repeat // 2] for runs in zip(*rounds, strict=True)
    ]


def _status(scratch: Path, *named: str) -> list[str]:
    config = scratch / "esignctl.toml"
    config.write_text(f"[card]\nmodules = {json.dumps(named)}\n")
    places = ["--registry", str(scratch / "registry.db"), "--config", str(config)]
    return [sys.executable, "-m", "esignctl", *places, "card", "status", "--json"]


def _told(card: Card, status: Run, atr: Run, objects: Run) -> bool:
    """Print one card's figures; whether they are within the limits."""
    floor = atr.seconds + objects.seconds
    ratio = status.seconds / floor
    print(f"{card.name:5} opensc-tool -a    {atr}")
    print(f"{card.name:5} pkcs11-tool -O    {objects}")
    print(f"{card.name:5} card status       {status}   ratio to both {ratio:.2f}")
    in_time = status.seconds <= MAX_SECONDS or floor > MAX_SECONDS / MAX_RATIO
    return ratio <= MAX_RATIO and in_time


if __name__ == "__main__":
    sys.exit(main())
