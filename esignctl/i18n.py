"""Messages in the reader's language.

The source language is English; ``locale/<language>/LC_MESSAGES/esignctl.po`` holds the others.
``_`` translates now, ``N_`` only marks a text that is translated when it is shown.
"""

import gettext
import locale
import os
from pathlib import Path

LANGUAGES = ("tr", "en")
LOCALE_DIR = Path(__file__).parent / "locale"

_active = "en"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str) -> None:
    """Make ``language`` (``tr`` or ``en``) the language of everything shown from now on."""
    global _active, _catalogue
    _active = language
    _catalogue = gettext.translation(
        "esignctl", LOCALE_DIR, languages=[language], fallback=language == "en"
    )
    # Typer asks gettext's process-wide domain for the words of its help
    gettext.bindtextdomain("esignctl", LOCALE_DIR)
    gettext.textdomain("esignctl")
    os.environ["LANGUAGE"] = language


def active_language() -> str:
    """The language in force, ``tr`` or ``en``."""
    return _active


def system_language() -> str:
    """The language of the system's locale: Turkish gives ``tr``, everything else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "tr" if value[:2] == "tr" else "en"
    name = locale.getlocale()[0] or ""
    return "tr" if name[:2] in ("tr", "Tu") else "en"


def _(message: str) -> str:
    """``message`` in the active language."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of the message that fits ``number``, in the active language."""
    return _catalogue.ngettext(singular, plural, number)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a mark
    """Mark ``message`` for the catalogue and return it as it is."""
    return message
