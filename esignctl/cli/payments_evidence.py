"""The evidence on a movement, and what each piece of it weighs, as JSON and for people."""

from typing import Any

from esignctl.i18n import _
from esignctl.payments import reasons, weights
from esignctl.registry.ledger import StoredMovement
from esignctl.result import Block, Grid, Note


def as_json(stored: StoredMovement) -> dict[str, Any]:
    """What speaks for and against a movement's first candidate, in bits, and what forbids."""
    codes = stored.movement.reasons
    return {
        "evidence": [
            {
                "code": each.code,
                "group": each.weight.group,
                "weight": each.weight.bits,
                "counts": each.counts,
            }
            for each in weights.contributions(codes)
        ],
        "weight": weights.total(codes),
        "posted_from": weights.POST,
        "forbidding": [code for code in codes if code in weights.VETOES],
    }


def grid(stored: StoredMovement) -> list[Block]:
    """The evidence on a movement for people: each kind in words with what it weighs."""
    codes = stored.movement.reasons
    found = weights.contributions(codes)
    if not found:
        return []
    rows = [
        (
            reasons.in_words(each.code),
            f"{each.weight.bits:+d}" if each.counts else f"({each.weight.bits:+d})",
        )
        for each in found
    ]
    text = _("Together {sum} bits; from {least} on a movement is posted if nothing forbids it.")
    blocks: list[Block] = [
        Grid((_("Evidence"), _("Weight")), rows, right=frozenset({1})),
        Note(text.format(sum=weights.total(codes), least=weights.POST)),
    ]
    if any(not each.counts for each in found):
        blocks.append(Note(_("In brackets: a stronger piece of evidence says the same.")))
    forbidding = [reasons.in_words(code) for code in codes if code in weights.VETOES]
    if forbidding:
        blocks.append(Note(_("Forbids posting: {reasons}.").format(reasons="; ".join(forbidding))))
    return blocks
