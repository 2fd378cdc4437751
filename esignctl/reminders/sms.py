"""Reminders as text messages, through the HTTP gateway that the configuration describes."""

import re
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from esignctl import passwords
from esignctl.i18n import _, active_language
from esignctl.reminders import quiet, texts
from esignctl.reminders.channels import Delayed, Idle, Refused, Unreachable
from esignctl.reminders.gateway import Gateway
from esignctl.reminders.notice import Notice
from esignctl.settings import Settings
from esignctl.text import folding, tckn

if TYPE_CHECKING:
    import requests

_SECONDS = 30
_LONGEST = 120


@dataclass(slots=True)
class Sms:
    """The channel ``sms``."""

    settings: Settings
    gateway: Gateway
    templates: texts.Texts
    _session: Any = field(default=None)
    _password: str | None = field(default=None, repr=False)

    def address(self, notice: Notice) -> str | None:
        """The holder's mobile number, as the gateway wants it."""
        return mobile(notice.phone, self.gateway.number)

    def opens(self, now: datetime) -> datetime:
        """`now`, or when the quiet hours are over."""
        rules = self.settings.reminders
        return quiet.opens(now, rules.quiet_from, rules.quiet_until)

    def connect(self) -> None:
        """Read the password; a gateway is asked for each message anew."""
        if self._session is None:
            import requests

            self._password = self._secret()
            self._session = requests.Session()

    def open(self, _message: str, _notice: Notice, begin: Callable[[], bool], _idle: Idle) -> bool:
        """A gateway hears everything at once."""
        return begin()

    def hand_over(
        self, message: str, notice: Notice, safe: Callable[[], None], _idle: Idle
    ) -> None:
        """Hand one message over."""
        import requests

        filled = {
            "number": self.address(notice) or "",
            "text": message,
            "sender": self.gateway.sender,
            "username": self.gateway.username,
            "password": self._password or "",
        }
        fields = _filled(self.gateway.fields, filled)
        headers = {
            name: value.encode("utf-8")
            for name, value in _filled(self.gateway.headers, filled).items()
        }
        user, password = filled["username"], filled["password"]
        basic = self.gateway.auth == "basic"
        how = {"json": "json", "form": "data", "query": "params"}[self.gateway.format]
        safe()
        try:
            answer = self._session.request(
                self.gateway.method,
                self.gateway.url,
                timeout=_SECONDS,
                headers=headers,
                auth=(user.encode("utf-8"), password.encode("utf-8")) if basic else None,
                **{how: fields},
            )
        except (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError):
            raise Unreachable(_("the gateway did not answer")) from None
        except requests.exceptions.ConnectionError as error:
            # a connection that broke later may have been heard
            if _never_connected(error):
                raise Unreachable(_("the gateway did not answer")) from None
            raise Delayed(_("the connection broke")) from None
        except requests.exceptions.RequestException:
            raise Delayed(_("the gateway did not answer in time")) from None
        self._judge(answer)

    def close(self) -> None:
        """Let go of the connection."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def writing(self, _message_id: str, notice: Notice) -> Generator[None, None, str]:
        """What the message says, in the letters that the gateway may send."""
        text = self.templates.sms(notice, self.settings.language or active_language())
        yield
        return folding.ascii_tr(text) if self.gateway.ascii else text

    def _secret(self) -> str | None:
        if self.gateway.password_file:
            return passwords.from_file(
                self.settings, "sms.password_file", self.gateway.password_file
            )
        return (
            passwords.from_keyring("sms", self.gateway.username) if self.gateway.username else None
        )

    def _judge(self, answer: "requests.Response") -> None:
        said = answer.text.strip()
        shown = tckn.mask_within(" ".join(said.split()))[:_LONGEST] or str(answer.status_code)
        denied = self.gateway.denied and re.search(self.gateway.denied, said)
        if answer.status_code in (401, 403) or denied:
            raise Unreachable(_("the gateway refuses the user or the password"))
        if answer.status_code >= 500 or answer.status_code == 429:
            raise Delayed(shown)
        if answer.ok and re.search(self.gateway.success, said):
            return
        if not answer.ok or (self.gateway.refused and re.search(self.gateway.refused, said)):
            raise Refused(shown)
        raise Delayed(shown)


def mobile(phone: str, form: str) -> str | None:
    """A Turkish mobile number: ``5xxxxxxxxx`` (national), ``905…`` or ``+905…`` (e164)."""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone, "TR")
    except phonenumbers.NumberParseException:
        return None
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in kinds:
        return None
    whole = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return {"national": whole[3:], "international": whole[1:], "e164": whole}[form]


def _filled(fields: Any, values: Mapping[str, str]) -> Any:
    """The gateway's fields with the values in the place of their names in braces."""
    if isinstance(fields, Mapping):
        return {name: _filled(value, values) for name, value in fields.items()}
    if isinstance(fields, list | tuple):
        return [_filled(each, values) for each in fields]
    if isinstance(fields, str):
        return re.sub(r"\{(\w+)\}", lambda name: values.get(name[1], name[0]), fields)
    return fields


def _never_connected(error: BaseException) -> bool:
    """Whether the connection was refused or the name unknown, so that nobody heard anything."""
    text = repr(error)
    return "NewConnectionError" in text or "NameResolutionError" in text
