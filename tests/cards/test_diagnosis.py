"""What is wrong, from what was seen: one finding for each trouble, and none where all is well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from esignctl.cards.diagnosis import diagnose
from esignctl.cards.model import Card, ModuleOutcome, Observation, PinState, Service, System
from esignctl.cards.slots import slots
from esignctl.i18n import set_language
from tests.cards import seen as of
from tests.cards.virtual.certificates import AYSE, MEHMET, nes, seal

NOW = datetime.now(UTC)
OLD = timedelta(days=-1200)
NEARLY_OVER = timedelta(days=-1066)
LATER = timedelta(days=20)


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def codes(observation: Observation, now: datetime = NOW, past: datetime | None = None) -> list[str]:
    found = diagnose(observation, slots(observation), now, 90, past)
    return [each.finding.code for each in found]


def message(observation: Observation) -> str:
    found = diagnose(observation, slots(observation), NOW, 90)
    return found[0].finding.message + " " + found[0].finding.remedy


def with_token(*ders: bytes, pin: PinState = "ok") -> Observation:
    return of.seen([of.reader(of.card())], [of.module(of.token(*ders, pin=pin))])


def test_a_healthy_card_has_no_finding() -> None:
    assert codes(with_token(nes().der)) == []


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        ("absent", "CARD-SERVICE-ABSENT"),
        ("timeout", "CARD-SERVICE-ABSENT"),
        ("failed", "CARD-SERVICE-ABSENT"),
        ("denied", "CARD-ACCESS-DENIED"),
        ("extra-missing", "CARD-EXTRA-MISSING"),
    ],
)
def test_trouble_with_the_service_is_the_only_finding(problem: str, code: str) -> None:
    assert codes(of.seen(service=Service(problem))) == [code]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("os_name", "words"),
    [("linux", "pcscd"), ("windows", "SCardSvr"), ("macos", "Plug the reader in again")],
)
def test_how_to_start_the_service_depends_on_the_system(os_name: str, words: str) -> None:
    system = System(os_name, "", "x86_64", 64)
    assert words in message(of.seen(service=Service("absent"), system=system))


def test_no_reader() -> None:
    assert codes(of.seen()) == ["CARD-NO-READER"]


def test_no_card_in_any_reader() -> None:
    assert codes(of.seen([of.reader(), of.reader(name="other")])) == ["CARD-ABSENT"]


def test_an_empty_reader_beside_one_with_a_card_is_no_finding() -> None:
    observation = of.seen(
        [of.reader(of.card()), of.reader(name="other")], [of.module(of.token(nes().der))]
    )
    assert codes(observation) == []


@pytest.mark.parametrize(
    ("state", "code"),
    [("mute", "CARD-MUTE"), ("busy", "CARD-BUSY"), ("denied", "CARD-ACCESS-DENIED")],
)
def test_a_card_that_cannot_be_reached(state: str, code: str) -> None:
    held = Card(state)  # type: ignore[arg-type]
    assert codes(of.seen([of.reader(held)])) == [code]


def test_an_akis_card_without_its_module() -> None:
    assert codes(of.seen([of.reader(of.card())])) == ["MODULE-MISSING"]


def test_opensc_does_not_stand_in_for_the_akis_module() -> None:
    opensc = of.module(path="/usr/lib/opensc-pkcs11.so", kind="opensc", outcome="not-tried")
    assert codes(of.seen([of.reader(of.card())], [opensc])) == ["MODULE-MISSING"]


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        ("loaded", "MODULE-FAILED"),
        ("failed", "MODULE-FAILED"),
        ("crashed", "MODULE-FAILED"),
        ("timeout", "MODULE-FAILED"),
        ("bitness", "MODULE-BITNESS"),
    ],
)
def test_an_akis_module_that_gives_no_token(outcome: ModuleOutcome, code: str) -> None:
    observation = of.seen([of.reader(of.card())], [of.module(outcome=outcome)])
    assert codes(observation) == [code]


def test_a_configured_module_that_is_not_there() -> None:
    gone = of.module(path="/nowhere.so", kind="other", outcome="missing", configured=True)
    observation = of.seen([of.reader(of.card())], [gone, of.module(of.token(nes().der, pin="ok"))])
    assert codes(observation) == ["MODULE-MISSING"]


def test_a_module_that_crashes_is_told_although_another_one_reads_the_card() -> None:
    crashed = of.module(path="/other.so", kind="other", outcome="crashed")
    observation = of.seen([of.reader(of.card())], [crashed, of.module(of.token(nes().der))])
    assert codes(observation) == ["MODULE-FAILED"]


def test_a_card_that_no_module_knows() -> None:
    opensc = of.module(path="/usr/lib/opensc-pkcs11.so", kind="opensc")
    assert codes(of.seen([of.reader(of.card(of.PIV))], [opensc])) == ["CARD-UNKNOWN"]
    assert codes(of.seen([of.reader(of.card(of.PIV))])) == ["CARD-UNKNOWN"]


def test_a_card_of_the_newer_family_may_be_an_identity_card() -> None:
    assert codes(of.seen([of.reader(of.card(of.TC))])) == ["CARD-NES-OR-IDENTITY", "MODULE-MISSING"]


def test_its_certificates_tell() -> None:
    observation = of.seen([of.reader(of.card(of.TC))], [of.module(of.token(nes().der))])
    assert codes(observation) == []


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("low", "PIN-LOW"),
        ("final", "PIN-FINAL-TRY"),
        ("locked", "PIN-LOCKED"),
        ("not-set", "PIN-NOT-SET"),
    ],
)
def test_the_pin_is_judged_by_its_flags(pin: PinState, code: str) -> None:
    assert codes(with_token(nes().der, pin=pin)) == [code]


def test_of_several_pins_on_a_card_the_worst_one_counts() -> None:
    tokens = [of.token(nes().der), of.token(pin="locked")]
    assert codes(of.seen([of.reader(of.card())], [of.module(*tokens)])) == ["PIN-LOCKED"]


def test_no_certificate() -> None:
    assert codes(with_token()) == ["CERT-NONE"]
    assert codes(with_token(b"no certificate")) == ["CERT-NONE"]


def test_an_expired_certificate() -> None:
    assert codes(with_token(nes(starts=OLD).der)) == ["CERT-EXPIRED"]


def test_a_certificate_that_ends_soon() -> None:
    assert codes(with_token(nes(starts=NEARLY_OVER).der)) == ["CERT-EXPIRING"]


def test_a_certificate_whose_time_has_not_come() -> None:
    assert codes(with_token(nes(starts=LATER).der)) == ["CERT-NOT-YET-VALID"]


@pytest.mark.parametrize("other", [OLD, NEARLY_OVER, LATER])
def test_beside_a_valid_one_the_holders_others_are_no_finding(other: timedelta) -> None:
    assert codes(with_token(nes(starts=other).der, nes().der)) == []


def test_another_holders_valid_certificate_helps_nobody() -> None:
    assert codes(with_token(nes(AYSE, starts=OLD).der, nes(MEHMET).der)) == ["CERT-EXPIRED"]


def test_no_qualified_certificate() -> None:
    assert codes(with_token(nes(statements=()).der)) == ["CERT-NOT-QUALIFIED"]
    assert codes(with_token(seal().der)) == ["CERT-NOT-QUALIFIED"]


@pytest.mark.parametrize("year", [1980, 2023, 2071])
def test_a_clock_that_cannot_be_right(year: int) -> None:
    assert codes(of.seen(), datetime(year, 6, 1, tzinfo=UTC)) == ["CARD-NO-READER", "CLOCK-WRONG"]


def test_a_clock_behind_what_has_happened() -> None:
    assert codes(of.seen(), NOW, NOW + timedelta(days=1)) == ["CARD-NO-READER", "CLOCK-WRONG"]


@pytest.mark.parametrize("kind", ["rdp", "citrix", "ssh"])
def test_a_remote_session_is_told(kind: str) -> None:
    assert codes(of.seen(system=of.remote(kind))) == ["CARD-NO-READER", "REMOTE-SESSION"]


def test_findings_name_no_person() -> None:
    observation = with_token(nes(starts=OLD).der)
    assert AYSE.tckn not in message(observation)
    assert AYSE.name not in message(observation)


def test_a_token_whose_slot_bears_another_name_belongs_to_the_only_card() -> None:
    observation = of.seen(
        [of.reader(of.card())], [of.module(of.token(nes().der, slot="AKIS Slot 1"))]
    )
    assert codes(observation) == []
    assert len(slots(observation)) == 1


def test_a_token_outside_pcsc_stands_as_a_reader_of_its_own() -> None:
    observation = of.seen(
        [of.reader()], [of.module(of.token(nes().der, slot="SoftHSM slot"), configured=True)]
    )
    (empty, soft) = slots(observation)
    assert empty.token is None
    assert (soft.reader.name, soft.in_pcsc) == ("SoftHSM slot", False)


def test_a_token_in_a_reader_that_was_not_asked_for_is_left_out() -> None:
    observation = replace(
        of.seen([of.reader(of.card())], [of.module(of.token(nes().der, slot="other reader"))]),
        wanted_reader="ACR39U",
        other_readers=("other reader",),
    )
    (slot,) = slots(observation)
    assert slot.token is None


def told_revoked(observation: Observation, *fingerprints: str) -> list[str]:
    known = dict.fromkeys(fingerprints, " on 2026-01-31 14:00")
    found = diagnose(observation, slots(observation), NOW, 90, revoked=known)
    return [each.finding.code for each in found]


def test_what_is_known_to_be_revoked_is_told() -> None:
    observation = with_token(nes().der)
    (certificate,) = slots(observation)[0].certificates
    assert told_revoked(observation, certificate.fingerprint) == ["CERT-REVOKED"]
    assert told_revoked(observation, "0" * 64) == []


def test_a_revoked_one_beside_a_newer_that_holds_is_no_finding() -> None:
    observation = with_token(nes().der, nes(starts=NEARLY_OVER).der)
    both = {each.not_before: each.fingerprint for each in slots(observation)[0].certificates}
    old, new = both[min(both)], both[max(both)]
    assert told_revoked(observation, old) == []
    assert sorted(told_revoked(observation, new)) == ["CERT-EXPIRING", "CERT-REVOKED"]
