"""Verifying many certificates: what their authorities' lists and chains have in common, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from esignctl.certificates import pkix
from esignctl.certificates.lists import revoked_in
from esignctl.certificates.nes import Certificate
from esignctl.certificates.pkix import Chain
from esignctl.certificates.verdicts import Checked, Evidence, Verdict, sum_up
from esignctl.certificates.verification import Verifier


@dataclass(frozen=True, slots=True)
class _Model:
    """What holds for all certificates of an authority that name the same list.

    `chain` is that of one of them, `above` its authorities, `proof` what the list says of it.
    """

    chain: Chain
    above: tuple[Checked, ...]
    proof: Evidence
    revoked: Mapping[int, tuple[datetime, str]]


@dataclass(frozen=True, slots=True)
class Round:
    """One run over many certificates."""

    verifier: Verifier
    _models: dict[tuple[str, tuple[str, ...]], _Model] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether the time for the run is used up."""
        return self.verifier.network.is_over

    def verify(self, certificate: Certificate) -> Verdict:
        """The verdict now. Responders are asked only about what no list settles."""
        where = pkix.addresses(certificate).crl
        model = self._models.get((certificate.issuer, where))
        verdict = self._by_model(model, certificate) if model else None
        if verdict is not None:
            return verdict
        verdict, chain = self.verifier.examine(certificate, lists_first=True)
        if model is None and chain is not None:
            self._learn(verdict, chain, where)
        return verdict

    def _learn(self, verdict: Verdict, chain: Chain, where: tuple[str, ...]) -> None:
        """Make a model of a certificate whose state one plain list, of today, settled."""
        proof = verdict.proof
        if proof and (proof.valid_until is None or proof.valid_until < self.verifier.now):
            return
        content = self.verifier.content(proof) if proof and where == (proof.url,) else None
        revoked = revoked_in(content) if content else None
        if proof is not None and revoked is not None:
            model = _Model(chain, verdict.chain[1:], proof, revoked)
            self._models[verdict.certificate.issuer, where] = model

    def _by_model(self, model: _Model, certificate: Certificate) -> Verdict | None:
        """The verdict, if the certificate's own chain holds like the model's."""
        now = self.verifier.now
        chain = pkix.under(model.chain, certificate)
        over = any(not each.certificate.period.holds(now) for each in model.above)
        if over or pkix.flaw(chain, pkix.common(chain, now)) is not None:
            return None
        at, reason = model.revoked.get(int(certificate.serial, 16), (None, ""))
        proof = replace(
            model.proof, says="good" if at is None else "revoked", revoked_at=at, reason=reason
        )
        checked = Checked(certificate, evidence=(proof,), has_addresses=True)
        everything = (checked, *model.above)
        return Verdict(certificate, sum_up(everything, False, now), now, everything)
