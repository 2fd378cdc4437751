"""The command line as a user has it, with a registry and a configuration of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from esignctl.cli import app
from esignctl.i18n import set_language
from hatch_build import compile_catalogues

ROOT = Path(__file__).parent.parent
# speed is measured in benchmarks/, and a busy machine breaks nothing
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
IN_CI = os.environ.get("CI", "").casefold() in ("1", "true")


def pytest_configure(config: pytest.Config) -> None:
    """Ctrl-C as at a terminal; catalogues compiled, so that a message just changed is tested."""
    # a shell's background job is started deaf to Ctrl-C, and would hand that on to every child
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        compile_catalogues(ROOT / "esignctl" / "locale")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI everything must run: a skipped test fails there."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips itself as a whole."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be skipped: {report.longrepr}"
    return report


@dataclass(frozen=True)
class Outcome:
    """How a run of the program ended and what it printed."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.stdout)

    @property
    def data(self) -> Any:
        """The envelope's data."""
        return self.json["data"]


@dataclass(frozen=True)
class CommandLine:
    """``esignctl`` with its own registry and configuration: ``run("person", "list")``."""

    home: Path
    capture: pytest.CaptureFixture[str]
    language: str = "en"

    @property
    def registry(self) -> Path:
        """The registry's file; made at first use."""
        return self.home / "registry.db"

    @property
    def config(self) -> Path:
        """The configuration's file; the tests write it."""
        return self.home / "esignctl.toml"

    def __call__(self, *arguments: str | Path) -> Outcome:
        """Run in this process: quick, for everything that does not hang on the process."""
        self.capture.readouterr()
        exit_code = app.run(self._complete(arguments))
        printed = self.capture.readouterr()
        return Outcome(exit_code, printed.out, printed.err)

    def process(self, *arguments: str | Path, **environment: str) -> Outcome:
        """Run in a process of its own, its output through pipes."""
        done = subprocess.run(
            self.argv(*arguments),
            capture_output=True,
            encoding="utf-8",
            env=self.environ(**environment),
            check=False,
            timeout=60,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def argv(self, *arguments: str | Path) -> list[str]:
        """The command line for a process of its own."""
        return [sys.executable, "-m", "esignctl", *self._complete(arguments)]

    def environ(self, **changes: str) -> dict[str, str]:
        """An environment without the caller's language, colours and esignctl settings."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ESIGNCTL_", "LC_"))
            and name not in ("LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")
        }
        return kept | {"LANG": "C.UTF-8"} | changes

    def write_config(self, text: str) -> Path:
        """Make ``text`` the configuration."""
        self.config.write_text(text, encoding="utf-8")
        return self.config

    def _complete(self, arguments: tuple[str | Path, ...]) -> list[str]:
        places = ["--registry", str(self.registry), "--config", str(self.config)]
        return [*places, "--lang", self.language, *map(str, arguments)]


@pytest.fixture
def run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[CommandLine]:
    """The program, speaking English; so does what is tested after it."""
    for name in ("ESIGNCTL_REGISTRY", "ESIGNCTL_CONFIG", "ESIGNCTL_LANG"):
        monkeypatch.delenv(name, raising=False)
    yield CommandLine(tmp_path, capsys)
    set_language("en")


@pytest.fixture
def run_tr(run: CommandLine) -> CommandLine:
    """The program, speaking Turkish."""
    return CommandLine(run.home, run.capture, "tr")
