"""Verifying certificates: a chain to a trusted one, and whether anything in it is revoked.

No network, no server and no list stops it: what could not be asked is told with the verdict.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from esignctl.certificates import evidence, pkix
from esignctl.certificates.bundles import in_content
from esignctl.certificates.cache import Cache, Kept
from esignctl.certificates.nes import Certificate
from esignctl.certificates.network import Ask, Network, NoAnswer
from esignctl.certificates.pkix import Addresses, Chain, Flaw
from esignctl.certificates.verdicts import (
    Checked,
    Evidence,
    Outcome,
    Trouble,
    Verdict,
    sum_up,
)

LIST_LIMIT: Final = 64 << 20
"""How large a list of revoked certificates may be, in bytes."""

_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class Trust:
    """What is trusted; `named` gives the authorities with a subject that the registry knows."""

    anchors: tuple[Certificate, ...]
    named: Callable[[str], Sequence[Certificate]]


@dataclass(slots=True)
class Verifier:
    """One run of verifying: what it trusts, whom it may ask, and what it has learnt so far."""

    trust: Trust
    network: Network
    cache: Cache
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    _fetched: dict[str, Certificate] = field(default_factory=dict)
    _troubles: list[Trouble] = field(default_factory=list)

    def verify(
        self,
        certificate: Certificate,
        between: Iterable[Certificate] = (),
        at: datetime | None = None,
    ) -> Verdict:
        """The verdict on a certificate, now or `at` a moment in the past.

        `between` are certificates that came with it and may stand between it and a trusted one.
        """
        return self.examine(certificate, between, at)[0]

    def examine(
        self,
        certificate: Certificate,
        between: Iterable[Certificate] = (),
        at: datetime | None = None,
        *,
        lists_first: bool = False,
    ) -> tuple[Verdict, Chain | None]:
        """The verdict, and the chain that it judged, where there is one.

        With `lists_first` a responder is asked only about what no list settles.
        """
        moment = at or self.now
        self._troubles = []
        chain, top = self._chain(certificate, between, moment)
        outcome: Outcome = "untrusted"
        checked: tuple[Checked, ...] = (Checked(certificate),)
        if chain is None:
            self._tell_untrusted(top)
        elif self._flaw(chain, moment) is not None:
            last = chain.certificates[-1]
            checked = tuple(Checked(each, is_anchor=each is last) for each in chain.certificates)
            outcome = sum_up(checked, True, moment)
        else:
            checked = self._checked(chain, lists_first)
            outcome = sum_up(checked, False, moment)
            self._tell_authorities(checked, moment)
        return Verdict(certificate, outcome, moment, checked, tuple(self._troubles)), chain

    def content(self, proof: Evidence) -> bytes | None:
        """The list that a proof stands on; None for another kind of proof."""
        if proof.source != "crl":
            return None
        if proof.cached_at is not None:
            kept = self.cache.get(proof.url)
            return kept.content if kept else None
        (answer,) = self.network.ask([Ask(proof.url, LIST_LIMIT)])
        return None if isinstance(answer, NoAnswer) else answer

    # the chain

    def _chain(
        self, certificate: Certificate, between: Iterable[Certificate], moment: datetime
    ) -> tuple[Chain | None, Certificate]:
        """The best chain there is; without one, the last certificate on the way up."""
        pool = {each.fingerprint: each for each in between} | self._fetched
        for _step in range(_STEPS):
            top = self._climb(certificate, pool)
            found = pkix.chains(certificate, self.trust.anchors, pool.values())
            if found:
                return min(found, key=lambda chain: _badness(chain, moment)), top
            new = () if top.subject == top.issuer else self._fetch_issuers(top)
            fresh = {each.fingerprint: each for each in new if each.fingerprint not in pool}
            if not fresh:
                break
            pool |= fresh
        return None, self._climb(certificate, pool)

    def _climb(self, certificate: Certificate, pool: dict[str, Certificate]) -> Certificate:
        """The last certificate above this one that is known; what the registry knows is added."""
        top, passed = certificate, {certificate.fingerprint}
        while top.subject != top.issuer:
            for each in self.trust.named(top.issuer):
                pool.setdefault(each.fingerprint, each)
            above = (each for each in pool.values() if each.subject == top.issuer)
            following = next((each for each in above if each.fingerprint not in passed), None)
            if following is None:
                break
            passed.add(following.fingerprint)
            top = following
        return top

    def _fetch_issuers(self, certificate: Certificate) -> list[Certificate]:
        """The certificates of an issuer, from the addresses in what it issued."""
        urls = pkix.addresses(certificate).issuers[:_STEPS]
        found = []
        for url, answer in zip(urls, self.network.ask([Ask(url) for url in urls]), strict=True):
            kept = self.cache.get(url) if isinstance(answer, NoAnswer) else None
            content = kept.content if kept else answer
            if isinstance(content, NoAnswer):
                self._tell_no_answer(content, "issuer")
                continue
            read = [each for each in in_content(content) if each.subject == certificate.issuer]
            if read and kept is None:
                self._keep(url, content)
            elif not read:
                self._tell("ISSUER-UNUSABLE", url=url)
            found += read
        self._fetched |= {each.fingerprint: each for each in found}
        return found

    def _flaw(self, chain: Chain, moment: datetime) -> Flaw | None:
        """What is wrong with the chain itself; told when there is something."""
        flaw = pkix.flaw(chain, pkix.common(chain, moment))
        if flaw is not None and flaw.kind != "validity":
            self._tell("CHAIN-BROKEN", flaw=flaw.kind, text=flaw.text)
            return flaw
        certificate, *above = chain.certificates
        over = next((each for each in above if not each.period.holds(moment)), None)
        # an authority may end before what it issued, but not have ended when it issued it
        if over is None or (flaw is None and not certificate.period.holds(moment)):
            return None
        self._tell("CHAIN-EXPIRED", authority=over.holder, until=over.not_after)
        return Flaw("validity", "")

    def _tell_untrusted(self, top: Certificate) -> None:
        if not self.trust.anchors:
            self._tell("CHAIN-NO-ANCHOR")
        elif top.subject == top.issuer:
            self._tell("CHAIN-UNTRUSTED", authority=top.holder, fingerprint=top.fingerprint)
        else:
            self._tell("CHAIN-ISSUER-MISSING", authority=top.issuer_name or top.issuer)

    def _tell_authorities(self, checked: Sequence[Checked], moment: datetime) -> None:
        for each in checked[1:]:
            proof = each.proof
            if proof and proof.says == "revoked":
                self._tell("CHAIN-REVOKED", authority=each.certificate.holder)
            elif proof is None and each.has_addresses and not each.is_anchor:
                self._tell("CHAIN-UNDECIDED", authority=each.certificate.holder)

    # revocation

    def _checked(self, chain: Chain, lists_first: bool) -> tuple[Checked, ...]:
        """Every certificate of a chain with what is said of it; all servers are asked at once."""
        below = chain.certificates[:-1]
        addresses = [pkix.addresses(each) for each in below]
        listed = [Ask(url, LIST_LIMIT) for where in addresses for url in where.crl]
        if not lists_first:
            listed += [
                ask
                for each, where in zip(below, addresses, strict=True)
                for ask in self._questions(chain, each, where)
            ]
        # their answers are remembered
        self.network.ask(listed)
        checked = []
        for each, where in zip(below, addresses, strict=True):
            said, lists = self._by_lists(chain, each, where)
            if not (lists_first and any(one.is_proof for one in said)):
                said += self._by_responders(chain, each, where, lists)
            addressed = bool(where.crl or where.ocsp)
            if not addressed and each is below[0]:
                self._tell("REVOCATION-NO-ADDRESS")
            checked.append(Checked(each, evidence=tuple(said), has_addresses=addressed))
        return (*checked, Checked(chain.certificates[-1], is_anchor=True))

    def _questions(self, chain: Chain, certificate: Certificate, where: Addresses) -> list[Ask]:
        """What to ask the responders; nothing when nobody is to be asked."""
        if self.network.offline or not where.ocsp:
            return []
        request = evidence.ocsp_request(chain, certificate)
        return [Ask(url, body=request, media_type=evidence.OCSP_REQUEST) for url in where.ocsp]

    def _by_responders(
        self, chain: Chain, certificate: Certificate, where: Addresses, lists: Sequence[bytes]
    ) -> list[Evidence]:
        said = []
        asks = self._questions(chain, certificate, where)
        for ask, answer in zip(asks, self.network.ask(asks), strict=True):
            if isinstance(answer, NoAnswer):
                self._tell_no_answer(answer, "ocsp")
                said.append(Evidence("ocsp", ask.url, "no-answer", answer.problem))
            else:
                found = evidence.by_ocsp(chain, certificate, ask.url, answer, lists)
                said.append(self._told(found))
        return said

    def _by_lists(
        self, chain: Chain, certificate: Certificate, where: Addresses
    ) -> tuple[list[Evidence], list[bytes]]:
        """What the lists say, and the lists."""
        said: list[Evidence] = []
        lists: list[bytes] = []
        asks = [Ask(url, LIST_LIMIT) for url in where.crl]
        for ask, answer in zip(asks, self.network.ask(asks), strict=True):
            found, content = self._by_list(chain, certificate, ask.url, answer)
            said += found
            lists += content
        return said, lists

    def _by_list(
        self, chain: Chain, certificate: Certificate, url: str, answer: bytes | NoAnswer
    ) -> tuple[list[Evidence], list[bytes]]:
        """What a list says, and the list; the one that was kept, where no new one is of use."""
        kept = self.cache.get(url)
        said: list[Evidence] = []
        if isinstance(answer, NoAnswer):
            if kept is None or answer.problem != "offline":
                self._tell_no_answer(answer, "crl")
                said.append(Evidence("crl", url, "no-answer", answer.problem))
        else:
            said.append(self._told(evidence.by_crl(chain, certificate, url, answer)))
            if said[-1].is_proof:
                self._keep_list(url, answer, kept)
                return said, [answer]
        if kept is None:
            return said, []
        old = evidence.by_crl(chain, certificate, url, kept.content, kept.at)
        if old.is_proof:
            self._tell("REVOCATION-CACHED", url=url, at=kept.at, issued_at=old.issued_at)
        else:
            self._told(old)
        return [*said, old], [kept.content]

    def _keep_list(self, url: str, content: bytes, kept: Kept | None) -> None:
        """Keep a list unless a later one is kept already, as after an attacker's replay."""
        before = evidence.issued_at(kept.content) if kept else None
        issued = evidence.issued_at(content)
        if before is None or (issued is not None and issued >= before):
            self._keep(url, content)

    def _keep(self, url: str, content: bytes) -> None:
        try:
            self.cache.put(url, content)
        except OSError as error:
            self._tell("CACHE-NOT-WRITTEN", folder=self.cache.folder, error=error)

    # troubles

    def _tell_no_answer(self, answer: NoAnswer, what: str) -> None:
        code = "REVOCATION-NOT-CACHED" if answer.problem == "offline" else "SERVER-NO-ANSWER"
        self._tell(code, host=answer.host, problem=answer.problem, detail=answer.detail, what=what)

    def _told(self, said: Evidence) -> Evidence:
        """The evidence; when it proves nothing, that is told."""
        if not said.is_proof:
            self._tell(
                "REVOCATION-" + _CODES[said.says],
                url=said.url,
                source=said.source,
                problem=said.problem,
                until=said.valid_until,
                issued_at=said.issued_at,
            )
        return said

    def _tell(self, code: str, **fields: object) -> None:
        trouble = Trouble(code, fields)
        if trouble not in self._troubles:
            self._troubles.append(trouble)


_CODES: Final = {
    "unknown": "NOT-KNOWN",
    "stale": "STALE",
    "future": "FROM-FUTURE",
    "untrusted": "FORGED",
    "responder-expired": "RESPONDER-EXPIRED",
    "unusable": "UNUSABLE",
}


def _badness(chain: Chain, moment: datetime) -> tuple[bool, bool, int]:
    """How far a chain is from one that holds."""
    flawed = pkix.flaw(chain, pkix.common(chain, moment)) is not None
    over = any(not each.period.holds(moment) for each in chain.certificates[1:])
    return flawed, over, len(chain.certificates)
