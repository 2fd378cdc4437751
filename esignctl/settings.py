"""The configuration ``esignctl.toml`` as frozen values, and the places where things live.

An unknown key is an error that names it and the nearest right one, so that a typing mistake never
passes for a setting. A missing file means the defaults.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any, NoReturn

from esignctl.errors import (
    ConfigurationKeyMissing,
    ConfigurationKeyUnknown,
    ConfigurationUnreadable,
    ConfigurationValueWrong,
)
from esignctl.findings import Finding, finding
from esignctl.i18n import LANGUAGES, N_, _
from esignctl.text import iban, money, system

KINDS = ("first", "renewal", "replacement")
CHANNELS = ("email", "sms")
GROUPS = {"family-physician": N_("family physician"), "staff": N_("staff")}


@dataclass(frozen=True, slots=True)
class Institution:
    """Whose tool this is; printed on forms and messages."""

    name: str | None = None
    province: str | None = None
    unit: str | None = None
    phone: str | None = None
    extension: str | None = None
    address: str | None = None
    officer_title: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """The account that fees are paid into; ``iban`` is compact and its check digits are right."""

    holder: str | None = None
    bank: str | None = None
    iban: str | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """A published price: ``amount`` kuruş for a kind and group, from a day on."""

    kind: str
    group: str
    valid_from: date
    amount: int


@dataclass(frozen=True, slots=True)
class Card:
    """PKCS#11 modules that are tried first."""

    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminders:
    """When and how holders are told; ``days`` before the end of a certificate, largest first.

    The one notice after the end is sent within ``after_end`` days of it, and no later. Text
    messages wait from ``quiet_from`` to ``quiet_until``, and on Sundays and holidays. ``digest`` is
    the address that the weekly table goes to, ``webhook_file`` holds the team's chat addresses.
    """

    days: tuple[int, ...] = (90, 60, 30, 14, 7, 1)
    after_end: int = 30
    channels: tuple[str, ...] = ("email",)
    quiet_from: time = time(21)
    quiet_until: time = time(9)
    digest: str | None = None
    webhook_file: str | None = None


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server; ``per_minute`` limits how many messages it is given, None as many as go."""

    host: str | None = None
    port: int | None = None
    security: str = "starttls"
    username: str | None = None
    password_file: str | None = None
    sender: str | None = None
    per_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Timestamp:
    """The time-stamp server that signatures get their time from; without a URL none is asked."""

    url: str | None = None
    username: str | None = None
    password_file: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole configuration.

    ``layouts`` are the user's own bank layouts and ``sms`` the gateway's fields, as they stand in
    the file: the features that use them check them.
    """

    path: Path
    language: str | None = None
    institution: Institution = Institution()
    account: Account = Account()
    fees: tuple[Fee, ...] = ()
    card: Card = Card()
    reminders: Reminders = Reminders()
    smtp: Smtp = Smtp()
    timestamp: Timestamp = Timestamp()
    sms: Mapping[str, Any] = field(default_factory=dict)
    layouts: tuple[Mapping[str, Any], ...] = ()
    present: bool = False


def default_configuration() -> Path:
    """Where the configuration is looked for when nothing names another place."""
    import platformdirs

    return Path(platformdirs.user_config_dir("esignctl", appauthor=False)) / "esignctl.toml"


def default_registry() -> Path:
    """Where the registry lives when nothing names another place."""
    import platformdirs

    return Path(platformdirs.user_data_dir("esignctl", appauthor=False)) / "registry.db"


def load(path: Path) -> Settings:
    """The configuration at ``path``; the defaults if there is no such file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings(path)
    except UnicodeDecodeError:
        raise ConfigurationUnreadable(
            file=path.name, problem=_("it is not saved as UTF-8")
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationUnreadable(file=path.name, problem=_toml_problem(error)) from None
    except OSError as error:
        raise ConfigurationUnreadable(file=path.name, problem=system.in_words(error)) from None
    return _Reader(path).settings(raw)


def _toml_problem(error: tomllib.TOMLDecodeError) -> str:
    """Where the mistake is; the parser's own words are English."""
    place = re.search(r"at line (\d+), column (\d+)", str(error))
    if place is None:
        return _("there is a mistake at its end")
    return _("there is a mistake at line {line}, column {column}").format(
        line=place[1], column=place[2]
    )


def required(settings: Settings, section: str, key: str) -> str:
    """The text at ``section.key``; an error that names the key if it is not set."""
    value = getattr(getattr(settings, section), key)
    if not value:
        raise ConfigurationKeyMissing(key=f"{section}.{key}", file=settings.path.name)
    return str(value)


def check(settings: Settings) -> list[Finding]:
    """What a careful reader would notice in a configuration that is formally right."""
    found = []
    if not settings.present:
        found.append(finding("CONFIG-ABSENT", file=settings.path))
    if not settings.fees:
        found.append(finding("FEES-MISSING", file=settings.path.name))
    account = settings.account
    if account.iban and account.bank and not iban.bank_fits(account.iban, account.bank):
        code = iban.bank_code(account.iban)
        found.append(
            finding(
                "IBAN-BANK-MISMATCH",
                named=account.bank,
                code=code,
                actual=iban.BANK_NAMES.get(code, _("another bank")),
            )
        )
    return found


_URL = re.compile(r"https?://[^\s/]\S*")
_PRICE = re.compile(r"\d+(?:[.,]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one file; every error names the file and the full key."""

    path: Path

    def settings(self, raw: Mapping[str, Any]) -> Settings:
        sections: dict[str, tuple[type, Mapping[str, Callable[[str, Any], Any]]]] = {
            "institution": (Institution, dict.fromkeys(Institution.__slots__, self.text)),
            "account": (Account, {"holder": self.text, "bank": self.text, "iban": self.iban}),
            "card": (Card, {"modules": self.texts}),
            "reminders": (
                Reminders,
                {
                    "days": self.days,
                    "after_end": self.count,
                    "channels": self.channels,
                    "quiet_from": self.clock,
                    "quiet_until": self.clock,
                    "digest": self.text,
                    "webhook_file": self.text,
                },
            ),
            "smtp": (
                Smtp,
                {
                    "host": self.text,
                    "port": self.port,
                    "security": self.one_of("starttls", "tls", "none"),
                    "username": self.text,
                    "password_file": self.text,
                    "sender": self.text,
                    "per_minute": self.count,
                },
            ),
            "timestamp": (
                Timestamp,
                {"url": self.url, "username": self.text, "password_file": self.text},
            ),
        }
        self.known("", raw, ["language", "fees", "sms", "layouts", *sections])
        values: dict[str, Any] = {"path": self.path, "present": True}
        if "language" in raw:
            values["language"] = self.one_of(*LANGUAGES)("language", raw["language"])
        for name, (kind, keys) in sections.items():
            if name in raw:
                table = self.table(name, raw[name])
                self.known(f"{name}.", table, keys)
                values[name] = kind(
                    **{key: keys[key](f"{name}.{key}", value) for key, value in table.items()}
                )
        values["fees"] = self.fees(self.tables("fees", raw.get("fees", [])))
        if "sms" in raw:
            values["sms"] = self.table("sms", raw["sms"])
        values["layouts"] = tuple(self.tables("layouts", raw.get("layouts", [])))
        return Settings(**values)

    def known(self, prefix: str, table: Mapping[str, Any], keys: Sequence[str] | Any) -> None:
        names = list(keys)
        for key in table:
            if key not in names:
                near = difflib.get_close_matches(key, names, n=1, cutoff=0.0)[0]
                raise ConfigurationKeyUnknown(
                    file=self.path.name, key=prefix + key, nearest=prefix + near
                )

    def wrong(self, key: str, problem: str, expected: str) -> NoReturn:
        raise ConfigurationValueWrong(
            file=self.path.name, key=key, problem=problem, expected=expected
        )

    def table(self, key: str, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self.wrong(key, _("it is no table"), f"[{key}]")
        return value

    def tables(self, key: str, value: Any) -> list[Mapping[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.wrong(key, _("it is no list of tables"), f"[[{key}]]")
        return value

    def text(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            self.wrong(key, _("it is no text"), _("a text in quotes"))
        return value

    def texts(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self.wrong(key, _("it is no list of texts"), _('a list such as ["…", "…"]'))
        return tuple(value)

    def channels(self, key: str, value: Any) -> tuple[str, ...]:
        chosen = self.texts(key, value)
        for channel in chosen:
            self.one_of(*CHANNELS)(key, channel)
        return chosen

    def one_of(self, *allowed: str) -> Callable[[str, Any], str]:
        def read(key: str, value: Any) -> str:
            if value not in allowed:
                choices = " | ".join(f'"{choice}"' for choice in allowed)
                self.wrong(key, _("it is none of the allowed ones"), choices)
            return str(value)

        return read

    def iban(self, key: str, value: Any) -> str:
        try:
            return iban.normalize(self.text(key, value))
        except ValueError:
            self.wrong(
                key,
                _("it is no IBAN, or its check digits are wrong"),
                _("the IBAN as the bank prints it, such as TR65 0001 2009 …"),
            )

    def url(self, key: str, value: Any) -> str:
        if not _URL.fullmatch(self.text(key, value)):
            self.wrong(key, _("it is no web address"), _("an address such as https://…"))
        return str(value)

    def port(self, key: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 65536:
            self.wrong(key, _("it is no port number"), _("a number such as 587"))
        return value

    def clock(self, key: str, value: Any) -> time:
        try:
            return value if type(value) is time else time.fromisoformat(self.text(key, value))
        except ValueError:
            self.wrong(key, _("it is no time of day"), _('a time such as "21:00"'))

    def count(self, key: str, value: Any) -> int:
        if type(value) is not int or value < 1:
            self.wrong(key, _("it is no positive number"), _("a whole number such as 30"))
        return value

    def days(self, key: str, value: Any) -> tuple[int, ...]:
        good = isinstance(value, list) and all(type(day) is int and day > 0 for day in value)
        if not good or not value:
            self.wrong(key, _("it is no list of days"), _("a list such as [90, 60, 30, 14, 7, 1]"))
        return tuple(sorted(set(value), reverse=True))

    def fees(self, entries: Sequence[Mapping[str, Any]]) -> tuple[Fee, ...]:
        prices: dict[tuple[str, str, date], Fee] = {}
        for number, entry in enumerate(entries, start=1):
            fee = self.fee(f"fees[{number}]", entry)
            known = prices.setdefault((fee.kind, fee.group, fee.valid_from), fee)
            if known.amount != fee.amount:
                self.wrong(
                    f"fees[{number}]",
                    _("another entry has another amount for the same kind, group and day"),
                    _("one entry for each price"),
                )
        return tuple(prices.values())

    def fee(self, key: str, entry: Mapping[str, Any]) -> Fee:
        self.known(f"{key}.", entry, Fee.__slots__)
        for name in Fee.__slots__:
            if name not in entry:
                raise ConfigurationKeyMissing(key=f"{key}.{name}", file=self.path.name)
        return Fee(
            kind=self.one_of(*KINDS)(f"{key}.kind", entry["kind"]),
            group=self.text(f"{key}.group", entry["group"]),
            valid_from=self.day(f"{key}.valid_from", entry["valid_from"]),
            amount=self.amount(f"{key}.amount", entry["amount"]),
        )

    def day(self, key: str, value: Any) -> date:
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(self.text(key, value))
        except ValueError:
            self.wrong(key, _("it is no date"), _('a date such as "2026-01-31"'))

    def amount(self, key: str, value: Any) -> int:
        # "1.234" and "218.305" are a slip or thousands: a price is written without grouping
        text = str(value)
        if isinstance(value, bool) or not _PRICE.fullmatch(text) or money.parse_kurus(text) == 0:
            self.wrong(key, _("it is no positive amount"), _('an amount such as "218.30"'))
        return money.parse_kurus(text)
