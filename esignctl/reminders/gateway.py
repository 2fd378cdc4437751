"""The SMS gateway of the configuration: a preset, or described field by field."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from esignctl.errors import (
    ConfigurationKeyMissing,
    ConfigurationKeyUnknown,
    ConfigurationValueWrong,
)
from esignctl.i18n import _
from esignctl.settings import Settings

FORMATS = ("query", "form", "json")
AUTHS = ("fields", "basic")
NUMBERS = ("national", "international", "e164")
_PLACES = ("{number}", "{text}")


@dataclass(frozen=True, slots=True)
class Gateway:
    """How a message is handed over. `success` and `refused` are searched for in the answer.

    Without a match of either the message counts as delayed; `denied` tells that user or password
    are not taken. `auth`: user and password stand in `fields` or `headers`, or go as HTTP Basic.
    `ascii`: Turkish letters are sent as their Latin likes, which costs half as much.
    """

    url: str
    method: str = "POST"
    format: str = "form"
    number: str = "international"
    success: str = ""
    refused: str = ""
    denied: str = ""
    auth: str = "fields"
    sender: str = ""
    username: str = ""
    password_file: str = ""
    ascii: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def presets() -> dict[str, dict[str, Any]]:
    """The gateways that are known, by name."""
    text = (resources.files("esignctl.reminders") / "gateways.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def gateway(settings: Settings) -> Gateway:
    """The gateway under [sms]; what stands there goes before what its preset says.

    Raises `ConfigurationKeyUnknown`, `ConfigurationKeyMissing` and `ConfigurationValueWrong`.
    """
    said: dict[str, Any] = dict(settings.sms)
    _check(settings, said)
    name = said.pop("gateway", None)
    known = presets()
    if name is not None and name not in known:
        _wrong(settings, "gateway", _("it is none of the known ones"), " | ".join(known))
    values = {**(known[name] if name else {}), **said}
    for key in ("url", "success", "fields"):
        if not values.get(key):
            raise ConfigurationKeyMissing(key=f"sms.{key}", file=settings.path.name)
    if values.get("method", "POST") == "GET":
        values.setdefault("format", "query")
    for key, allowed in (
        ("format", FORMATS),
        ("number", NUMBERS),
        ("method", ("GET", "POST")),
        ("auth", AUTHS),
    ):
        if key in values and values[key] not in allowed:
            _wrong(settings, key, _("it is none of the allowed ones"), " | ".join(allowed))
    for key in ("success", "refused", "denied"):
        try:
            re.compile(values.get(key, ""))
        except re.error:
            _wrong(settings, key, _("it is no regular expression"), "^00")
    if not all(place in str(values["fields"]) for place in _PLACES):
        _wrong(settings, "fields", _("number and text are not in it"), "{number}, {text}")
    return Gateway(**values)


def _check(settings: Settings, said: Mapping[str, Any]) -> None:
    """Each key is one that exists, and its value of the right kind."""
    names = ["gateway", *Gateway.__slots__]
    for key, value in said.items():
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1, cutoff=0.0)[0]
            raise ConfigurationKeyUnknown(
                file=settings.path.name, key=f"sms.{key}", nearest=f"sms.{near}"
            )
        if key == "ascii":
            if not isinstance(value, bool):
                _wrong(settings, key, _("it is neither true nor false"), "true | false")
        elif key in ("fields", "headers"):
            if not isinstance(value, dict):
                _wrong(settings, key, _("it is no table"), f"[sms.{key}]")
            if key == "headers" and not all(isinstance(each, str) for each in value.values()):
                _wrong(settings, key, _("it is no text"), _("a text in quotes"))
        elif not isinstance(value, str):
            _wrong(settings, key, _("it is no text"), _("a text in quotes"))


def _wrong(settings: Settings, key: str, problem: str, expected: str) -> None:
    raise ConfigurationValueWrong(
        file=settings.path.name, key=f"sms.{key}", problem=problem, expected=expected
    )
