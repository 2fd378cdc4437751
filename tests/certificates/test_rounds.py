"""``cert verify --all``: what the registry then knows; and ways to the network that are closed."""

import pytest

from tests.certificates.authority import Where, free_port
from tests.certificates.conftest import Desk, Pki
from tests.certificates.server import silent
from tests.certificates.test_verify import codes


def test_every_certificate_is_verified_and_what_was_learnt_is_kept(pki: Pki, desk: Desk) -> None:
    desk.know(pki.good, pki.revoked, pki.suspended, pki.expired)
    outcome = desk.verify("--all")
    assert outcome.exit_code == 1
    assert outcome.data["counts"] == {"good": 1, "revoked": 2, "expired": 1}
    assert outcome.data["left"] == 0
    assert codes(outcome).count("CERT-REVOKED") == 2
    assert desk.kept(pki.revoked).revocation_reason == "key-compromise"
    assert desk.kept(pki.good).revoked_at is None
    assert desk.kept(pki.good).checked_at is not None
    listed = desk.run("cert", "list", "--state", "revoked", "--json").data
    assert len(listed["certificates"]) == 2
    # one that has ended is verified once after that
    assert "expired" not in desk.verify("--all").data["counts"]


def test_what_is_left_when_the_time_is_up_is_told(pki: Pki, desk: Desk) -> None:
    with silent() as port:
        nowhere = Where(ocsp=f"http://127.0.0.1:{port}/", issuer=pki.where.issuer)
        desk.know(pki.issuer.nes(where=nowhere), pki.good)
        outcome = desk.verify("--all", "--timeout", "0.6", "--time-limit", "0.6")
    assert outcome.exit_code == 1
    assert outcome.data["left"] == 1
    assert "CERTS-LEFT" in codes(outcome)


def test_offline_the_lists_that_were_kept_count_with_their_age(pki: Pki, desk: Desk) -> None:
    desk.know(pki.issuer.certificate)
    unasked = desk.verify(pki.good, "--offline")
    assert unasked.data["verdict"] == "unknown"
    assert "REVOCATION-NOT-CACHED" in codes(unasked)
    desk.verify(pki.good)
    kept = desk.verify(pki.good, "--offline")
    assert (kept.exit_code, kept.data["verdict"]) == (0, "good")
    (check,) = kept.data["items"][0]["chain"][0]["checks"]
    assert (check["source"], check["result"]) == ("crl", "good")
    assert check["issued_at"] < check["valid_until"]


def test_a_proxy_of_the_environment_is_used_and_told_when_it_does_not_answer(
    pki: Pki, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.know(pki.issuer.certificate)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    outcome = desk.verify(pki.good)
    assert outcome.data["verdict"] == "unknown"
    assert "SERVER-NO-ANSWER" in codes(outcome)
    assert any("proxy" in each["message"] for each in outcome.json["findings"])
