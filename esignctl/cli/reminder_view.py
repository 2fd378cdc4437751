"""Reminders as JSON and in words."""

from typing import Any, Final

from esignctl.i18n import N_
from esignctl.registry.reminders import Reminder

STATES: Final = {
    "planned": N_("planned"),
    "sending": N_("being sent"),
    "sent": N_("sent"),
    "failed": N_("failed, tried again"),
    "refused": N_("refused"),
    "waiting": N_("waits"),
    "no-address": N_("no address"),
    "unreachable": N_("server unreachable"),
    "dropped": N_("no longer due"),
}
CHANNELS: Final = {"email": N_("e-mail"), "sms": N_("text message")}
ROUTES: Final = {"e-signature": N_("e-signature"), "wet-signature": N_("wet signature")}


def as_json(reminder: Reminder) -> dict[str, Any]:
    """A reminder as the outbox keeps it."""
    return {
        "id": reminder.id,
        "person": reminder.due.person_id,
        "certificate_id": reminder.due.certificate_id,
        "threshold": reminder.due.threshold,
        "channel": reminder.due.channel,
        "state": reminder.state,
        "attempts": reminder.attempts,
        "problem": reminder.problem or None,
        "planned_at": reminder.planned_at,
        "changed_at": reminder.changed_at,
        "next_try_at": reminder.next_try_at,
        "message_id": reminder.message_id,
    }
