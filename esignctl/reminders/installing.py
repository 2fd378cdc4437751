"""Handing a job to the scheduler of this computer, and taking it back."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from esignctl.errors import SchedulerFailed
from esignctl.reminders import schedules
from esignctl.reminders.schedules import Job
from esignctl.text import system

Scheduler = Literal["cron", "systemd", "windows"]
SCHEDULERS: Final[tuple[Scheduler, ...]] = ("cron", "systemd", "windows")
_SECONDS: Final = 30


def usual() -> Scheduler:
    """The scheduler that this computer has."""
    if sys.platform == "win32":
        return "windows"
    return "systemd" if Path("/run/systemd/system").is_dir() else "cron"


def install(scheduler: Scheduler, jobs: Sequence[Job]) -> None:
    """Hand jobs over in the place of earlier ones of their names. Raises `SchedulerFailed`."""
    match scheduler:
        case "cron":
            _write_crontab([schedules.crontab_line(job) for job in jobs], jobs)
        case "systemd":
            folder = _unit_folder()
            try:
                folder.mkdir(parents=True, exist_ok=True)
                for job in jobs:
                    for name, text in schedules.systemd_units(job).items():
                        (folder / name).write_text(text, encoding="utf-8")
            except OSError as error:
                raise SchedulerFailed(scheduler=scheduler, problem=system.in_words(error)) from None
            _run(scheduler, "systemctl", "--user", "daemon-reload")
            timers = [f"{job.name}.timer" for job in jobs]
            _run(scheduler, "systemctl", "--user", "enable", "--now", *timers)
        case "windows":
            for job in jobs:
                with tempfile.TemporaryDirectory() as folder_name:
                    file = Path(folder_name) / "task.xml"
                    file.write_text(schedules.windows_task(job), encoding="utf-16")
                    _run(scheduler, "schtasks", "/Create", "/F", "/TN", job.name, "/XML", str(file))


def remove(scheduler: Scheduler, jobs: Sequence[Job]) -> None:
    """Take jobs back. Raises `SchedulerFailed`."""
    match scheduler:
        case "cron":
            _write_crontab([], jobs)
        case "systemd":
            folder = _unit_folder()
            # systemctl fails over a timer that is not there
            timers = [f"{job.name}.timer" for job in jobs]
            if present := [each for each in timers if (folder / each).exists()]:
                _run(scheduler, "systemctl", "--user", "disable", "--now", *present)
            for job in jobs:
                for name in schedules.systemd_units(job):
                    (folder / name).unlink(missing_ok=True)
            _run(scheduler, "systemctl", "--user", "daemon-reload")
        case "windows":
            for job in jobs:
                _run(scheduler, "schtasks", "/Delete", "/F", "/TN", job.name)


def _write_crontab(lines: Sequence[str], jobs: Sequence[Job]) -> None:
    # a user without a crontab has an empty one, and crontab says so with exit code 1; after any
    # other failure the crontab is not known and must not be replaced
    present = _call("cron", "crontab", "-l")
    if present.returncode != 0 and "no crontab for" not in present.stderr:
        raise SchedulerFailed(
            scheduler="cron", problem=f"crontab: {' '.join(present.stderr.split())}"
        )
    text = present.stdout if present.returncode == 0 else ""
    wanted = schedules.in_crontab(text, lines, [job.name for job in jobs])
    _run("cron", "crontab", "-", content=wanted)


def _unit_folder() -> Path:
    return Path.home() / ".config" / "systemd" / "user"


def _run(scheduler: Scheduler, *command: str, content: str = "") -> None:
    done = _call(scheduler, *command, content=content)
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split())
        raise SchedulerFailed(scheduler=scheduler, problem=f"{command[0]}: {said}")


def _call(
    scheduler: Scheduler, *command: str, content: str = ""
) -> subprocess.CompletedProcess[str]:
    program = shutil.which(command[0])
    if program is None:
        raise SchedulerFailed(scheduler=scheduler, problem=f"{command[0]}: -")
    try:
        return subprocess.run(  # noqa: S603 - a scheduler's own program
            [program, *command[1:]],
            input=content,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        problem = system.in_words(error) if isinstance(error, OSError) else type(error).__name__
        raise SchedulerFailed(scheduler=scheduler, problem=problem) from None
