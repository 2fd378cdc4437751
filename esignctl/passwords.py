"""Passwords of servers: from files that the configuration names, or from the system's keyring."""

from pathlib import Path

from esignctl.errors import PasswordFileUnreadable, PasswordMissing
from esignctl.i18n import _
from esignctl.settings import Settings
from esignctl.text import system


def from_file(settings: Settings, key: str, name: str) -> str:
    """The first line of a file; `key` is where the configuration names it.

    A relative name is beside the configuration, wherever cron runs the program. Raises
    `PasswordFileUnreadable`.
    """
    return lines_of(settings, key, name)[0]


def lines_of(settings: Settings, key: str, name: str) -> list[str]:
    """All lines of such a file; the first one is not empty."""
    place = settings.path.parent / Path(name).expanduser()
    try:
        lines = place.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise PasswordFileUnreadable(key=key, problem=system.in_words(error)) from None
    except UnicodeDecodeError:
        raise PasswordFileUnreadable(key=key, problem=_("it is not saved as UTF-8")) from None
    if not lines or not lines[0]:
        raise PasswordFileUnreadable(key=key, problem=_("its first line is empty"))
    return [line for line in lines if line.strip()]


def from_keyring(section: str, username: str) -> str:
    """The password that the system's keyring keeps for ``esignctl`` and a user.

    It was put there by ``keyring set esignctl:smtp USER``. Raises `PasswordMissing`.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        password = keyring.get_password(f"esignctl:{section}", username)
    except KeyringError:
        password = None
    if not password:
        raise PasswordMissing(section=section)
    return password
