"""``esignctl cert list --by-month``: how many certificates end when."""

from collections.abc import Sequence
from typing import Any

from esignctl.certificates import Month
from esignctl.i18n import _
from esignctl.result import Block, Chart, Note


def as_json(months: Sequence[Month]) -> list[dict[str, Any]]:
    """The months of a year, in their order."""
    return [
        {
            "month": f"{each.first:%Y-%m}",
            "ending": each.ending,
            "open": each.open,
            "replaced": each.replaced,
            "revoked": each.revoked,
        }
        for each in months
    ]


def blocks(months: Sequence[Month]) -> list[Block]:
    """The same for people: bars of what is to be renewed, lighter what is not."""
    total = _("{count} certificates end; {open} are to be renewed.").format(
        count=sum(each.ending for each in months), open=sum(each.open for each in months)
    )
    return [
        Chart(
            (_("Month"), _("To be renewed"), _("Replaced"), _("Revoked")),
            [(f"{each.first:%Y-%m}", (each.open, each.replaced, each.revoked)) for each in months],
        ),
        Note(total),
    ]
