"""The process that loads PKCS#11 modules, from outside: started, asked, ended and started anew.

Little is imported here, because that process is started before anything else is loaded.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from importlib.util import find_spec
from typing import IO, Any, Final, TextIO, cast

from esignctl.cards.waiting import Late

SECONDS: Final = 8.0
"""How long one module may take for everything it reads."""


def extra_is_installed() -> bool:
    """Whether the library that talks to modules is installed."""
    return find_spec("PyKCS11") is not None


class Ended(Exception):
    """The process ended instead of answering, with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Child:
    """The process, which starts at once; there is none where the library is not installed.

    It may be closed by another thread than the one that asks, which then gets no further answer.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._closed = not extra_is_installed()
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._environment = dict(os.environ)
        self._start()

    @property
    def runs(self) -> bool:
        """Whether it can be asked."""
        return self._process is not None

    def ask(self, path: str) -> dict[str, Any]:
        """What it read through the module at `path`.

        Raises `Late` or `Ended` when the module hangs or crashes; the next one gets a new process.
        """
        process = cast("subprocess.Popen[str]", self._process)
        questions = cast("TextIO", process.stdin)
        try:
            questions.write(json.dumps(path) + "\n")
            questions.flush()
            line = self._answers.get(timeout=self.seconds)
        except queue.Empty:
            self.restart()
            raise Late from None
        except OSError:
            line = None
        if line is None:
            status = process.wait()
            self.restart()
            raise Ended(status)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def restart(self, environment: Mapping[str, str] | None = None) -> None:
        """End it and start another one, from now on with these variables in its environment."""
        self._environment |= environment or {}
        self._stop()
        self._start()

    def close(self) -> None:
        """End it, whatever it is at."""
        self._closed = True
        self._stop()

    def _start(self) -> None:
        if self._closed:
            return
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "esignctl.cards.probe"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="ascii",
            env=self._environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers = queue.SimpleQueue()
        self._listener = threading.Thread(
            target=_forward, args=(self._process.stdout, self._answers), daemon=True
        )
        self._listener.start()

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            # a thread that still reads while the interpreter ends aborts the whole program
            self._listener.join(timeout=1)


def _forward(lines: IO[str] | None, answers: "queue.SimpleQueue[str | None]") -> None:
    """Hand the answers on; None says that there will be no more."""
    with contextlib.suppress(ValueError, OSError):
        for line in lines or ():
            answers.put(line)
    answers.put(None)
