"""What verifying a certificate came to: values, and the rule that sums them up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from esignctl.certificates.nes import Certificate

Outcome = Literal["good", "revoked", "expired", "not-yet-valid", "untrusted", "invalid", "unknown"]
OUTCOMES: Final[tuple[Outcome, ...]] = (
    "revoked",
    "invalid",
    "untrusted",
    "unknown",
    "expired",
    "not-yet-valid",
    "good",
)
"""Every outcome, the worst first."""

UNSPECIFIED: Final = "unspecified"
HOLD: Final = "certificate-hold"
"""The one reason for a revocation that can be taken back: the holder had it suspended."""

Source = Literal["ocsp", "crl"]
Says = Literal[
    "good", "revoked", "unknown", "stale", "future", "untrusted", "responder-expired",
    "unusable", "no-answer",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one source says of one certificate.

    ``good``, ``revoked`` and ``unknown`` (a responder that does not know the certificate) are
    authentic; ``stale`` and ``future`` were so at another time. ``untrusted`` is signed by somebody
    who may not, or is about something else; ``responder-expired`` is signed with a certificate that
    is not valid now; ``unusable`` is no answer of its kind. `problem` tells why for the last one
    and for ``no-answer``. `cached_at` is None for what came just now.
    """

    source: Source
    url: str
    says: Says
    problem: str = ""
    revoked_at: datetime | None = None
    reason: str = ""
    issued_at: datetime | None = None
    valid_until: datetime | None = None
    cached_at: datetime | None = None

    @property
    def is_proof(self) -> bool:
        """Whether it settles the matter."""
        return self.says in ("good", "revoked")


@dataclass(frozen=True, slots=True)
class Checked:
    """A certificate of the chain and all that was said of it; nothing of a trusted one."""

    certificate: Certificate
    is_anchor: bool = False
    evidence: tuple[Evidence, ...] = ()
    has_addresses: bool = False

    @property
    def proof(self) -> Evidence | None:
        """What settles whether it is revoked: a revocation before anything else.

        A list cannot tell of a certificate that was never issued; a responder that does not know
        it can, so its word stands against the list.
        """
        by_word: dict[Says, Evidence] = {}
        for each in self.evidence:
            by_word.setdefault(each.says, each)
        if "unknown" in by_word:
            return by_word.get("revoked")
        return by_word.get("revoked") or by_word.get("good")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that a reader should know of: the code of a finding, and what fills it."""

    code: str
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying a certificate came to.

    `chain` begins with the certificate itself and ends with a trusted one, where there is a chain.
    `at` is the moment that was asked about.
    """

    certificate: Certificate
    outcome: Outcome
    at: datetime
    chain: tuple[Checked, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def proof(self) -> Evidence | None:
        """What settles whether the certificate is revoked; None when nothing does."""
        return self.chain[0].proof if self.chain else None

    @property
    def revoked(self) -> Evidence | None:
        """The proof that it was revoked by the moment that was asked about."""
        return revoked_by(self.proof, self.at)


def revoked_by(proof: Evidence | None, at: datetime) -> Evidence | None:
    """The proof, if it tells of a revocation by `at`."""
    if proof is None or proof.says != "revoked":
        return None
    return proof if proof.revoked_at is None or proof.revoked_at <= at else None


def sum_up(chain: Sequence[Checked], flawed: bool, at: datetime) -> Outcome:
    """The outcome for a chain to a trusted certificate; `flawed` when it does not hold.

    What is revoked stays so when it ends. An authority whose state nobody tells leaves the
    certificate's own unknown.
    """
    certificate = chain[0].certificate
    if flawed or any(revoked_by(each.proof, at) for each in chain[1:]):
        return "invalid"
    if revoked_by(chain[0].proof, at):
        return "revoked"
    if at > certificate.not_after:
        return "expired"
    if at < certificate.not_before:
        return "not-yet-valid"
    unsettled = (
        each
        for number, each in enumerate(chain)
        if not each.is_anchor and each.proof is None and (number == 0 or each.has_addresses)
    )
    return "unknown" if any(unsettled) else "good"
