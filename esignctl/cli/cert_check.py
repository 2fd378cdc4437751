"""``esignctl cert list --check``: one line and an exit code for monitoring."""

from typing import Any

from esignctl.certificates import Due
from esignctl.cli import cert_view
from esignctl.i18n import _, ngettext


def as_json(due: Due) -> dict[str, Any]:
    """What is due, as numbers; the certificates stand in the list."""
    first = due.ending[0] if due.ending else None
    return {
        "due": len(due.ending) + len(due.ended),
        "ending": len(due.ending),
        "ended": len(due.ended),
        "within": due.within,
        "next": first.held.certificate.not_after if first else None,
        "days_left": first.days_left if first else None,
    }


def line(due: Due) -> str:
    """The line of a Nagios plugin: state, words, and numbers behind a bar. It names nobody."""
    ending, ended = len(due.ending), len(due.ended)
    words = [
        ngettext(
            "{count} certificate ends within {days} days",
            "{count} certificates end within {days} days",
            ending,
        ).format(count=ending, days=due.within)
    ]
    if ended:
        words.append(
            ngettext(
                "{count} ended without a newer one",
                "{count} ended without a newer one",
                ended,
            ).format(count=ended)
        )
    if due.ending:
        first = due.ending[0]
        words.append(
            _("the first on {day} (days left: {days})").format(
                day=cert_view.day(first.period.not_after), days=first.days_left
            )
        )
    state = "WARNING" if ending or ended else "OK"
    numbers = f"due={ending + ended} ending={ending} ended={ended}"
    return f"{state} - {', '.join(words)} | {numbers}"
