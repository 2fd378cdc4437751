"""A PIN that stands nowhere else in the world, and the search for it.

``Watch`` runs the program in a folder of its own, with core files allowed, and looks at the command
line and environment of every process meanwhile, as ``ps`` does. ``found`` names every place where
the PIN turned up.
"""

import contextlib
import os
import pty
import resource
import secrets
import select
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
PAUSE = 0.002


def unlikely_pin(length: int = 8) -> str:
    """Digits that no counter, date or address has by chance; no run, no repetition."""
    while True:
        digits = "".join(str(secrets.randbelow(10)) for _ in range(length))
        if len(set(digits)) >= 6 and digits[0] != "0":
            return digits


@dataclass(frozen=True, slots=True)
class Ended:
    """How the program ended and what it printed; on a terminal both streams are one."""

    exit_code: int
    stdout: str
    stderr: str


@dataclass
class Watch:
    """Runs programs in ``home`` and remembers where a secret could have gone."""

    home: Path
    secrets: tuple[str, ...]
    environment: Mapping[str, str]
    seen: set[str] = field(default_factory=set)

    def run(self, argv: Sequence[str], stdin: str = "", seconds: float = 30) -> Ended:
        """Run with pipes; ``stdin`` is what the user pipes in. Killed by SIGABRT when it hangs."""
        with self._looking():
            program = subprocess.Popen(
                argv,
                cwd=self.home,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                preexec_fn=_allow_core_files,
            )
            try:
                stdout, stderr = program.communicate(stdin, timeout=seconds)
            except subprocess.TimeoutExpired:
                # the way to a core file, should the program have left one possible
                program.send_signal(signal.SIGABRT)
                stdout, stderr = program.communicate()
        self._note("stdout", stdout.encode())
        self._note("stderr", stderr.encode())
        return Ended(program.returncode, stdout, stderr)

    def type(self, argv: Sequence[str], answers: Iterable[str], seconds: float = 30) -> Ended:
        """Run on a terminal; each answer is typed when the program waits with a prompt.

        A prompt is text without a newline at its end after which nothing comes for a while.
        """
        with self._looking():
            pid, terminal = pty.fork()
            if pid == 0:
                os.chdir(self.home)
                _allow_core_files()
                os.execvpe(argv[0], list(argv), self._environment())
            shown = _converse(terminal, list(answers), seconds, pid)
            _, status = os.waitpid(pid, 0)
            os.close(terminal)
        self._note("terminal", shown)
        text = shown.decode("utf-8", "replace").replace("\r\n", "\n")
        return Ended(os.waitstatus_to_exitcode(status), text, "")

    def found(self, *places: Path) -> list[str]:
        """Where a secret turned up: streams, processes, files in home and in other places."""
        for place in (self.home, *places):
            for file in [place] if place.is_file() else sorted(place.rglob("*")):
                if file.is_file():
                    self._note(file.name, file.read_bytes())
        return sorted(self.seen)

    def _note(self, place: str, content: bytes) -> None:
        for secret in self.secrets:
            if any(secret.encode(coding) in content for coding in ("utf-8", "utf-16-le")):
                self.seen.add(place)

    def _environment(self) -> dict[str, str]:
        temporary = self.home / "tmp"
        temporary.mkdir(exist_ok=True)
        return {**self.environment, "TMPDIR": str(temporary)}

    @contextlib.contextmanager
    def _looking(self) -> Iterator[None]:
        over = threading.Event()
        looker = threading.Thread(target=self._look, args=(over,), daemon=True)
        looker.start()
        try:
            yield
        finally:
            over.set()
            looker.join()

    def _look(self, over: threading.Event) -> None:
        while not over.wait(PAUSE):
            for process in PROC.glob("[0-9]*"):
                if int(process.name) == os.getpid():
                    continue
                for name in ("cmdline", "environ"):
                    with contextlib.suppress(OSError):
                        self._note(f"ps: {name}", (process / name).read_bytes())


def _converse(terminal: int, answers: list[str], seconds: float, pid: int) -> bytes:
    shown = b""
    answered = 0
    deadline = time.monotonic() + seconds
    while True:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGABRT)
        if select.select([terminal], [], [], 0.3)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                piece = b""
            if not piece:
                return shown
            shown += piece
        elif answers and len(shown) > answered and not shown.endswith(b"\n"):
            os.write(terminal, answers.pop(0).encode() + b"\n")
            answered = len(shown)


def _allow_core_files() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
