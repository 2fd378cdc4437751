"""``cert verify``: the verdicts, against an authority's real servers."""

from tests.certificates.conftest import Desk, Pki
from tests.conftest import Outcome


def codes(outcome: Outcome) -> list[str]:
    return [each["code"] for each in outcome.json["findings"]]


def test_a_good_certificate(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.good)
    assert outcome.exit_code == 0
    assert outcome.data["verdict"] == "good"
    assert codes(outcome) == []
    (item,) = outcome.data["items"]
    assert [link["trusted"] for link in item["chain"]] == [False, False, True]
    checks = [(check["source"], check["result"]) for check in item["chain"][0]["checks"]]
    assert checks == [("crl", "good"), ("ocsp", "good")]
    assert item["revocation"]["status"] == "good"


def test_a_revoked_certificate_with_time_and_reason(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.revoked)
    assert outcome.exit_code == 1
    assert outcome.data["verdict"] == "revoked"
    assert codes(outcome) == ["CERT-REVOKED"]
    revocation = outcome.data["items"][0]["revocation"]
    assert revocation["reason"] == "key-compromise"
    assert revocation["revoked_at"].endswith("Z")


def test_a_certificate_that_the_responder_does_not_know(pki: Pki, desk: Desk) -> None:
    outcome = desk.verify(pki.unknown)
    assert outcome.exit_code == 1
    assert outcome.data["verdict"] == "unknown"
    assert codes(outcome) == ["REVOCATION-UNDECIDED", "REVOCATION-NOT-KNOWN"]


def test_without_an_anchor_nothing_is_good(pki: Pki, desk: Desk) -> None:
    desk.run("cert", "trust", "remove", pki.root.fingerprint)
    outcome = desk.verify(pki.good)
    assert outcome.data["verdict"] == "untrusted"
    assert codes(outcome) == ["CHAIN-NO-ANCHOR"]
