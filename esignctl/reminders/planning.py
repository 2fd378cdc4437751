"""From the registry to the messages that are due, and from those to the outbox."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from esignctl import certificates, people
from esignctl.errors import ConfigurationKeyMissing
from esignctl.registry import Connection, applications
from esignctl.registry import certificates as kept
from esignctl.registry.certificates import Held
from esignctl.registry.people import Person
from esignctl.registry.reminders import Due
from esignctl.reminders import due
from esignctl.reminders.notice import Notice, Payment
from esignctl.settings import Settings, required
from esignctl.text import dates, iban, reference


@dataclass(frozen=True, slots=True)
class Planned:
    """A message that is due, with the certificate as the registry keeps it."""

    due: Due
    held: Held
    notice: Notice


def planned(
    connection: Connection,
    settings: Settings,
    channels: Sequence[str],
    now: datetime,
    certificate: int | None = None,
) -> list[Planned]:
    """Every message that is due at `now` (UTC), by channel and by the end of the certificate.

    Nothing about certificates that are revoked, or replaced by then; nothing to holders whose
    renewal is past payment. With `certificate`, an id, about that one only. Raises
    `ConfigurationKeyMissing` where somebody has to pay and the account is not known.
    """
    rules, moment = settings.reminders, dates.utc_text(now)
    found = []
    for channel in channels:
        for band in due.bands(rules.days, rules.after_end, now):
            period = (band.first, band.before)
            for held in kept.to_remind(
                connection, channel, band.threshold, period, moment, certificate
            ):
                # revoked ones are not among them
                if certificates.state_of(held, now, 0) == "replaced":
                    continue
                if held.person is not None:
                    found.append((channel, band.threshold, held, held.person))
    standings = _standings(connection, settings, {person.id for *_, person in found})
    return list(_told(found, standings, settings, now))


def still(
    connection: Connection, settings: Settings, each: Planned, now: datetime
) -> Planned | None:
    """A planned message as the registry would have it at `now`; None when it is not due."""
    about = each.due.certificate_id
    found = planned(connection, settings, [each.due.channel], now, about)
    return next((other for other in found if other.due == each.due), None)


def _told(
    found: Sequence[tuple[str, int, Held, Person]],
    standings: Mapping[int, Sequence[people.Standing]],
    settings: Settings,
    now: datetime,
) -> Iterator[Planned]:
    for channel, threshold, held, person in found:
        certificate, own = held.certificate, standings.get(person.id, ())
        period = certificates.period(certificate)
        if due.renewal_under_way(own, period.not_before):
            continue
        began = period.not_before.astimezone(dates.ISTANBUL).date()
        yield Planned(
            Due(certificate.id, person.id, threshold, channel),
            held,
            Notice(
                name=person.name,
                title=person.title,
                unit=person.unit,
                email=person.email,
                phone=person.phone,
                serial=certificate.serial,
                not_after=period.not_after,
                threshold=threshold,
                days_left=period.days_left(now.astimezone(dates.ISTANBUL).date()),
                route=due.route(period.not_after, now),
                payment=payment(person, due.renewals(own, began), settings, now),
                institution=settings.institution,
            ),
        )


def payment(
    person: Person, renewals: Sequence[people.Standing], settings: Settings, now: datetime
) -> Payment | None:
    """What a holder owes for the renewal; None where the group pays nothing."""
    today = now.astimezone(dates.ISTANBUL).date()
    opened = renewals[-1] if renewals else None
    fee = opened.fee if opened else people.fee_due(settings.fees, "renewal", person.group, today)
    if fee == 0:
        return None
    if fee is None:
        raise ConfigurationKeyMissing(key='fees: kind = "renewal"', file=settings.path.name)
    number = opened.application.number if opened else None
    return Payment(
        amount=opened.missing if opened else fee,
        iban=iban.show(required(settings, "account", "iban")),
        account_holder=settings.account.holder or settings.institution.name or "",
        bank=settings.account.bank or "",
        description=people.payment_text(person, "renewal", number),
        code=reference.code(number) if number else "",
    )


def _standings(
    connection: Connection, settings: Settings, persons: Collection[int]
) -> dict[int, list[people.Standing]]:
    """The applications of some persons."""
    found: dict[int, list[people.Standing]] = {}
    for dossier in applications.of_persons(connection, persons):
        standing = people.standing(dossier, settings.fees)
        found.setdefault(dossier.person.id, []).append(standing)
    return found
