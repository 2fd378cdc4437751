"""``cert verify``: the verdicts, against an authority's real servers."""

import sys
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509 import ReasonFlags

from tests.certificates.authority import (
    DAY,
    NOW,
    PEM,
    YEAR,
    Authority,
    Profile,
    Where,
    authority_extensions,
    free_port,
)
from tests.certificates.conftest import Desk, Pki
from tests.certificates.server import silent
from tests.conftest import Outcome


def codes(outcome: Outcome) -> list[str]:
    return [each["code"] for each in outcome.json["findings"]]


def results(outcome: Outcome) -> dict[str, str]:
    """What each kind of source said of the certificate itself."""
    checks: list[dict[str, Any]] = outcome.data["items"][0]["chain"][0]["checks"]
    return {check["source"]: check["result"] for check in checks}


def test_a_good_certificate(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.good)
    assert outcome.exit_code == 0
    assert (outcome.data["verdict"], outcome.data["counts"]) == ("good", {"good": 1})
    assert codes(outcome) == []
    (item,) = outcome.data["items"]
    assert [link["trusted"] for link in item["chain"]] == [False, False, True]
    assert results(outcome) == {"crl": "good", "ocsp": "good"}
    assert item["revocation"]["status"] == "good"
    assert item["file"] == "0.cer"


def test_a_revoked_certificate_with_time_and_reason(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.revoked)
    assert outcome.exit_code == 1
    assert outcome.data["verdict"] == "revoked"
    assert codes(outcome) == ["CERT-REVOKED"]
    assert results(outcome) == {"crl": "revoked", "ocsp": "revoked"}
    revocation = outcome.data["items"][0]["revocation"]
    assert revocation["reason"] == "key-compromise"
    assert revocation["revoked_at"] == f"{NOW - DAY:%Y-%m-%dT%H:%M:%SZ}"


def test_a_revocation_without_a_reason(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.unreasoned)
    assert outcome.data["verdict"] == "revoked"
    assert outcome.data["items"][0]["revocation"]["reason"] == "unspecified"


def test_a_suspended_certificate_is_revoked_for_now(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.suspended)
    assert outcome.data["verdict"] == "revoked"
    assert outcome.data["items"][0]["revocation"]["reason"] == "certificate-hold"


def test_a_certificate_that_the_responder_does_not_know(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.unknown)
    assert (outcome.exit_code, outcome.data["verdict"]) == (1, "unknown")
    assert codes(outcome) == ["REVOCATION-UNDECIDED", "REVOCATION-NOT-KNOWN"]


def test_an_expired_certificate(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.expired)
    assert (outcome.exit_code, outcome.data["verdict"]) == (1, "expired")
    assert codes(outcome) == ["CERT-EXPIRED"]


def test_what_was_revoked_stays_so_when_it_ends(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.expired_revoked)
    assert outcome.data["verdict"] == "revoked"
    assert codes(outcome) == ["CERT-REVOKED", "CERT-EXPIRED"]


def test_a_certificate_whose_time_has_not_begun(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.issuer.nes(where=pki.where, starts=DAY))
    assert outcome.data["verdict"] == "not-yet-valid"
    assert "CERT-NOT-YET-VALID" in codes(outcome)


@pytest.mark.parametrize(("days", "verdict"), [(0, "revoked"), (2, "good"), (300, "not-yet-valid")])
def test_a_moment_in_the_past(pki: Pki, desk: Desk, days: int, verdict: str) -> None:
    moment = (NOW - days * DAY).isoformat()
    outcome = desk.verify(pki.revoked, "--at", moment)
    assert outcome.data["verdict"] == verdict
    assert ("CERT-REVOKED-SINCE" in codes(outcome)) == (days > 0)


@pytest.mark.parametrize("at", ["2099-01-01", "yesterday", ""])
def test_a_moment_that_is_none_or_yet_to_come_is_refused(pki: Pki, desk: Desk, at: str) -> None:
    outcome = desk.verify(pki.good, "--at", at)
    assert outcome.exit_code == (4 if at else 0)


# the chain


def test_without_an_anchor_nothing_is_good(pki: Pki, desk: Desk) -> None:
    desk.run("cert", "trust", "remove", pki.root.fingerprint)
    outcome = desk.verify(pki.good)
    assert (outcome.exit_code, outcome.data["verdict"]) == (1, "untrusted")
    assert codes(outcome) == ["CHAIN-NO-ANCHOR"]


def test_an_authority_of_the_same_name_is_another_one(pki: Pki, desk: Desk) -> None:
    pretender = Authority.root(key_name="pretender")
    leaf = pretender.authority(key_name="pretender 2").nes()
    outcome = desk.verify(leaf)
    assert outcome.data["verdict"] in ("untrusted", "invalid")
    assert outcome.exit_code == 1


def test_a_chain_to_a_stranger(pki: Pki, desk: Desk) -> None:
    stranger = Authority.root(name="Yabancı", key_name="stranger")
    file = desk.file(stranger.nes(), stranger.certificate)
    outcome = desk.verify(file)
    assert outcome.data["verdict"] == "untrusted"
    assert codes(outcome) == ["CHAIN-UNTRUSTED"]
    assert stranger.fingerprint in outcome.json["findings"][0]["message"]


def test_the_issuer_is_fetched_from_the_address_in_the_certificate(pki: Pki, desk: Desk) -> None:
    assert desk.verify(pki.good).data["verdict"] == "good"
    assert desk.verify(pki.good, "--offline").data["verdict"] == "good"


def test_the_issuer_comes_in_the_file(pki: Pki, desk: Desk) -> None:
    leaf = pki.issuer.nes(where=Where(crl=pki.where.crl))
    outcome = desk.verify(desk.file(leaf, pki.issuer.certificate))
    assert outcome.data["verdict"] == "good"
    assert len(outcome.data["items"]) == 1


def test_the_issuer_is_in_the_registry(pki: Pki, desk: Desk) -> None:
    desk.know(pki.issuer.certificate)
    assert desk.verify(pki.issuer.nes(where=Where(crl=pki.where.crl))).data["verdict"] == "good"


def test_a_missing_issuer(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.issuer.nes(where=Where(crl=pki.where.crl)))
    assert outcome.data["verdict"] == "untrusted"
    assert codes(outcome) == ["CHAIN-ISSUER-MISSING"]


def test_an_address_of_the_issuer_that_gives_something_else(pki: Pki, desk: Desk) -> None:
    page = pki.web.serve("/login.html", b"<html>log in</html>")
    outcome = desk.verify(pki.issuer.nes(where=Where(issuer=page)))
    assert codes(outcome) == ["CHAIN-ISSUER-MISSING", "ISSUER-UNUSABLE"]


def test_two_authorities_up_by_their_addresses(pki: Pki, desk: Desk) -> None:
    lower = pki.issuer.authority(
        name="Alt", key_name="lower", where=Where(crl=pki.where.crl, issuer=pki.where.issuer)
    )
    address = pki.web.serve("/alt.crt", lower.der)
    pki.web.serve("/alt.crl", lower.crl())
    leaf = lower.nes(where=Where(crl=pki.web.url("/alt.crl"), issuer=address))
    outcome = desk.verify(leaf)
    assert outcome.data["verdict"] == "good"
    assert len(outcome.data["items"][0]["chain"]) == 4


def test_an_authority_that_may_not_issue(pki: Pki, desk: Desk) -> None:
    for number, profile in enumerate(
        (
            Profile(extensions=authority_extensions(is_ca=False)),
            Profile(extensions=authority_extensions(may_issue=False)),
        )
    ):
        lower = pki.root.authority(name=f"Yetkisiz {number}", key_name="lower", profile=profile)
        outcome = desk.verify(desk.file(lower.nes(), lower.certificate))
        assert outcome.data["counts"].get("good") is None
        assert "CHAIN-BROKEN" in codes(outcome)


def test_a_chain_longer_than_allowed(pki: Pki, desk: Desk) -> None:
    short = Profile(extensions=authority_extensions(path_length=0))
    upper = pki.root.authority(name="Üst", key_name="upper", profile=short)
    lower = upper.authority(name="Alt", key_name="lower")
    outcome = desk.verify(desk.file(lower.nes(), lower.certificate, upper.certificate))
    assert outcome.data["verdict"] == "invalid"
    assert codes(outcome) == ["CHAIN-BROKEN"]
    assert "longer" in outcome.json["findings"][0]["message"]


def test_a_trusted_certificate_limits_the_chain_as_well(pki: Pki, desk: Desk) -> None:
    short = Profile(extensions=authority_extensions(path_length=0))
    root = Authority.root(name="Kısa", key_name="upper", profile=short)
    file = desk.file(root.der, name="root.cer")
    desk.run("cert", "trust", "add", file, "--fingerprint", root.fingerprint)
    lower = root.authority(name="Alt", key_name="lower")
    assert codes(desk.verify(desk.file(lower.nes(), lower.certificate))) == ["CHAIN-BROKEN"]


def test_a_changed_certificate(pki: Pki, desk: Desk) -> None:
    der = bytearray(desk.file(pki.good).read_bytes())
    der[-5] ^= 1
    outcome = desk.verify(desk.file(bytes(der)))
    assert outcome.data["verdict"] == "invalid"
    assert codes(outcome) == ["CHAIN-BROKEN"]


def test_an_expired_authority(pki: Pki, desk: Desk) -> None:
    ended = Profile(begin=NOW - 3 * YEAR, lasts=2 * YEAR)
    lower = pki.root.authority(name="Bitmiş", key_name="lower", profile=ended)
    outcome = desk.verify(desk.file(lower.nes(), lower.certificate))
    assert outcome.data["verdict"] == "invalid"
    assert codes(outcome) == ["CHAIN-EXPIRED"]


def test_a_revoked_authority(pki: Pki, desk: Desk) -> None:
    crl = pki.web.url("/root2.crl")
    lower = pki.root.authority(name="İptal", key_name="lower", where=Where(crl=crl))
    with_it = Authority(pki.root.certificate, pki.root.key)
    with_it.revoke(lower.certificate, ReasonFlags.ca_compromise)
    pki.web.serve("/root2.crl", with_it.crl())
    pki.web.serve("/iptal.crl", lower.crl())
    leaf = lower.nes(where=Where(crl=pki.web.url("/iptal.crl")))
    outcome = desk.verify(desk.file(leaf, lower.certificate))
    assert outcome.data["verdict"] == "invalid"
    assert codes(outcome) == ["CHAIN-REVOKED"]


def test_an_rsa_authority_with_a_p384_holder(pki: Pki, desk: Desk) -> None:
    lower = pki.root.authority(name="RSA", key_name="lower-rsa")
    pki.web.serve("/rsa.crl", lower.crl())
    leaf = lower.nes(where=Where(crl=pki.web.url("/rsa.crl")), key_name="holder")
    assert desk.verify(desk.file(leaf, lower.certificate)).data["verdict"] == "good"


def test_the_root_itself(pki: Pki, desk: Desk) -> None:
    assert desk.verify(pki.root.certificate).data["verdict"] == "good"


# what responders and lists say


@pytest.mark.parametrize(
    ("responder", "result", "code"),
    [
        ("expired", "responder-expired", "REVOCATION-RESPONDER-EXPIRED"),
        ("stranger", "untrusted", "REVOCATION-FORGED"),
    ],
)
def test_a_responder_whose_word_counts_for_nothing(
    pki: Pki, desk: Desk, responder: str, result: str, code: str
) -> None:
    outcome = desk.verify(pki.issuer.nes(where=pki.only_ocsp(responder)))
    assert (outcome.exit_code, outcome.data["verdict"]) == (1, "unknown")
    assert results(outcome) == {"ocsp": result}
    assert codes(outcome) == ["REVOCATION-UNDECIDED", code]


def with_list(pki: Pki, content: bytes, name: str) -> x509.Certificate:
    """A certificate that names a list with this content, and nothing else."""
    address = pki.web.serve(f"/{name}.crl", content)
    return pki.issuer.nes(where=Where(crl=address, issuer=pki.where.issuer))


def test_a_list_in_pem(pki: Pki, desk: Desk) -> None:
    pem = x509.load_der_x509_crl(pki.issuer.crl()).public_bytes(PEM)
    assert desk.verify(with_list(pki, pem, "pem")).data["verdict"] == "good"


@pytest.mark.parametrize("result", ["stale", "untrusted", "unusable", "future"])
def test_a_list_that_proves_nothing(pki: Pki, desk: Desk, result: str) -> None:
    content, code = {
        "stale": (pki.issuer.crl(made=NOW - 3 * DAY), "REVOCATION-STALE"),
        "untrusted": (pki.issuer.crl(signer=pki.root.key), "REVOCATION-FORGED"),
        "unusable": (b"<html>log in</html>", "REVOCATION-UNUSABLE"),
        "future": (pki.issuer.crl(made=NOW + DAY), "REVOCATION-FROM-FUTURE"),
    }[result]
    outcome = desk.verify(with_list(pki, content, result))
    assert (outcome.exit_code, outcome.data["verdict"]) == (1, "unknown")
    assert results(outcome) == {"crl": result}
    assert codes(outcome) == ["REVOCATION-UNDECIDED", code]


def test_a_list_of_another_authority(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(with_list(pki, pki.root.crl(), "other"))
    assert results(outcome) == {"crl": "untrusted"}


def test_a_stale_list_with_the_certificate_on_it(pki: Pki, desk: Desk) -> None:
    leaf = with_list(pki, b"", "old")
    own = Authority(pki.issuer.certificate, pki.issuer.key)
    own.revoke(leaf, ReasonFlags.superseded, at=NOW - 4 * DAY)
    pki.web.serve("/old.crl", own.crl(made=NOW - 3 * DAY))
    assert desk.verify(leaf).data["verdict"] == "revoked"


def test_a_stale_list_does_not_tell_that_a_suspension_lasts(pki: Pki, desk: Desk) -> None:
    leaf = with_list(pki, b"", "held")
    own = Authority(pki.issuer.certificate, pki.issuer.key)
    own.revoke(leaf, ReasonFlags.certificate_hold, at=NOW - 4 * DAY)
    pki.web.serve("/held.crl", own.crl(made=NOW - 3 * DAY))
    assert desk.verify(leaf).data["verdict"] == "unknown"


def test_the_list_settles_it_when_the_responder_cannot(pki: Pki, desk: Desk) -> None:
    silent_place = f"http://127.0.0.1:{free_port()}/"
    where = Where(ocsp=silent_place, crl=pki.where.crl, issuer=pki.where.issuer)
    outcome = desk.verify(pki.issuer.nes(where=where))
    assert (outcome.exit_code, outcome.data["verdict"]) == (0, "good")
    assert codes(outcome) == ["SERVER-NO-ANSWER"]
    assert outcome.json["findings"][0]["severity"] == "warning"


def test_a_certificate_without_addresses(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.issuer.nes(where=Where(issuer=pki.where.issuer)))
    assert outcome.data["verdict"] == "unknown"
    assert codes(outcome) == ["REVOCATION-UNDECIDED", "REVOCATION-NO-ADDRESS"]


def test_a_server_that_never_answers_holds_nobody_up_for_long(pki: Pki, desk: Desk) -> None:
    with silent() as port:
        place = f"http://127.0.0.1:{port}/"
        where = Where(ocsp=place, crl=f"{place}a.crl", issuer=pki.where.issuer)
        outcome = desk.verify(pki.issuer.nes(where=where), "--timeout", "0.5")
    assert outcome.data["verdict"] == "unknown"
    assert codes(outcome) == ["REVOCATION-UNDECIDED", "SERVER-NO-ANSWER"]
    assert "too long" in outcome.json["findings"][1]["message"]


# files and the registry


def test_a_fingerprint_names_a_certificate_of_the_registry(pki: Pki, desk: Desk) -> None:
    desk.know(pki.revoked)
    outcome = desk.verify(f"{desk.kept(pki.revoked).fingerprint}"[:12].casefold())
    assert outcome.data["verdict"] == "revoked"
    assert outcome.data["items"][0]["file"] is None


def test_what_was_learnt_is_kept_of_what_the_registry_knows(pki: Pki, desk: Desk) -> None:
    desk.know(pki.revoked, pki.good)
    desk.verify(pki.revoked, pki.good, pki.unknown)
    revoked, good = desk.kept(pki.revoked), desk.kept(pki.good)
    assert revoked.revoked_at == f"{NOW - DAY:%Y-%m-%dT%H:%M:%SZ}"
    assert revoked.revocation_reason == "key-compromise"
    assert revoked.checked_at
    assert (good.revoked_at, good.revocation_reason) == (None, "")
    assert good.checked_at


def test_a_question_about_the_past_changes_nothing(pki: Pki, desk: Desk) -> None:
    desk.know(pki.revoked)
    desk.verify(pki.revoked, "--at", (NOW - 2 * DAY).isoformat())
    assert desk.kept(pki.revoked).checked_at is None


@pytest.mark.parametrize("content", [b"junk", b"\x30\x03\x02\x01\x01", b"x" * 100_000])
def test_a_file_that_is_no_certificate(desk: Desk, content: bytes) -> None:
    outcome = desk.verify(desk.file(content))
    assert outcome.exit_code == 4
    assert outcome.json["error"]["code"] == "FILE-NO-CERTIFICATE"


def test_a_file_that_is_not_there(desk: Desk) -> None:
    outcome = desk.verify("nowhere.cer")
    assert outcome.json["error"]["code"] == "FILE-MISSING"


def test_a_fingerprint_that_is_not_there(desk: Desk) -> None:
    assert desk.verify("ABCDEF12").exit_code == 2


def test_something_must_be_named(desk: Desk) -> None:
    assert desk.verify().exit_code == 2
    assert desk.verify("ABCDEF12", "--all").exit_code == 2


def test_it_is_told_in_turkish(pki: Pki, desk: Desk) -> None:
    file = desk.file(pki.revoked, name="x.cer")
    outcome = type(desk.run)(desk.run.home, desk.run.capture, "tr")("cert", "verify", file)
    assert "x.cer dosyasındaki sertifika iptal edilmiş" in outcome.stderr
    assert "anahtar artık yalnızca sahibinin elinde değil" in outcome.stdout


def test_the_personal_number_stays_masked(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.good)
    assert "10000000146" not in outcome.stdout
    assert "100****0146" in outcome.stdout


def test_the_system_s_cryptography_is_not_asked(pki: Pki, desk: Desk) -> None:
    """oscrypto fails with many versions of OpenSSL; it is never loaded."""
    desk.verify(pki.good)
    assert "pyhanko_certvalidator" in sys.modules
    assert "oscrypto" not in sys.modules
