"""``esignctl reminders schedule``: runs ``remind`` every day, by the computer's own scheduler."""

import os
import sys
from collections.abc import Sequence
from datetime import time
from typing import Annotated

import typer

from esignctl.cli.frame import Command, single
from esignctl.cli.prompts import confirm
from esignctl.cli.session import Session
from esignctl.cli.usage import no_choice
from esignctl.errors import UsageError, ValueRejected
from esignctl.i18n import _, active_language
from esignctl.reminders import installing, schedules
from esignctl.reminders.installing import SCHEDULERS, Scheduler
from esignctl.reminders.schedules import Job
from esignctl.result import Block, Heading, Note, Result, Verbatim
from esignctl.text import dates

app = single()


@app.command(cls=Command, help=_("Print or install what runs 'remind' every day."))
def schedule(
    context: typer.Context,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar=_("SCHEDULER"),
            help=_("One of {choices}; else what this computer has.").format(
                choices=" | ".join(SCHEDULERS)
            ),
        ),
    ] = None,
    at: Annotated[
        str, typer.Option("--at", metavar=_("TIME"), help=_("When, by this computer's clock."))
    ] = "09:30",
    install: Annotated[
        bool, typer.Option("--install", help=_("Hand it to the scheduler of this user."))
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help=_("Take it back."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
) -> Result:
    """The command with the places of registry and configuration, whatever runs it."""
    session = Session.of(context)
    if scheduler is not None and scheduler not in SCHEDULERS:
        raise UsageError(problem=no_choice("--for", SCHEDULERS), command=context.command_path)
    if install and remove:
        problem = _("--install and --remove do not go together.")
        raise UsageError(problem=problem, command=context.command_path)
    chosen: Scheduler = next((each for each in SCHEDULERS if each == scheduler), installing.usual())
    jobs = _jobs(session, _time(at))
    if install or remove:
        question = _("Install the daily run?") if install else _("Remove the daily run?")
        confirm(question, session, yes=yes)
        (installing.install if install else installing.remove)(chosen, jobs)
    return Result(
        {
            "scheduler": chosen,
            "installed": install,
            "removed": remove,
            "command": list(jobs[0].command),
            "files": _files(chosen, jobs),
        },
        view=_view(chosen, jobs, install=install, remove=remove),
    )


def _jobs(session: Session, at: time) -> list[Job]:
    """The daily run, and the weekly table where somebody is to get it."""
    # a scheduler starts programs in another folder, with hardly any environment
    command = [sys.executable, "-P", "-m", "esignctl"]
    command += ["--registry", os.path.abspath(session.registry_path)]  # noqa: PTH100
    command += ["--config", os.path.abspath(session.config_path)]  # noqa: PTH100
    command += ["--lang", active_language(), "remind"]
    description = _("Tell holders in time that their certificates end.")
    jobs = [Job(schedules.NAME, description, command, at)]
    rules = session.settings.reminders
    if rules.digest or rules.webhook_file:
        weekly = [*command, "--digest"]
        jobs.append(Job(f"{schedules.NAME}-digest", description, weekly, at, weekly=True))
    return jobs


def _files(scheduler: Scheduler, jobs: Sequence[Job]) -> dict[str, str]:
    """What stands in which file; a crontab has no name of its own."""
    if scheduler == "cron":
        return {"crontab": "\n".join(map(schedules.crontab_line, jobs))}
    found: dict[str, str] = {}
    for job in jobs:
        if scheduler == "systemd":
            found |= schedules.systemd_units(job)
        else:
            found[f"{job.name}.xml"] = schedules.windows_task(job)
    return found


def _view(scheduler: Scheduler, jobs: Sequence[Job], *, install: bool, remove: bool) -> list[Block]:
    if install:
        return [Note(_("'remind' runs every day at {time}.").format(time=f"{jobs[0].at:%H:%M}"))]
    if remove:
        return [Note(_("'remind' is run no more by {scheduler}.").format(scheduler=scheduler))]
    blocks: list[Block] = []
    for name, text in _files(scheduler, jobs).items():
        if scheduler != "cron":
            blocks.append(Heading(name))
        blocks.append(Verbatim(text))
    return blocks


def _time(text: str) -> time:
    try:
        return dates.parse_time(text)
    except ValueError:
        raise ValueRejected(what="--at", problem=_("it is no time such as 09:30")) from None
