"""What stands in a certificate, by the NES profile; malformed ones never stop anything."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from esignctl import certificates
from esignctl.certificates import NotACertificate
from tests.cards.virtual.certificates import (
    AYSE,
    NES_STATEMENT,
    QC_COMPLIANCE,
    QC_STATEMENTS,
    YEARS_3,
    nes,
    seal,
)

NOW = datetime.now(UTC)
ORIGINAL = nes().der


def self_made(*extensions: x509.ExtensionType, name: str = "Test") -> bytes:
    """A certificate outside every profile."""
    key = ec.generate_private_key(ec.SECP384R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(255)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=10))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(key, hashes.SHA384()).public_bytes(serialization.Encoding.DER)


def test_a_nes_certificate_is_read() -> None:
    issued = nes()
    read = certificates.read(issued.der)
    assert (read.kind, read.qualified, read.tckn) == ("nes", True, AYSE.tckn)
    assert read.holder == AYSE.name
    assert read.issuer_name == "Kamu Elektronik Sertifika Hizmet Sağlayıcısı - Sürüm 6"
    assert read.fingerprint == issued.fingerprint
    assert read.serial == f"{issued.certificate.serial_number:X}"
    assert read.key == "RSA 2048"
    assert not read.is_ca


@pytest.mark.parametrize("statements", [(), (QC_COMPLIANCE,), (NES_STATEMENT,)])
def test_it_takes_both_statements_to_be_qualified(statements: tuple[str, ...]) -> None:
    read = certificates.read(nes(statements=statements).der)
    assert (read.kind, read.qualified) == ("nes", False)


def test_the_second_turkish_statement_does_as_well() -> None:
    statements = (QC_COMPLIANCE, "2.16.792.1.61.0.1.5070.2.1")
    assert certificates.read(nes(statements=statements).der).qualified


def test_a_fiscal_seal_is_a_seal() -> None:
    assert certificates.read(seal().der).kind == "seal"


@pytest.mark.parametrize(
    ("policy", "kind"),
    [
        ("2.16.792.1.2.1.1.5.7.1.1", "nes"),
        ("2.16.792.1.2.1.1.5.7.1.4.1", "nes"),
        ("2.16.792.1.2.1.1.5.7.1.8", "mobile"),
        ("2.16.792.1.2.1.1.5.7.4.1", "seal"),
        ("1.2.3.4", "other"),
    ],
)
def test_the_policy_tells_the_kind(policy: str, kind: str) -> None:
    information = x509.PolicyInformation(x509.ObjectIdentifier(policy), None)
    read = certificates.read(self_made(x509.CertificatePolicies([information])))
    assert (read.kind, read.policies) == (kind, (policy,))


def test_a_certificate_of_an_authority_is_told() -> None:
    assert certificates.read(self_made(x509.BasicConstraints(ca=True, path_length=None))).is_ca


def test_a_personal_number_in_the_name_is_masked() -> None:
    assert certificates.read(self_made(name="10000000146NES0")).holder == "100****0146NES0"


@pytest.mark.parametrize("junk", [b"", b"\x30", b"\x30\x80\x00", b"\x30\x84\xff\xff\xff\xff", b"x"])
def test_malformed_statements_count_as_none(junk: bytes) -> None:
    oid = x509.ObjectIdentifier(QC_STATEMENTS)
    read = certificates.read(self_made(x509.UnrecognizedExtension(oid, junk)))
    assert (read.kind, read.qualified) == ("other", False)


@pytest.mark.parametrize("junk", [b"", b"\x30\x00", b"no certificate", ORIGINAL[:-1]])
def test_what_is_no_certificate_is_refused(junk: bytes) -> None:
    with pytest.raises(NotACertificate):
        certificates.read(junk)


@given(st.integers(min_value=0, max_value=len(ORIGINAL) - 1), st.integers(1, 255))
@settings(max_examples=300)
def test_a_certificate_with_a_changed_byte_is_read_or_refused(at: int, change: int) -> None:
    der = bytearray(ORIGINAL)
    der[at] ^= change
    with contextlib.suppress(NotACertificate):
        assert certificates.read(bytes(der)).fingerprint


@pytest.mark.parametrize(
    ("starts", "lasts", "status"),
    [
        (timedelta(days=-200), YEARS_3, "valid"),
        (timedelta(days=-1000), timedelta(days=1090), "expiring"),
        (timedelta(days=-1000), timedelta(days=1000, minutes=-1), "expired"),
        (timedelta(days=1), YEARS_3, "not-yet-valid"),
    ],
)
def test_the_status_follows_the_days(starts: timedelta, lasts: timedelta, status: str) -> None:
    read = certificates.read(nes(starts=starts, lasts=lasts).der)
    assert read.status(datetime.now(UTC), 90) == status


def test_days_left_count_days_in_turkey() -> None:
    issued = nes()
    read = certificates.read(issued.der)
    last = (read.not_after + timedelta(hours=3)).date()
    assert read.days_left(last) == 0
    assert read.days_left(date(2026, 1, 1)) == (last - date(2026, 1, 1)).days


def test_pem_is_what_others_read() -> None:
    issued = nes()
    read = x509.load_pem_x509_certificate(certificates.read(issued.der).pem.encode())
    assert read == issued.certificate
