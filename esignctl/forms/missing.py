"""What a form cannot do without, and whether it is there. All else is left as a ruled blank."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from esignctl.errors import ConfigurationKeyMissing, FormDataMissing
from esignctl.forms.content import Subject
from esignctl.forms.kinds import Form
from esignctl.i18n import _
from esignctl.settings import Settings

_ALWAYS: Final = ("institution.name",)
_FOR_PAYING: Final = ("account.holder", "account.iban")
_NAMED_AT_MOST: Final = 20


def check_keys(form: Form, settings: Settings) -> None:
    """Raises `ConfigurationKeyMissing` with every key of the configuration that is missing."""
    wanted = _ALWAYS + (_FOR_PAYING if form.kind == "payment-slip" else ())
    missing = []
    for key in wanted:
        section, _dot, name = key.partition(".")
        if not (getattr(getattr(settings, section), name) or "").strip():
            missing.append(key)
    if missing:
        raise ConfigurationKeyMissing(key="', '".join(missing), file=settings.path.name)


def check_fees(form: Form, subjects: Sequence[Subject], settings: Settings) -> None:
    """Raises `FormDataMissing` with every application whose price no one knows."""
    if form.kind != "payment-slip":
        return
    without = defaultdict[tuple[str, str], list[str]](list)
    for subject in subjects:
        one = subject.standing
        if one is not None and one.fee is None:
            price = (one.application.kind, one.person.group)
            without[price].append(one.application.number)
    if without:
        told = [
            _("no price for kind {kind} and group {group} in [[fees]], for {applications}").format(
                kind=kind, group=group, applications=_listed(numbers)
            )
            for (kind, group), numbers in without.items()
        ]
        raise FormDataMissing(kind=form.kind, missing="; ".join(told), file=settings.path.name)


def _listed(numbers: Sequence[str]) -> str:
    named = ", ".join(numbers[:_NAMED_AT_MOST])
    if len(numbers) <= _NAMED_AT_MOST:
        return named
    return _("{named} and {count} more").format(named=named, count=len(numbers) - _NAMED_AT_MOST)
