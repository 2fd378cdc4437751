"""Starting a process in which a PIN exists, and listening to what it tells. No PIN passes here.

What runs in it stands on `esignctl.cards.pin_session`.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from esignctl.cards.modules import kind_of
from esignctl.cards.target import Target
from esignctl.i18n import _, active_language

SECONDS: Final = 30.0
"""How long the module may take for each step once the PINs are known."""

ASKING: Final = "asking"
"""The first phase, which takes as long as people take."""

_PARTING: Final = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """Where the process was and how it ended; no outcome when it ended without a word.

    `result` is what it was asked for, in Base64.
    """

    phase: str
    outcome: str = ""
    problem: str = ""
    result: str = ""


def run(
    worker: str,
    target: Target,
    order: Mapping[str, object],
    *,
    alone: bool,
    heeding: Collection[str],
    seconds: float = SECONDS,
) -> Told:
    """Run a module of this package as a process with its orders, until it tells what came of it.

    It has the card `alone` or shares it. A Ctrl-C ends it in the phases that are `heeding`, which
    raises KeyboardInterrupt, and is ignored in the others.
    """
    orders = {
        "language": active_language(),
        "module": target.token.module,
        "slot": target.token.slot,
        "serial": target.token.serial,
        "reader": target.place,
        "in_pcsc": target.in_pcsc,
        "shortest": target.token.pin.min_length,
        "longest": target.token.pin.max_length,
        "alone": alone,
        **order,
    }
    with _environment(target, alone) as environment:
        process = subprocess.Popen(  # noqa: S603 - our own module by our own interpreter
            [sys.executable, "-P", "-m", f"esignctl.cards.{worker}", json.dumps(orders)],
            stdout=subprocess.PIPE,
            encoding="ascii",
            env=environment,
        )
        try:
            told = _follow(process, heeding, seconds)
        finally:
            process.kill()
            process.wait()
    if told.outcome == "interrupted":
        raise KeyboardInterrupt
    return told


@contextmanager
def _environment(target: Target, alone: bool) -> Iterator[dict[str, str]]:
    """OpenSC leaves other cards in peace, and takes this one for itself alone, when told so."""
    if kind_of(target.token.module) != "opensc":
        yield {**os.environ}
        return
    with tempfile.TemporaryDirectory(prefix="esignctl-") as folder:
        place = Path(folder) / "opensc.conf"
        ignored = ", ".join(json.dumps(name) for name in target.other_readers)
        place.write_text(
            "app default {\n"
            + (f"  ignored_readers = {ignored};\n" if ignored else "")
            + ("  reader_driver pcsc { connect_exclusive = true; }\n" if alone else "")
            + "}\n",
            encoding="utf-8",
        )
        yield {**os.environ, "OPENSC_CONF": str(place)}


def _follow(process: "subprocess.Popen[str]", heeding: Collection[str], seconds: float) -> Told:
    """Read what the process tells until it has ended or one of its steps takes too long."""
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_forward, args=(process.stdout, lines), daemon=True).start()
    phase = ASKING
    while True:
        try:
            line = lines.get(timeout=None if phase == ASKING else seconds)
        except queue.Empty:
            return Told(phase, problem=_("no answer within {seconds} s").format(seconds=seconds))
        except KeyboardInterrupt:
            if phase in heeding:
                _let_go(process)
                raise
            continue
        if line is None:
            return Told(phase, problem=_("the module has crashed"))
        facts = json.loads(line)
        phase = facts.get("phase", phase)
        if "outcome" in facts:
            return Told(phase, facts["outcome"], facts.get("problem", ""), facts.get("result", ""))


def _let_go(process: "subprocess.Popen[str]") -> None:
    """Give the process time to end by the same Ctrl-C: it must make the terminal echo again."""
    for _attempt in range(2):
        try:
            process.wait(_PARTING)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        else:
            return


def _forward(lines: IO[str] | None, told: "queue.SimpleQueue[str | None]") -> None:
    with contextlib.suppress(ValueError, OSError):
        for line in lines or ():
            told.put(line)
    told.put(None)
