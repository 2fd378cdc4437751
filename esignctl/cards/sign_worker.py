"""The short-lived process that signs with a card: ``python -m esignctl.cards.sign_worker``.

`_sign` takes the PIN, presents it once to the card, and has the key sign; a key that wants the PIN
for each signature gets it once more. `esignctl.cards.signing` starts it and judges.
"""

import base64
import contextlib
import hashlib
from dataclasses import dataclass, field
from typing import Any, Final

from esignctl.cards.pin_rules import SHORTEST
from esignctl.cards.pin_session import Ended, Teller, Token, asked, lines_from_stdin, serve, token
from esignctl.i18n import _

_LARGEST: Final = 1024
_OUTCOMES: Final = {
    "CKR_PIN_INCORRECT": "wrong",
    "CKR_PIN_LOCKED": "wrong",
    "CKR_PIN_LEN_RANGE": "length",
    "CKR_USER_PIN_NOT_INITIALIZED": "not-set",
}

# RFC 8017, 9.2, note 1: what stands before a digest in a DigestInfo
_DIGEST_INFO: Final = {
    "sha256": bytes.fromhex("3031300D060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300D060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300D060960864801650304020305000440"),
}


def _sign(order: dict[str, Any], tell: Teller) -> dict[str, str]:
    """Ask for the PIN, log in once, sign."""
    if order["from_stdin"]:
        (pin,) = lines_from_stdin(1)
    else:
        pin = asked(_("PIN of the card in {reader}: ").format(reader=order["reader"]))
    # a module may give such a PIN to the card, where it costs a try
    if not (order["shortest"] or SHORTEST) <= len(pin.encode()) <= (order["longest"] or _LARGEST):
        raise Ended("length")
    tell(phase="preparing")
    wanted = _Wanted(base64.b64decode(order["certificate"]))
    with token(order, wanted.is_on) as card:
        card.refuse_if_unfit(order["accept_final"])
        tell(phase="signing")
        signature = _signed(
            card, pin, wanted.id, base64.b64decode(order["data"]), order["digest"], order["key"]
        )
    return {"outcome": "signed", "result": base64.b64encode(signature).decode("ascii")}


@dataclass
class _Wanted:
    """The certificate whose key shall sign, and its id on the card, once it is found."""

    der: bytes
    id: bytes = field(default=b"", init=False)

    def is_on(self, card: Token) -> bool:
        """Whether a token holds it."""
        session = card.library.openSession(card.slot)
        try:
            for found in session.findObjects(
                [(card.pkcs11.CKA_CLASS, card.pkcs11.CKO_CERTIFICATE)]
            ):
                value, its_id = session.getAttributeValue(
                    found, [card.pkcs11.CKA_VALUE, card.pkcs11.CKA_ID]
                )
                if bytes(value or ()) == self.der:
                    self.id = bytes(its_id or ())
                    return True
        finally:
            session.closeSession()
        return False


def _signed(card: Token, pin: str, key_id: bytes, data: bytes, digest: str, kind: str) -> bytes:
    """What the key makes of `data`: the signature as the card gives it."""
    session = card.library.openSession(card.slot)
    try:
        session.login(pin)
        try:
            key = _key(card, session, key_id)
            mechanism, content = _mechanism(card, data, digest, kind)
            return _signature(card, session, key, mechanism, content, pin)
        finally:
            # the next program that uses the card shall not find it open
            with contextlib.suppress(card.pkcs11.PyKCS11Error):
                session.logout()
                session.closeSession()
    except card.pkcs11.PyKCS11Error as error:
        name = card.name(error)
        outcome = _OUTCOMES.get(name, "failed")
        raise Ended(outcome, card.state_now() if outcome == "wrong" else name) from None


def _key(card: Token, session: Any, key_id: bytes) -> Any:
    """The private key of the certificate: by its id or, where ids are missing, the only one."""
    p = card.pkcs11
    private = (p.CKA_CLASS, p.CKO_PRIVATE_KEY)
    found = session.findObjects([private, (p.CKA_ID, key_id)]) if key_id else []
    found = found or session.findObjects([private])
    if len(found) != 1:
        raise Ended("no-key")
    return found[0]


def _mechanism(card: Token, data: bytes, digest: str, kind: str) -> tuple[Any, bytes]:
    """How this card signs, and what it gets: the digest, or all where it computes that itself."""
    p = card.pkcs11
    try:
        offered = card.library.getMechanismList(card.slot)
    except p.PyKCS11Error:
        offered = []
    hashed = hashlib.new(digest, data).digest()
    plain, whole = ("RSA_PKCS", "_RSA_PKCS") if kind == "RSA" else ("ECDSA", "_ECDSA")
    whole = f"{digest.translate(_UPPER)}{whole}"
    if f"CKM_{whole}" in offered and f"CKM_{plain}" not in offered:
        return p.Mechanism(p.CKM[f"CKM_{whole}"]), data
    content = _DIGEST_INFO[digest] + hashed if kind == "RSA" else hashed
    return p.Mechanism(p.CKM[f"CKM_{plain}"]), content


def _signature(
    card: Token, session: Any, key: Any, mechanism: Any, content: bytes, pin: str
) -> bytes:
    p, low = card.pkcs11, session.lib
    # kept alive: what the module gets is a view of it
    native = mechanism.to_native()
    _check(p, low.C_SignInit(session.session, native, key))
    if _wants_the_pin_again(p, session, key):
        session.login(pin, p.CKU_CONTEXT_SPECIFIC)
    signature = p.ckbytelist(bytes(_LARGEST))
    _check(p, low.C_Sign(session.session, p.ckbytelist(content), signature))
    return bytes(signature)


def _wants_the_pin_again(pkcs11: Any, session: Any, key: Any) -> bool:
    """Whether the key asks for the PIN at each signature, as that of a PIV card for signing."""
    try:
        (always,) = session.getAttributeValue(key, [pkcs11.CKA_ALWAYS_AUTHENTICATE])
    except pkcs11.PyKCS11Error:
        return False
    return bool(always)


def _check(pkcs11: Any, status: int) -> None:
    if status != pkcs11.CKR_OK:
        raise pkcs11.PyKCS11Error(status)


_UPPER: Final = str.maketrans("sha", "SHA")

if __name__ == "__main__":
    serve(_sign)
