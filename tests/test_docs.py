"""What the pages and messages say about commands is true, and their links lead somewhere."""

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from esignctl.cli import app
from scripts import catalogue, reference
from tests.conftest import ROOT

PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]
    if page.name != "reference.md"
)
IN_PAGE = re.compile(r"`(esignctl [^`]+)`|^[ $>]*((?:py -m )?esignctl .+)$", re.MULTILINE)
IN_MESSAGE = re.compile(r"'(esignctl [^']*)'")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
GLOBAL_VALUES = ("--registry", "--config", "--lang")


@cache
def options() -> dict[str, frozenset[str]]:
    """The options of every command by its path."""
    return {
        path: frozenset(opt for option in command.get_params(context) for opt in option.opts)
        for path, command, context in reference.walk(app.build())
    }


def is_group(path: str) -> bool:
    """Whether commands stand below ``path``, so that its next word must be one of them."""
    return any(known.startswith(f"{path} ") for known in options())


def wrong_in(line: str) -> str | None:
    """What a command line names that the program does not have."""
    words = shlex.split(line.partition(" #")[0])
    path, position = "esignctl", words.index("esignctl") + 1
    while position < len(words) and words[position].startswith("-"):
        if words[position] not in options()[path]:
            return words[position]
        position += 2 if words[position] in GLOBAL_VALUES else 1
    for word in words[position:]:
        if f"{path} {word}" in options():
            path = f"{path} {word}"
            continue
        is_option = word.startswith("--")
        if is_option and word.partition("=")[0] not in options()[path]:
            return f"{path} {word}"
        if not is_option and is_group(path) and re.fullmatch("[a-z][a-z-]+", word):
            return f"{path} {word}"
    return None


def test_the_reference_is_what_the_program_says() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.reference", "--check"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.stderr == ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_only_commands_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    lines = [match[1] or match[2] for match in IN_PAGE.finditer(text)]
    assert [wrong for line in lines if (wrong := wrong_in(line))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_pages_links_lead_to_files(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_messages_name_only_commands_that_exist() -> None:
    texts = [
        text
        for message in catalogue.in_source()
        if message.id
        for text in ([message.id] if isinstance(message.id, str) else message.id)
    ]
    lines = [line for text in texts for line in IN_MESSAGE.findall(text)]
    assert len(lines) > 10
    assert [wrong for line in lines if (wrong := wrong_in(line))] == []
