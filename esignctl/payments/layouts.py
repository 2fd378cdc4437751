"""Bank layouts as data: the shipped ones in ``layouts.toml`` and the user's own.

A layout says which header words a bank uses, so that columns are found by what stands above them
and never by fixed places.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NoReturn

from esignctl.errors import (
    ConfigurationKeyMissing,
    ConfigurationKeyUnknown,
    ConfigurationValueWrong,
)
from esignctl.i18n import _
from esignctl.text.folding import fold, tokens

ROLES = (
    "date", "time", "value_date", "amount", "debit", "credit", "direction", "balance", "currency",
    "description", "reference", "receipt", "kind", "counterparty",
)  # fmt: skip
UNKNOWN = "unknown"

_KEYS = ("id", "name", "bank_code", "headers", "columns", "marks", "footers", "required")
_CURRENCY = ("tl", "try")
_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Layout:
    """One bank's layout; all words are keys as ``header_key`` and ``fold`` make them.

    ``headers`` are whole header rows in their order; ``columns`` gives for each role the words
    that may head it, the likeliest first.
    """

    id: str
    name: str
    bank_code: str | None
    headers: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]
    marks: tuple[str, ...]
    footers: tuple[str, ...]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layouts:
    """The layouts in order of preference, and the words that any bank may use."""

    known: tuple[Layout, ...]
    common: Layout


def header_key(text: str) -> str:
    """What of a header cell counts: its folded words, without signs and currency."""
    words = tokens(text)
    while len(words) > 1 and words[-1] in _CURRENCY:
        words.pop()
    return " ".join(words)


def load_layouts(own: Sequence[Mapping[str, Any]] = (), file: str = "esignctl.toml") -> Layouts:
    """The shipped layouts and the user's ``own`` (``[[layouts]]`` of the configuration ``file``).

    An own layout stands before the shipped ones and replaces one with the same id. Raises a
    configuration error that names the key, and the nearest right one, if an entry is wrong.
    """
    shipped = _shipped()
    added = tuple(
        _layout(file, f"layouts[{number}]", entry, shipped.common.footers)
        for number, entry in enumerate(own, start=1)
    )
    replaced = {layout.id for layout in added}
    return Layouts(
        added + tuple(layout for layout in shipped.known if layout.id not in replaced),
        shipped.common,
    )


@cache
def _shipped() -> Layouts:
    source = resources.files("esignctl.payments").joinpath("layouts.toml")
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    common = _layout(source.name, "common", {"id": UNKNOWN, "name": UNKNOWN, **raw["common"]})
    return Layouts(
        tuple(_layout(source.name, "layouts", entry, common.footers) for entry in raw["layouts"]),
        common,
    )


def _layout(file: str, key: str, entry: Mapping[str, Any], footers: tuple[str, ...] = ()) -> Layout:
    _known(file, key, entry, _KEYS)
    for name in ("id", "name"):
        if name not in entry:
            raise ConfigurationKeyMissing(key=f"{key}.{name}", file=file)
    identifier = _text(file, f"{key}.id", entry["id"])
    if not _IDENTIFIER.fullmatch(identifier):
        _wrong(
            file, f"{key}.id", _("it is no plain word"), _("a word of the letters a-z and digits")
        )
    columns = entry.get("columns", {})
    if not isinstance(columns, dict):
        _wrong(file, f"{key}.columns", _("it is no table"), f"[{key}.columns]")
    _known(file, f"{key}.columns", columns, ROLES)
    required = _texts(file, f"{key}.required", entry.get("required", ["date", "description"]))
    for role in required:
        if role not in ROLES:
            raise ConfigurationKeyUnknown(
                file=file, key=f"{key}.required: {role}", nearest=_nearest(role, ROLES)
            )
    headers = entry.get("headers", [])
    if not isinstance(headers, list):
        _wrong(file, f"{key}.headers", _("it is no list of lists"), '[["…", "…"]]')
    code = entry.get("bank_code")
    if code is not None and not re.fullmatch(r"\d{5}", str(code)):
        _wrong(file, f"{key}.bank_code", _("it is no bank code"), _('five digits such as "00010"'))
    return Layout(
        identifier,
        _text(file, f"{key}.name", entry["name"]),
        code,
        tuple(tuple(map(header_key, _texts(file, f"{key}.headers", header))) for header in headers),
        {
            role: tuple(map(header_key, _texts(file, f"{key}.columns.{role}", words)))
            for role, words in columns.items()
        },
        tuple(map(fold, _texts(file, f"{key}.marks", entry.get("marks", [])))),
        tuple(map(fold, _texts(file, f"{key}.footers", entry.get("footers", [])))) + footers,
        required,
    )


def _known(file: str, key: str, table: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in table:
        if name not in names:
            raise ConfigurationKeyUnknown(
                file=file, key=f"{key}.{name}", nearest=f"{key}.{_nearest(name, names)}"
            )


def _nearest(name: str, names: Sequence[str]) -> str:
    return difflib.get_close_matches(name, names, n=1, cutoff=0.0)[0]


def _text(file: str, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        _wrong(file, key, _("it is no text"), _("a text in quotes"))
    return value


def _texts(file: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        _wrong(file, key, _("it is no list of texts"), _('a list such as ["…", "…"]'))
    return tuple(value)


def _wrong(file: str, key: str, problem: str, expected: str) -> NoReturn:
    raise ConfigurationValueWrong(file=file, key=key, problem=problem, expected=expected)
