"""Reminders that did not go out."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "MAIL-SERVER-UNREACHABLE": Explanation(
        N_(
            "Mail goes through the server under [smtp]. It could not be reached, its certificate"
            " does not belong to it, it refused the log-in, or it takes no mail of this sender. No"
            " reminder counts as tried, and none is lost."
        ),
    ),
    "PASSWORD-MISSING": Explanation(
        N_(
            "The configuration names a user for a server, but no file with the password, and the"
            " system's keyring holds none for it. Passwords never stand in the configuration."
        ),
        N_("Name a file that holds the password, or put it into the keyring."),
    ),
    "REMINDER-TEMPLATE-WRONG": Explanation(
        N_(
            "The texts of reminders are templates. One that stands beside the configuration has a"
            " mistake, such as a bracket that is not closed or a name that means nothing. Nothing"
            " was sent."
        ),
    ),
    "SMS-GATEWAY-UNREACHABLE": Explanation(
        N_(
            "The gateway under [sms] could not be reached, or refused the user or the password. No"
            " reminder counts as tried, and none is lost."
        ),
    ),
    "WEBHOOK-FAILED": Explanation(
        N_(
            "The weekly numbers go to the team's chat by the addresses in a file. One of them is no"
            " address that Apprise knows, or the chat refused the message."
        ),
    ),
    "SCHEDULER-FAILED": Explanation(
        N_(
            "The crontab, systemd or the Task Scheduler of this user is not there, or refused the"
            " job; its own words are shown."
        ),
    ),
    "REMINDERS-FAILED": Explanation(
        N_(
            "The server did not take some messages for now, as greylisting or a full mailbox make"
            " it do, or the connection broke. They are tried again at the next run, then after ten"
            " minutes, and after ever longer pauses."
        ),
    ),
    "REMINDERS-REFUSED": Explanation(
        N_(
            "The server said that it will never take some messages, most often because nobody has"
            " the address. They are not tried again by themselves; the next threshold is."
        ),
        N_("Correct the address with 'esignctl person edit', then run 'esignctl reminders retry'."),
    ),
    "REMINDERS-NO-ADDRESS": Explanation(
        N_(
            "A certificate ends and its holder is registered, but without an e-mail address or"
            " telephone number that can be used."
        ),
    ),
    "REMINDERS-AT-WORK": Explanation(
        N_(
            "Only one run at a time sends from a registry, so that nobody gets a message twice. An"
            " earlier one is still at work."
        ),
    ),
    "REMINDERS-INTERRUPTED": Explanation(
        N_(
            "The server took some messages and then no more: the connection broke and could not be"
            " made again."
        ),
    ),
}
