"""Certificates as KamuSM issues them (profile of its public test certificates), made on the spot.

Nobody's: the personal numbers and names are invented, the issuers bear the names of the real ones.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID, ObjectIdentifier

from tests.cards.virtual.apdu import tlv

ORGANIZATION = "Türkiye Bilimsel ve Teknolojik Araştırma Kurumu - TÜBİTAK"
NES_ISSUER = "Kamu Elektronik Sertifika Hizmet Sağlayıcısı - Sürüm 6"
STATEMENT = (
    "Bu sertifika, 5070 sayılı Elektronik İmza Kanununa göre nitelikli elektronik sertifikadır."
)
NES_POLICY = "2.16.792.1.2.1.1.5.7.1.1"
SEAL_POLICY = "2.16.792.1.2.1.1.5.7.4.1"
SEAL_USE = "2.16.792.1.2.1.1.5.7.50.1"
QC_COMPLIANCE = "0.4.0.1862.1.1"
NES_STATEMENT = "2.16.792.1.61.0.1.5070.1.1"
SEAL_STATEMENT = "2.16.792.1.61.0.1.5070.1.3"
QC_STATEMENTS = "1.3.6.1.5.5.7.1.3"
YEARS_3 = timedelta(days=3 * 365 + 1)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certificate it is."""

    name: str
    tckn: str


AYSE = Holder("Ayşe Öztürk", "10000000146")
MEHMET = Holder("Mehmet Çağlar Şahin", "98765432150")


KeyKind = Literal["RSA", "EC"]
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the DER, as hexadecimal digits in capitals."""
        return self.certificate.fingerprint(hashes.SHA256()).hex().upper()

    @property
    def pkcs8(self) -> bytes:
        """The key in PEM, for a token that is filled from outside."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def sign_raw(self, content: bytes) -> bytes:
        """As a card signs: RSA over a DigestInfo that it pads, ECDSA as two numbers in a row."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            padded = b"\x00\x01".ljust(255 - len(content), b"\xff") + b"\x00" + content
            return self.raise_to_power(padded)
        r, s = utils.decode_dss_signature(self.sign_digest(content))
        size = self.key.key_size // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    def raise_to_power(self, block: bytes) -> bytes:
        """RSA alone, over a whole block."""
        assert isinstance(self.key, rsa.RSAPrivateKey)
        numbers = self.key.private_numbers()
        power = pow(int.from_bytes(block, "big"), numbers.d, numbers.public_numbers.n)
        return power.to_bytes(256, "big")

    def sign_digest(self, digest: bytes) -> bytes:
        """ECDSA over a digest of SHA-384, in DER."""
        assert isinstance(self.key, ec.EllipticCurvePrivateKey)
        return self.key.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA384())))


@cache
def card_key(kind: KeyKind = "RSA") -> Key:
    """The one key of all virtual cards: making one costs a tenth of a second."""
    if kind == "EC":
        return ec.generate_private_key(ec.SECP384R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def issuer_key() -> ec.EllipticCurvePrivateKey:
    """The key of the issuer."""
    return ec.generate_private_key(ec.SECP384R1())


def issuer_name(common_name: str = NES_ISSUER) -> x509.Name:
    """The issuer's distinguished name."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "TR"),
            x509.NameAttribute(NameOID.LOCALITY_NAME, "Gebze - Kocaeli"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZATION),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "BİLGEM"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def subject_name(holder: Holder) -> x509.Name:
    """``C``, ``serialNumber`` (PrintableString) and ``CN`` (UTF8String), as KamuSM writes them."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "TR"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, holder.tckn, _type=_ASN1Type.PrintableString),
            x509.NameAttribute(NameOID.COMMON_NAME, holder.name),
        ]
    )


def nes(
    holder: Holder = AYSE,
    *,
    starts: timedelta = timedelta(days=-200),
    lasts: timedelta = YEARS_3,
    statements: tuple[str, ...] = (QC_COMPLIANCE, NES_STATEMENT),
    key: KeyKind = "RSA",
) -> Issued:
    """A qualified certificate whose validity begins ``starts`` from now and lasts ``lasts``.

    Without one of its two ``statements`` it is no qualified one.
    """
    return _issue(holder, NES_POLICY, statements, starts, lasts, uses=(), key=key)


def seal(holder: Holder = AYSE) -> Issued:
    """A fiscal seal (mali mühür)."""
    statements = (QC_COMPLIANCE, SEAL_STATEMENT)
    return _issue(holder, SEAL_POLICY, statements, timedelta(days=-200), YEARS_3, uses=(SEAL_USE,))


def _issue(
    holder: Holder,
    policy: str,
    statements: tuple[str, ...],
    starts: timedelta,
    lasts: timedelta,
    uses: tuple[str, ...],
    key: KeyKind = "RSA",
) -> Issued:
    begin = datetime.now(UTC).replace(microsecond=0) + starts
    private = card_key(key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject_name(holder))
        .issuer_name(issuer_name())
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + lasts)
    )
    for extension, critical in nes_extensions(policy, statements):
        builder = builder.add_extension(extension, critical=critical)
    if uses:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ObjectIdentifier(use) for use in uses]), critical=False
        )
    return Issued(builder.sign(issuer_key(), hashes.SHA384()), private)


def nes_extensions(
    policy: str = NES_POLICY, statements: tuple[str, ...] = (QC_COMPLIANCE, NES_STATEMENT)
) -> list[tuple[x509.ExtensionType, bool]]:
    """What stands in a holder's certificate, and whether it is critical."""
    notice = x509.UserNotice(None, STATEMENT)
    policies = [
        x509.PolicyInformation(
            ObjectIdentifier(policy), ["http://depo.kamusm.gov.tr/ilke/ksm_nes_sue", notice]
        )
    ]
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (key_usage(), True),
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (x509.CertificatePolicies(policies), False),
    ]
    if statements:
        qualified = _statements(statements)
        oid = ObjectIdentifier(QC_STATEMENTS)
        extensions.append((x509.UnrecognizedExtension(oid, qualified), False))
    return extensions


def key_usage(*, authority: bool = False) -> x509.KeyUsage:
    """What a holder's key may be used for, or an authority's."""
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _statements(identifiers: tuple[str, ...]) -> bytes:
    """qcStatements (RFC 3739): the Turkish one carries its sentence as UTF8String."""
    parts = b""
    for identifier in identifiers:
        turkish = identifier.startswith("2.16.792.")
        text = tlv(0x0C, STATEMENT.encode()) if turkish else b""
        parts += tlv(0x30, _oid(identifier) + text)
    return tlv(0x30, parts)


def _oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    body = b""
    for number in (40 * first + second, *rest):
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.append(0x80 | number & 0x7F)
        body += bytes(reversed(digits))
    return tlv(0x06, body)
