"""The short-lived process that changes a PIN: ``python -m esignctl.cards.pin_worker``.

`_change` takes the PINs, has them judged, and gives them to the module. `esignctl.cards.pin` starts
it and judges.
"""

from typing import Any, Final

from esignctl.cards import pin_rules
from esignctl.cards.pin_session import (
    Ended,
    Teller,
    Token,
    asked,
    be_undisturbed,
    lines_from_stdin,
    serve,
    token,
)
from esignctl.i18n import _

_NO_ANSWER: Final = frozenset(
    {
        "CKR_DEVICE_ERROR",
        "CKR_DEVICE_MEMORY",
        "CKR_DEVICE_REMOVED",
        "CKR_FUNCTION_FAILED",
        "CKR_GENERAL_ERROR",
        "CKR_TOKEN_NOT_PRESENT",
    }
)
_OUTCOMES: Final = {
    "CKR_PIN_INCORRECT": "wrong",
    "CKR_PIN_LOCKED": "wrong",
    "CKR_DATA_INVALID": "refused-by-card",
    "CKR_PIN_INVALID": "refused-by-card",
    "CKR_PIN_LEN_RANGE": "refused-by-card",
}


def _change(order: dict[str, Any], tell: Teller) -> dict[str, str]:
    """Ask for the PINs, change, verify by a fresh login."""
    old, new = lines_from_stdin(2) if order["from_stdin"] else _from_terminal(order["reader"])
    if flaw := pin_rules.weakness(new, old, order["shortest"], order["longest"]):
        raise Ended("trivial", flaw)
    tell(phase="preparing")
    be_undisturbed()
    with token(order) as card:
        card.refuse_if_unfit(order["accept_final"])
        tell(phase="changing")
        _set(card, old, new)
        tell(phase="verifying")
        _verify(card, new)
    return {"outcome": "changed"}


def _from_terminal(reader: str) -> tuple[str, str]:
    """Old and new PIN from hidden prompts, the new one twice."""
    old = asked(_("Old PIN of the card in {reader}: ").format(reader=reader))
    new = asked(_("New PIN: "))
    if asked(_("New PIN again: ")) != new:
        raise Ended("not-repeated")
    return old, new


def _set(card: Token, old: str, new: str) -> None:
    """Change the PIN in one session; some modules want a login first."""
    try:
        session = card.library.openSession(card.slot, card.pkcs11.CKF_RW_SESSION)
    except card.pkcs11.PyKCS11Error as error:
        raise Ended("failed", card.name(error)) from None
    try:
        try:
            session.setPin(old, new)
        except card.pkcs11.PyKCS11Error as error:
            if card.name(error) != "CKR_USER_NOT_LOGGED_IN":
                raise
            session.login(old)
            session.setPin(old, new)
    except card.pkcs11.PyKCS11Error as error:
        name = card.name(error)
        # a code that the standard does not know could mean anything
        is_open = name in _NO_ANSWER or name.startswith("0x")
        outcome = "uncertain" if is_open else _OUTCOMES.get(name, "failed")
        raise Ended(outcome, card.state_now() if outcome == "wrong" else name) from None


def _verify(card: Token, new: str) -> None:
    """Log in with the new PIN, in a session of its own."""
    try:
        card.library.closeAllSessions(card.slot)
        fresh = card.library.openSession(card.slot)
        fresh.login(new)
        fresh.logout()
    except card.pkcs11.PyKCS11Error as error:
        raise Ended("not-verified", card.name(error)) from None


if __name__ == "__main__":
    serve(_change)
