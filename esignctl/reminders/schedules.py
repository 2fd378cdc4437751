"""What makes a computer run ``esignctl remind`` every day: crontab, systemd and Windows, as text.

Each scheduler has its own quoting: crontab(5), systemd.service(5) "Command lines", and the XML of
Windows' Task Scheduler, whose arguments Microsoft's C runtime splits.
"""

import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final
from xml.etree import ElementTree

NAME: Final = "esignctl-reminders"
"""What the job is called everywhere; in a crontab it marks the line."""

_TASK: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_WEEKDAYS: Final = ("Monday", "Mon", "1")


@dataclass(frozen=True, slots=True)
class Job:
    """One command that runs every day at a time of this computer, or every Monday."""

    name: str
    description: str
    command: Sequence[str]
    at: time
    weekly: bool = False


def crontab_line(job: Job) -> str:
    """The line for a crontab, marked with the job's name, without a line end."""
    # a percent sign would end the command
    command = shlex.join(job.command).replace("%", r"\%")
    day = _WEEKDAYS[2] if job.weekly else "*"
    return f"{job.at.minute} {job.at.hour} * * {day} {command} # {job.name}"


def in_crontab(present: str, lines: Sequence[str], names: Sequence[str]) -> str:
    """A crontab with these lines in the place of earlier ones of these names."""
    others = [
        line
        for line in present.splitlines()
        if not any(line.endswith(f" # {name}") for name in names)
    ]
    return "".join(f"{line}\n" for line in [*others, *lines])


def systemd_units(job: Job) -> dict[str, str]:
    """Service and timer by the names of their files."""
    day = f"{_WEEKDAYS[1]} " if job.weekly else ""
    return {
        f"{job.name}.service": (
            "[Unit]\n"
            f"Description={job.description}\n"
            "\n"
            "[Service]\n"
            "Type=oneshot\n"
            f"ExecStart={' '.join(map(_systemd_word, job.command))}\n"
        ),
        f"{job.name}.timer": (
            "[Unit]\n"
            f"Description={job.description}\n"
            "\n"
            "[Timer]\n"
            f"OnCalendar={day}*-*-* {job.at:%H:%M}:00\n"
            "Persistent=true\n"
            "\n"
            "[Install]\n"
            "WantedBy=timers.target\n"
        ),
    }


def _systemd_word(word: str) -> str:
    for character, escaped in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(character, escaped)
    return f'"{word}"'


def windows_task(job: Job) -> str:
    """The task for ``schtasks /Create /XML``, to be saved as UTF-16."""
    task = ElementTree.Element("Task", {"version": "1.2", "xmlns": _TASK})
    _texts(_part(task, "RegistrationInfo"), Description=job.description)
    trigger = _part(_part(task, "Triggers"), "CalendarTrigger")
    _texts(trigger, StartBoundary=f"2026-01-01T{job.at:%H:%M}:00", Enabled="true")
    if job.weekly:
        schedule = _part(trigger, "ScheduleByWeek")
        _texts(schedule, WeeksInterval="1")
        _part(_part(schedule, "DaysOfWeek"), _WEEKDAYS[0])
    else:
        _texts(_part(trigger, "ScheduleByDay"), DaysInterval="1")
    _texts(
        _part(task, "Settings"),
        MultipleInstancesPolicy="IgnoreNew",
        DisallowStartIfOnBatteries="false",
        StopIfGoingOnBatteries="false",
        StartWhenAvailable="true",
        ExecutionTimeLimit="PT2H",
    )
    _texts(
        _part(_part(task, "Actions"), "Exec"),
        Command=job.command[0],
        Arguments=subprocess.list2cmdline(job.command[1:]),
    )
    ElementTree.indent(task)
    body = ElementTree.tostring(task, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{body}\n'


def _part(parent: ElementTree.Element, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, name)


def _texts(parent: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        _part(parent, name).text = text
