"""Language and places: flag before environment before file before default."""

import os
import sys

import pytest

from esignctl import __version__, i18n, settings
from esignctl.__main__ import main
from esignctl.cli import app
from tests.conftest import CommandLine

ENGLISH, TURKISH = "Configuration", "Yapılandırma"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "ESIGNCTL_LANG", "ESIGNCTL_CONFIG", "ESIGNCTL_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


def spoken(run: CommandLine, *arguments: str) -> str:
    """The heading of ``config show``, which tells the language."""
    run.capture.readouterr()
    app.run([*arguments, "--config", str(run.config), "config", "show"])
    return run.capture.readouterr().out.partition("\n")[0]


def test_the_systems_locale_is_the_last_to_ask(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert spoken(run) == ENGLISH
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    assert spoken(run) == TURKISH


def test_the_configuration_goes_before_the_locale(run: CommandLine) -> None:
    run.write_config('language = "tr"')
    assert spoken(run) == TURKISH


def test_the_environment_goes_before_the_configuration(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.write_config('language = "en"')
    monkeypatch.setenv("ESIGNCTL_LANG", "tr")
    assert spoken(run) == TURKISH


def test_the_flag_goes_before_all(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESIGNCTL_LANG", "tr")
    assert spoken(run, "--lang", "en") == ENGLISH
    assert spoken(run, "--lang=en") == ENGLISH


def test_an_empty_variable_says_nothing(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESIGNCTL_LANG", "")
    assert spoken(run) == ENGLISH


@pytest.mark.parametrize("name", ["tr", "tr_TR.UTF-8", "tr_TR.ISO-8859-9"])
def test_turkish_locales(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("LANG", name)
    assert i18n.system_language() == "tr"


@pytest.mark.parametrize(
    ("name", "language"), [("Turkish_Türkiye", "tr"), ("English_United States", "en"), (None, "en")]
)
def test_windows_names_its_languages_in_words(
    monkeypatch: pytest.MonkeyPatch, name: str | None, language: str
) -> None:
    monkeypatch.delenv("LANG")
    monkeypatch.setattr("locale.getlocale", lambda: (name, "1254"))
    assert i18n.system_language() == language


@pytest.mark.parametrize("name", ["C", "en_US.UTF-8", "de_DE.UTF-8", "POSIX"])
def test_every_other_locale_means_english(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("LANG", name)
    assert i18n.system_language() == "en"


def test_the_environment_names_the_places(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESIGNCTL_CONFIG", str(run.home / "mine.toml"))
    monkeypatch.setenv("ESIGNCTL_REGISTRY", str(run.home / "mine.db"))
    app.run(["config", "show"])
    output = run.capture.readouterr().out
    assert f"Configuration file\t{run.home / 'mine.toml'}\n" in output
    assert f"Registry\t{run.home / 'mine.db'}\n" in output


def test_flags_go_before_the_environment(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESIGNCTL_CONFIG", "other.toml")
    monkeypatch.setenv("ESIGNCTL_REGISTRY", "other.db")
    data = run("config", "show", "--json").data
    assert (data["file"], data["registry"]) == (str(run.config), str(run.registry))


@pytest.mark.skipif(os.name == "nt", reason="XDG folders")
def test_default_places_are_the_users_own(
    monkeypatch: pytest.MonkeyPatch, run: CommandLine
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(run.home / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(run.home / "data"))
    assert settings.default_configuration() == run.home / "config" / "esignctl" / "esignctl.toml"
    assert settings.default_registry() == run.home / "data" / "esignctl" / "registry.db"


@pytest.mark.parametrize("arguments", [["--version"], ["-q", "--version"]], ids=" ".join)
def test_version(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["esignctl", *arguments])
    assert main() == 0
    assert capsys.readouterr().out == f"esignctl {__version__}\n"


def test_nothing_is_made_by_looking(run: CommandLine) -> None:
    run("config", "show")
    assert list(run.home.iterdir()) == []
