"""Every message in both languages: nothing untranslated, unused, doubtful or with other fields."""

import json
import re
import string
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog, Message

from scripts import catalogue
from tests.conftest import ROOT, CommandLine

SOURCE = catalogue.in_source()
TURKISH = catalogue.in_catalogue()
MESSAGES = [message for message in TURKISH if message.id]

# Words in a message that a user types, which therefore stay as they are.
TYPED = re.compile(r"--[a-z][a-z-]+|\besignctl(?: [a-z]+)*(?=')|\bESIGNCTL_[A-Z]+")

# What the help of a command shows: its own words, and the pages as Typer lays them out.
HELP = """
import json, sys
from esignctl.cli import app
from esignctl.i18n import set_language
from scripts.reference import walk

set_language(sys.argv[1])
pages = {}
for path, command, context in walk(app.build()):
    pages[path] = {
        "page": command.get_help(context),
        "words": [command.help, *(option.help for option in command.get_params(context))],
    }
json.dump(pages, sys.stdout)
"""


def ids(catalog: Catalog) -> set[str | tuple[str, ...]]:
    return {
        tuple(message.id) if isinstance(message.id, list | tuple) else message.id
        for message in catalog
        if message.id
    }


def forms(message: Message) -> list[tuple[str, str]]:
    """Pairs of the English and the Turkish text; Turkish counts with one form only."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[1], text) for text in message.string or ()]


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_message_of_the_source_is_in_the_catalogue() -> None:
    assert ids(SOURCE) - ids(TURKISH) == set()


def test_the_catalogue_holds_no_message_that_the_source_lost() -> None:
    assert ids(TURKISH) - ids(SOURCE) == set()
    assert not TURKISH.obsolete


def test_every_message_has_a_translation() -> None:
    assert [message.id for message in MESSAGES if not catalogue.is_translated(message)] == []


def test_no_translation_is_doubtful() -> None:
    assert [message.id for message in MESSAGES if message.fuzzy] == []


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: str(message.id)[:40])
def test_a_translation_has_the_same_fields_and_commands(message: Message) -> None:
    for english, turkish in forms(message):
        assert fields(turkish) == fields(english)
        assert sorted(TYPED.findall(turkish)) == sorted(TYPED.findall(english))
        assert english.startswith(" ") == turkish.startswith(" ")


@pytest.fixture(scope="module")
def help_pages() -> dict[str, dict[str, dict[str, str | list[str]]]]:
    """The help of every command by language; each language in a process of its own."""
    return {
        language: json.loads(
            subprocess.run(
                [sys.executable, "-c", HELP, language],
                cwd=ROOT,
                capture_output=True,
                check=True,
                encoding="utf-8",
                timeout=60,
            ).stdout
        )
        for language in ("en", "tr")
    }


def test_help_in_turkish_has_no_english_sentence(
    help_pages: dict[str, dict[str, dict[str, list[str]]]],
) -> None:
    for path, english in help_pages["en"].items():
        turkish = help_pages["tr"][path]
        for ours, theirs in zip(english["words"], turkish["words"], strict=True):
            assert ours
            assert ours != theirs, path


def test_help_in_turkish_has_none_of_typers_english_words(
    help_pages: dict[str, dict[str, dict[str, str]]],
) -> None:
    words = re.compile(
        r"Usage|Options|Arguments|Commands|OPTIONS|COMMAND|ARGS|default:|required|env var"
        r"|TEXT|INTEGER|\bINT\b|\bSTR\b|FILE|<\w+>"
    )
    for path, page in help_pages["tr"].items():
        assert not words.findall(page["page"]), path


def test_a_command_answers_in_the_configured_language(run: CommandLine) -> None:
    config = run.write_config('language = "tr"')
    arguments = ["--config", str(config), "--registry", str(run.registry), "config", "show"]
    outcome = subprocess.run(
        [sys.executable, "-m", "esignctl", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=run.environ(LANG="C.UTF-8"),
        check=True,
        timeout=60,
    )
    assert outcome.stdout.startswith("Yapılandırma\n")
