"""Which certificates of authorities are trusted: what the user chose, and what may be chosen.

Nothing is trusted for standing in a file. Either its fingerprint is pinned in the program, or the
user confirms it with the fingerprint that its publisher states.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from esignctl.certificates.cache import Cache
from esignctl.certificates.nes import Certificate, read
from esignctl.certificates.network import SECONDS, TOTAL_SECONDS, Network
from esignctl.certificates.pinned import PINNED
from esignctl.certificates.verification import Trust, Verifier
from esignctl.errors import RegistryDamaged
from esignctl.registry import Registry, anchors, certificates
from esignctl.registry.anchors import Anchor
from esignctl.text.dates import utc_text

CACHE_FOLDER: Final = "crl-cache"
_DIGITS: Final = 64


@dataclass(frozen=True, slots=True)
class Offer:
    """The certificates of a file that could be trusted, by what speaks for it.

    `pinned` are KamuSM's, `confirmed` those whose fingerprint the user gave, `open` the others.
    `others` are no authorities' certificates.
    """

    pinned: tuple[Certificate, ...] = ()
    confirmed: tuple[Certificate, ...] = ()
    open: tuple[Certificate, ...] = ()
    others: tuple[Certificate, ...] = ()


def fingerprint(text: str) -> str:
    """A SHA-256 fingerprint as people write it, as 64 digits. Raises ``ValueError``."""
    digits = "".join(character for character in text if character not in " :-\t")
    plain = f"{int(digits, 16):0{_DIGITS}X}" if digits.isalnum() else ""
    if len(digits) != _DIGITS or len(plain) != _DIGITS:
        raise ValueError("no SHA-256 fingerprint")
    return plain


def sort_out(found: Iterable[Certificate], given: Iterable[str]) -> Offer:
    """What of a file may be trusted, with the fingerprints that the user gave."""
    named = set(given)
    parts: dict[str, dict[str, Certificate]] = {
        part: {} for part in ("pinned", "confirmed", "open", "others")
    }
    for each in found:
        if not each.is_ca:
            part = "others"
        elif each.fingerprint in PINNED:
            part = "pinned"
        else:
            part = "confirmed" if each.fingerprint in named else "open"
        parts[part][each.fingerprint] = each
    return Offer(**{part: tuple(certificates.values()) for part, certificates in parts.items()})


def to_anchor(certificate: Certificate, source: str) -> Anchor:
    """A certificate as the registry keeps trusted ones."""
    return Anchor(
        fingerprint=certificate.fingerprint,
        subject=certificate.subject,
        not_before=utc_text(certificate.not_before),
        not_after=utc_text(certificate.not_after),
        source=source,
        der=certificate.der,
    )


def certificate_of(anchor: Anchor) -> Certificate:
    """What stands in a trusted certificate."""
    return read(anchor.der)


def is_over(anchor: Anchor, now: datetime) -> bool:
    """Whether a trusted certificate has ended."""
    return utc_text(now) > anchor.not_after


def trust(registry: Registry) -> Trust:
    """What the registry trusts, and where it knows authorities' certificates from.

    Raises `RegistryDamaged` when a trusted certificate is not the one that was added.
    """
    with registry.read() as connection:
        chosen = anchors.everything(connection)
    trusted = tuple(read(each.der) for each in chosen)
    if [each.fingerprint for each in trusted] != [each.fingerprint for each in chosen]:
        raise RegistryDamaged(file=registry.path.name)

    def named(subject: str) -> Sequence[Certificate]:
        with registry.read() as connection:
            found = certificates.of_nobody(connection, subject)
        return [each for each in map(read, found) if each.is_ca]

    return Trust(trusted, named)


def verifier(
    registry: Registry,
    *,
    seconds: float = SECONDS,
    total: float = TOTAL_SECONDS,
    offline: bool = False,
) -> Verifier:
    """What verifies with the registry's trust: `seconds` for a request, `total` for all of them.

    What it fetches is kept in a folder beside the registry.
    """
    network = Network(seconds=seconds, total=total, offline=offline)
    return Verifier(trust(registry), network, Cache(registry.path.parent / CACHE_FOLDER))
