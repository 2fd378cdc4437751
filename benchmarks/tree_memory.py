"""The memory of a process and all its children, where pages that they share count once. Linux."""

from __future__ import annotations

import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_EVERY = 0.02


def peak(command: list[str]) -> tuple[float, float]:
    """Seconds that a command took, and the most MiB that it and its children held at once.

    Raises SystemExit when the command fails (exit above 1).
    """
    most = 0
    start = time.perf_counter()
    with (
        tempfile.TemporaryFile() as err,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=err) as child,
    ):
        while child.poll() is None:
            most = max(most, _of_tree(child.pid))
            time.sleep(_EVERY)
        seconds = time.perf_counter() - start
        if child.returncode not in (0, 1):
            err.seek(0)
            raise SystemExit(f"{command}: exit {child.returncode}\n{err.read()!r}")
    return seconds, most / 1024


def _of_tree(process: int) -> int:
    """The proportional set size in KiB of a process and its children; 0 once it has ended."""
    size = 0
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                size = int(line.split()[1])
        children = Path(f"/proc/{process}/task/{process}/children").read_text()
        size += sum(_of_tree(int(each)) for each in children.split())
    return size
