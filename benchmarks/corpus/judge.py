"""The truth: what a careful clerk with the registry in front of him would do with a row.

The judgement reads no text. It knows which parts of the description survived (the strand carries
their meaning) and which amounts are published, and weighs them as `docs` of the house ask: ties,
contradictions, unexplained amounts, second payments and people without an open application go to
a person. It shares nothing with the program that is measured.

Outcomes: ``payable`` (must be posted, exactly so), ``person`` (must be shown, never posted),
``unrelated``, ``either`` (posted exactly so or shown: honest clerks differ), ``unposted``
(shown or not, but never posted) and ``any`` (posted exactly so, shown or not).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.corpus.registry import Application, Person, Registry
from benchmarks.corpus.strand import CODE, NAME, NOBODY, NUMBER, PURPOSE, SENDER, Strand
from benchmarks.corpus.turkish import key

Postings = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome, the postings in kuruş that are right where it may be posted, and the excess."""

    outcome: str
    postings: Postings = ()
    excess: int = 0


@dataclass(frozen=True, slots=True)
class Single:
    """One person's fee is meant; ``on_behalf`` where the text says so in words."""

    person: Person
    application: Application
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Combined:
    """Several people's fees in one transfer."""

    parts: tuple[tuple[Person, Application], ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The story itself settles the outcome."""

    verdict: Verdict


Claim = Single | Combined | Fixed


@dataclass(slots=True)
class _Evidence:
    """What can still be read in a description."""

    codes: dict[int, str] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    sender: tuple[int, str, str] | None = None
    purpose: str = "none"


def _read(strand: Strand) -> _Evidence:
    found = _Evidence()
    for part in strand.pieces:
        if part.role == CODE and len(part.text) >= 6:
            found.codes[part.who] = part.quality if part.left == 1 else "short"
        elif part.role == NUMBER and part.text:
            digits = sum(character.isdigit() for character in part.text)
            state = part.quality
            if part.left < 1:
                state = "damaged" if digits >= 9 and state == "exact" else "scrap"
            if digits >= 5:
                found.numbers[part.who] = state
        elif part.role in (NAME, SENDER) and len(part.text.strip(" .,")) >= 3:
            quality = part.quality if part.left == 1 else _lessened(part.quality)
            if part.role == SENDER:
                found.sender = (part.who, quality, part.text)
            else:
                found.names[part.who] = (quality, part.text)
        elif part.role == PURPOSE and part.text:
            if part.left == 1:
                found.purpose = part.quality if found.purpose != "clear" else "clear"
            elif part.left >= 0.5 and found.purpose == "none":
                found.purpose = "hint"
    return found


def _lessened(quality: str) -> str:
    return "weak" if quality == "full" else quality


def judge(
    registry: Registry, strand: Strand, amount: int, claim: Claim, settled: frozenset[int]
) -> Verdict:
    """The truth of one row; ``settled`` are people whose fee another row of the file pays."""
    if isinstance(claim, Fixed):
        return claim.verdict
    if isinstance(claim, Combined):
        return _combined(registry, _read(strand), amount, claim, settled)
    return _single(registry, _read(strand), amount, claim, settled)


def _by_name(
    registry: Registry, person: Person, quality: str, text: str, settled: frozenset[int]
) -> str:
    """How far a name alone leads to ``person``: ``sure likely unsure``."""
    if quality == "other":
        return "unsure"
    if quality == "full":
        rivals = [other for other in registry.bearers(person.name) if other.index != person.index]
        if not rivals:
            near = [p for p in registry.fuller(person.name) if registry.is_open(p)]
            return "likely" if near else "sure"
    else:
        bearers = _meant(registry, text)
        if person not in bearers:
            return "unsure"
        rivals = [other for other in bearers if other.index != person.index]
    waiting = [other for other in rivals if registry.is_open(other) and other.index not in settled]
    return "unsure" if waiting else "likely"


def _words(text: str) -> str:
    return text.replace(",", " ").replace("-", " ")


def _meant(registry: Registry, text: str) -> list[Person]:
    """Whom a name typed in part, wrongly or with a surname more can mean."""
    whole = _words(text)
    found = registry.resembling(whole)
    parts = whole.split()
    if not found and len(parts) > 2:
        for left_out in range(1, len(parts)):
            found += registry.resembling(" ".join(parts[:left_out] + parts[left_out + 1 :]))
    return found


_RANK = {"unsure": 0, "likely": 1, "sure": 2}


def _identity(
    registry: Registry, seen: _Evidence, claim: Single, settled: frozenset[int]
) -> tuple[str, str]:
    """(strength, kind of number): ``certain named likely unsure contradiction``."""
    person = claim.person
    number = seen.numbers.get(person.index, "none")
    typed = seen.names.get(person.index)
    sender = seen.sender
    paid_himself = sender is not None and sender[0] == person.index
    by_typed = _by_name(registry, person, *typed, settled) if typed else "unsure"
    by_sender = "unsure"
    if paid_himself and sender is not None:
        by_sender = _by_name(registry, person, sender[1], sender[2], settled)
        if typed and typed[0] == sender[1] == "weak":
            both = [p for p in _meant(registry, typed[1]) if p in _meant(registry, sender[2])]
            waiting = [p for p in both if registry.is_open(p) and p.index not in settled]
            if person in both and all(p.index == person.index for p in waiting):
                by_sender = "likely"
    best = max(by_typed, by_sender, key=_RANK.__getitem__)
    full = (typed is not None and typed[0] == "full") or (
        paid_himself and sender is not None and sender[1] == "full"
    )

    if number == "exact":
        if typed and typed[0] == "other":
            clash = any(p.index != person.index for p in registry.bearers(_words(typed[1])))
            if clash:
                return ("likely" if paid_himself else "contradiction"), number
            return "certain", number
        if typed and typed[0] == "weak" and _somebody_else(registry, person, typed[1]):
            return "likely", number
        if typed or paid_himself or sender is None or _kin(registry, person, sender):
            return "certain", number
        return "likely", number
    if number == "damaged":
        if full:
            return "certain", number
        named = (typed is not None and typed[0] != "other") or paid_himself
        return ("likely" if named else "unsure"), number
    if number == "scrap":
        return ("likely" if best != "unsure" or full else "unsure"), number
    if typed and sender is not None and not paid_himself and not claim.on_behalf:
        payer = sender[0]
        if payer != NOBODY and registry.is_open(registry.people[payer]) and best == "sure":
            return "likely", number
    if typed and typed[0] == "weak" and person not in registry.resembling(_words(typed[1])):
        # A second surname that the registry does not know.
        best = min(best, "likely", key=_RANK.__getitem__)
    if typed and typed[0] == "other":
        return ("likely" if by_sender == "sure" else "unsure"), number
    return {"sure": "named", "likely": "likely", "unsure": "unsure"}[best], number


def _somebody_else(registry: Registry, person: Person, text: str) -> bool:
    """Whether a name typed wrongly or in part is just what another applicant is called."""
    return any(
        other.index != person.index and registry.is_open(other)
        for other in registry.bearers(_words(text))
    )


def _kin(registry: Registry, person: Person, sender: tuple[int, str, str]) -> bool:
    if sender[0] != NOBODY and registry.is_open(registry.people[sender[0]]):
        return False
    return key(person.surname).split()[-1] in key(sender[2]).split()


def _single(
    registry: Registry,
    seen: _Evidence,
    amount: int,
    claim: Single,
    settled: frozenset[int],
) -> Verdict:
    application = claim.application
    posted: Postings = ((application.number, amount),)
    excess = max(0, amount - application.fee)
    payable = Verdict("payable", posted, excess)
    either = Verdict("either", posted, excess)
    person, unposted = Verdict("person"), Verdict("unposted")
    strength, number = _identity(registry, seen, claim, settled)
    code = seen.codes.get(claim.person.index, "none")
    if code == "exact" or (code == "damaged" and strength != "unsure"):
        strength = "certain"
    elif code == "damaged" or (code == "short" and strength == "unsure"):
        strength = "likely"
    purpose = seen.purpose
    shown = person if purpose != "none" else unposted

    others = [a for a in registry.open_of(claim.person) if a.number != application.number]
    rivals = [a for a in others if a.fee == amount]
    if strength == "contradiction":
        return person if purpose == "clear" or amount in registry.published else unposted
    if amount == application.fee:
        if rivals and code != "exact":
            same_kind = any(a.kind == application.kind for a in rivals)
            return shown if same_kind or strength == "unsure" else either
        if strength == "certain":
            stated = number == "exact" or purpose != "none" or code in ("exact", "damaged")
            return payable if stated else either
        if strength == "named":
            return payable if purpose == "clear" else either
        return either if strength == "likely" else shown
    if amount in registry.published:
        if rivals or others:
            return shown
        if strength == "certain":
            return payable if number == "exact" and purpose == "clear" else either
        if strength == "named":
            return either
        return either if strength == "likely" and purpose == "clear" else shown
    return person if purpose == "clear" else unposted


def _combined(
    registry: Registry,
    seen: _Evidence,
    amount: int,
    claim: Combined,
    settled: frozenset[int],
) -> Verdict:
    shown = Verdict("person") if seen.purpose == "clear" else Verdict("unposted")
    if amount != sum(application.fee for _, application in claim.parts):
        return shown
    strengths = []
    for person, application in claim.parts:
        if any(a.number != application.number for a in registry.open_of(person)):
            return shown
        number = seen.numbers.get(person.index, "none")
        if seen.codes.get(person.index) == "exact":
            number = "exact"
        typed = seen.names.get(person.index)
        sender = seen.sender if seen.sender and seen.sender[0] == person.index else None
        if number == "exact":
            strengths.append("certain")
        elif typed is None and sender is None:
            strengths.append("unsure")
        elif number == "damaged" and typed and typed[0] == "full":
            strengths.append("certain")
        elif typed is not None:
            by_name = _by_name(registry, person, *typed, settled)
            strengths.append("likely" if number == "damaged" else by_name)
        elif sender is not None:
            by_name = _by_name(registry, person, sender[1], sender[2], settled)
            strengths.append("likely" if by_name != "unsure" else "unsure")
    posted = tuple((application.number, application.fee) for _, application in claim.parts)
    if "unsure" in strengths:
        return shown
    if seen.purpose == "none" and set(strengths) != {"certain"}:
        return Verdict("any", posted)
    if "likely" in strengths or seen.purpose == "none":
        return Verdict("either", posted)
    if "sure" in strengths and seen.purpose != "clear":
        return Verdict("either", posted)
    return Verdict("payable", posted)
