"""``esignctl card history``: what was seen of cards, kept in the registry and shown again."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Annotated

import typer

from esignctl import certificates
from esignctl.cards.diagnosis import Diagnosis
from esignctl.cards.slots import Slot
from esignctl.cards.system import clock_is_wrong
from esignctl.certificates import to_keep
from esignctl.cli import card_view
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import RegistryTrouble
from esignctl.findings import finding
from esignctl.i18n import _, ngettext
from esignctl.registry import audit, cards
from esignctl.registry import certificates as kept
from esignctl.registry.cards import Visit
from esignctl.result import Grid, Note, Result
from esignctl.text import dates

app = single()


def keep(
    session: Session, slots: Sequence[Slot], diagnoses: Sequence[Diagnosis], now: datetime
) -> list[Diagnosis]:
    """Keep a visit for each card; returns what the registry itself can tell of the clock."""
    present = [slot for slot in slots if slot.reader.card.present]
    with session.registry() as registry:
        with registry.read() as connection:
            last = audit.last_change(connection)
        if present:
            with registry.write(session.command) as transaction:
                for slot in present:
                    cards.add_visit(transaction, _visit(slot, diagnoses))
    known = any(each.finding.code == "CLOCK-WRONG" for each in diagnoses)
    if last is None or known or not clock_is_wrong(now, datetime.fromisoformat(last.at)):
        return []
    return [Diagnosis(None, finding("CLOCK-WRONG", now=dates.show(now.date())))]


def revoked(session: Session, slots: Sequence[Slot]) -> dict[str, str]:
    """Which certificates the registry knows to be revoked, by fingerprint; when and why in words.

    None where there is no registry yet or it cannot be read; keeping the visit tells of that.
    """
    fingerprints = [each.fingerprint for slot in slots for each in slot.certificates]
    if not fingerprints or not session.registry_path.exists():
        return {}
    with suppress(RegistryTrouble), session.registry() as registry:
        with registry.read() as connection:
            known = kept.revocations(connection, fingerprints)
        return {
            fingerprint: certificates.revoked_in_words(datetime.fromisoformat(at), reason)
            for fingerprint, (at, reason) in known.items()
        }
    return {}


@app.command(cls=Command, help=_("Show the cards that were looked at before."))
def history(
    context: typer.Context,
    person: Annotated[
        str | None,
        typer.Option(
            "--person",
            metavar=_("PERSON"),
            help=_("A personal number, a registry id, or a name that fits only one."),
        ),
    ] = None,
) -> Result:
    """Earlier visits with card, PIN state, certificates and findings, latest first."""
    session = Session.of(context)
    # reading lists of people comes with it, which 'card status' has no time for
    from esignctl.people import persons

    with session.registry() as registry:
        with registry.read() as connection:
            wanted = persons.find(connection, person).id if person else None
            visits = cards.visits(connection, wanted)
        return Result(
            {
                "visits": [
                    {
                        "id": visit.id,
                        "at": visit.at,
                        "reader": visit.reader,
                        "card": {
                            "atr": visit.atr or None,
                            "family": visit.family or None,
                            "model": visit.model or None,
                        },
                        "token": {
                            "module": visit.module,
                            "serial": visit.token_serial,
                            "pin_state": visit.pin_state,
                        }
                        if visit.module
                        else None,
                        "persons": _persons(visit),
                        "certificates": [
                            {
                                "fingerprint": each.fingerprint,
                                "subject": session.free_text(each.subject),
                                "kind": "nes" if each.kind == "mobile" else each.kind,
                                "not_before": each.not_before,
                                "not_after": each.not_after,
                            }
                            for each in visit.certificates
                        ],
                        "findings": list(visit.findings),
                    }
                    for visit in visits
                ]
            },
            view=[_grid(session, visits), Note(_count(visits))],
        )


def _grid(session: Session, visits: Sequence[Visit]) -> Grid:
    return Grid(
        (_("Time"), _("Card"), _("Holder"), "PIN", _("Until"), _("Findings")),
        [
            (
                dates.show_moment(visit.at),
                f"{visit.model or visit.atr or '-'} ({visit.reader})",
                ", ".join(_holders(session, visit)) or "-",
                _(card_view.PIN_STATES[visit.pin_state]) if visit.pin_state else "-",
                _last_day(visit),
                ", ".join(visit.findings) or "-",
            )
            for visit in visits
        ],
    )


def _holders(session: Session, visit: Visit) -> list[str]:
    named = (
        f"{each.holder} {session.personal_number(each.tckn)}"
        for each in visit.certificates
        if each.tckn
    )
    return list(dict.fromkeys(named))


def _persons(visit: Visit) -> list[int]:
    """The registry ids of the holders that are registered."""
    ids = (each.person_id for each in visit.certificates if each.person_id is not None)
    return list(dict.fromkeys(ids))


def _last_day(visit: Visit) -> str:
    ends = [each.not_after for each in visit.certificates if each.tckn]
    if not ends:
        return "-"
    return dates.show(dates.in_turkey(datetime.fromisoformat(max(ends))).date())


def _count(visits: Sequence[Visit]) -> str:
    return ngettext("{count} visit", "{count} visits", len(visits)).format(count=len(visits))


def _visit(slot: Slot, diagnoses: Sequence[Diagnosis]) -> Visit:
    card, token = slot.reader.card, slot.token
    codes = [each.finding.code for each in diagnoses if each.reader in (None, slot.reader.name)]
    return Visit(
        reader=slot.reader.name,
        atr=card.atr or "",
        family=card.kind.family if card.kind else "",
        model=card.kind.model if card.kind else "",
        module=token.module if token else "",
        token_serial=token.serial if token else "",
        pin_state=token.pin.state if token else "",
        findings=tuple(dict.fromkeys(codes)),
        certificates=tuple(to_keep(each) for each in slot.certificates),
    )
