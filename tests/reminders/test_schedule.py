"""``reminders schedule``: what schedulers are given, and that it runs in their environment."""

import shlex
import shutil
import subprocess
from datetime import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.reminders import schedules
from esignctl.reminders.schedules import Job
from tests.conftest import CommandLine
from tests.reminders.conftest import Office

LINES = st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).map(str.strip))


def printed(run: CommandLine, scheduler: str, *options: str) -> dict[str, str]:
    outcome = run("reminders", "schedule", "--for", scheduler, "--json", *options)
    assert outcome.exit_code == 0, outcome.stdout
    files: dict[str, str] = outcome.data["files"]
    return files


def test_the_crontab_line_runs_in_crons_environment(office: Office) -> None:
    office.people(3)
    office.certificate(10)
    office.configure()
    line = printed(office.run, "cron", "--at", "07:05")["crontab"]
    assert line.startswith("5 7 * * * ")
    command = line.split(" ", 5)[5].replace(r"\%", "%")
    # what Debian's cron gives its jobs, and no terminal
    environment = {"HOME": "/", "LOGNAME": "nobody", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env=environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert office.post.to == ["kisi0@il.example"]


@given(st.lists(st.text(st.characters(exclude_categories=["C"]), min_size=1), min_size=1))
def test_any_place_survives_a_crontab(command: list[str]) -> None:
    line = schedules.crontab_line(Job("esignctl-reminders", "", command, time(8, 30)))
    assert shlex.split(line.split(" ", 5)[5].replace(r"\%", "%"), comments=True) == command


@pytest.mark.skipif(shutil.which("crontab") is None, reason="see scripts/test-packages.txt")
def test_installing_in_a_crontab_keeps_what_is_there(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a crontab of this test's own, kept by a program that does what crontab does
    own = tmp_path / "bin"
    own.mkdir()
    table = tmp_path / "table"
    table.write_text("0 3 * * * backup\n")
    (own / "crontab").write_text(
        f'#!/bin/sh\nif [ "$1" = -l ]; then cat {table}; else cat > {table}; fi\n'
    )
    (own / "crontab").chmod(0o755)
    monkeypatch.setenv("PATH", f"{own}:/usr/bin:/bin")
    for _time in range(2):
        options = ("--for", "cron", "--install", "--yes")
        assert run("reminders", "schedule", *options).exit_code == 0
    lines = table.read_text().splitlines()
    assert lines[0] == "0 3 * * * backup"
    assert len(lines) == 2
    # Debian's crontab finds no mistake in it
    if b"-T" in subprocess.run(["/usr/bin/crontab", "-h"], capture_output=True).stderr:
        subprocess.run(["/usr/bin/crontab", "-T", table], check=True)
    assert run("reminders", "schedule", "--for", "cron", "--remove", "--yes").exit_code == 0
    assert table.read_text() == "0 3 * * * backup\n"


def test_installing_and_removing_with_systemd(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # no manager of a user runs here: a program in its place notes what it is asked
    own = tmp_path / "bin"
    own.mkdir()
    asked = tmp_path / "asked"
    (own / "systemctl").write_text(f'#!/bin/sh\necho "$@" >> {asked}\n')
    (own / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{own}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(tmp_path))
    units = tmp_path / ".config" / "systemd" / "user"
    options = ("--for", "systemd", "--yes")
    assert run("reminders", "schedule", *options, "--install").exit_code == 0
    assert {each.name for each in units.iterdir()} == set(printed(run, "systemd"))
    for _time in range(2):
        assert run("reminders", "schedule", *options, "--remove").exit_code == 0
        assert list(units.iterdir()) == []
    assert asked.read_text().splitlines() == [
        "--user daemon-reload",
        f"--user enable --now {schedules.NAME}.timer",
        f"--user disable --now {schedules.NAME}.timer",
        "--user daemon-reload",
        "--user daemon-reload",
    ]


def test_installing_asks(run: CommandLine) -> None:
    outcome = run("reminders", "schedule", "--for", "cron", "--install", "--json")
    assert outcome.exit_code == 2
    assert "--yes" in outcome.json["error"]["remedy"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="see scripts/test-packages.txt")
def test_systemd_finds_no_mistake_in_the_units(run: CommandLine) -> None:
    files = printed(run, "systemd")
    folder = run.home / "units"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *(folder / name for name in files)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"SYSTEMD_UNIT_PATH": f"{folder}:", "PATH": "/usr/bin:/bin"},
    )
    complaints = [line for line in done.stderr.splitlines() if "esignctl" in line]
    assert complaints == []
    assert done.returncode == 0


def test_the_task_of_windows(run: CommandLine) -> None:
    (text,) = printed(run, "windows", "--at", "08:15").values()
    task = ElementTree.fromstring(text.encode("utf-16"))
    space = {"t": schedules._TASK}
    assert task.findtext(".//t:StartBoundary", namespaces=space) == "2026-01-01T08:15:00"
    assert task.findtext(".//t:StartWhenAvailable", namespaces=space) == "true"
    arguments = task.findtext(".//t:Arguments", namespaces=space)
    assert arguments is not None
    assert arguments.endswith("remind")


def test_a_wrong_time(run: CommandLine) -> None:
    assert run("reminders", "schedule", "--at", "25:00").exit_code == 4


@given(LINES, st.sampled_from([[], ["1 2 * * * x # esignctl-reminders"]]))
def test_other_lines_of_a_crontab_are_never_touched(others: list[str], new: list[str]) -> None:
    present = "".join(f"{line}\n" for line in others)
    old = f"{present}0 0 * * * old # {schedules.NAME}\n"
    after = schedules.in_crontab(old, new, [schedules.NAME])
    assert after == present + "".join(f"{line}\n" for line in new)
