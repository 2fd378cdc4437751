"""The operating system's complaints in the reader's language."""

import errno
import os

import pytest

from esignctl.i18n import set_language
from esignctl.text.system import in_words


@pytest.mark.parametrize(("language", "words"), [("en", "the disk is full"), ("tr", "disk dolu")])
def test_a_complaint_follows_the_language(language: str, words: str) -> None:
    set_language(language)
    assert in_words(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "path")) == words


def test_a_rare_complaint_keeps_its_words() -> None:
    assert in_words(OSError(errno.ELOOP, "Too many links", "path")) == "Too many links"


def test_a_complaint_without_words_is_named() -> None:
    assert in_words(OSError()) == "OSError"
