"""Passwords of servers, from files that the configuration names."""

from pathlib import Path

from esignctl.errors import PasswordFileUnreadable
from esignctl.i18n import _
from esignctl.settings import Settings
from esignctl.text import system


def from_file(settings: Settings, key: str, name: str) -> str:
    """The first line of a file; `key` is where the configuration names it.

    A relative name is beside the configuration, wherever cron runs the program. Raises
    `PasswordFileUnreadable`.
    """
    place = settings.path.parent / Path(name).expanduser()
    try:
        lines = place.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise PasswordFileUnreadable(key=key, problem=system.in_words(error)) from None
    except UnicodeDecodeError:
        raise PasswordFileUnreadable(key=key, problem=_("it is not saved as UTF-8")) from None
    if not lines or not lines[0]:
        raise PasswordFileUnreadable(key=key, problem=_("its first line is empty"))
    return lines[0]
