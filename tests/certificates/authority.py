"""A certification authority like KamuSM's, made on the spot.

Root and issuer of P-384, holders' certificates by the NES profile, lists of revoked ones, and a
real OCSP responder (``openssl ocsp``).
"""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from tests.cards.virtual.certificates import (
    AYSE,
    Holder,
    issuer_name,
    key_usage,
    nes_extensions,
    subject_name,
)

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
DER = serialization.Encoding.DER
PEM = serialization.Encoding.PEM
NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
YEAR = 365 * DAY
ROOT = "Deneme Kök Sertifika Hizmet Sağlayıcısı"
ISSUER = "Deneme Elektronik Sertifika Hizmet Sağlayıcısı"


@cache
def key(name: str) -> Key:
    """The key of that name; made once. ``rsa`` in the name makes it one of RSA."""
    if "rsa" in name:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP384R1())


@dataclass(frozen=True)
class Where:
    """The addresses that stand in a certificate."""

    ocsp: str | None = None
    crl: str | None = None
    issuer: str | None = None

    def extensions(self) -> Iterator[x509.ExtensionType]:
        told = [
            x509.AccessDescription(method, x509.UniformResourceIdentifier(url))
            for method, url in (
                (AuthorityInformationAccessOID.OCSP, self.ocsp),
                (AuthorityInformationAccessOID.CA_ISSUERS, self.issuer),
            )
            if url
        ]
        if told:
            yield x509.AuthorityInformationAccess(told)
        if self.crl:
            point = [x509.UniformResourceIdentifier(self.crl)]
            yield x509.CRLDistributionPoints([x509.DistributionPoint(point, None, None, None)])


NOWHERE = Where()


@dataclass(frozen=True)
class Authority:
    """An authority: its certificate and its key."""

    certificate: x509.Certificate
    key: Key
    revoked: dict[int, tuple[datetime, x509.ReasonFlags | None]] = field(default_factory=dict)

    @staticmethod
    def root(
        name: str = ROOT, key_name: str = "root", profile: "Profile | None" = None
    ) -> "Authority":
        """A self-signed one."""
        own, signer = issuer_name(name), key(key_name)
        return Authority(issued(own, own, signer, signer, profile or Profile()), signer)

    def authority(
        self,
        name: str = ISSUER,
        key_name: str = "issuer",
        where: Where = NOWHERE,
        profile: "Profile | None" = None,
    ) -> "Authority":
        """An authority below this one."""
        own = key(key_name)
        made = issued(
            issuer_name(name), self.name, own, self.key, profile or Profile(), where, self
        )
        return Authority(made, own)

    @property
    def name(self) -> x509.Name:
        return self.certificate.subject

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(PEM)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.certificate)

    def nes(
        self,
        holder: Holder = AYSE,
        *,
        where: Where = NOWHERE,
        starts: timedelta = -200 * DAY,
        lasts: timedelta = 3 * YEAR,
        key_name: str = "holder-rsa",
    ) -> x509.Certificate:
        """A holder's qualified certificate."""
        profile = Profile(begin=NOW + starts, lasts=lasts, extensions=nes_extensions())
        return issued(
            subject_name(holder), self.name, key(key_name), self.key, profile, where, self
        )

    def responder(
        self, *, starts: timedelta = -DAY, lasts: timedelta = 30 * DAY, may: bool = True
    ) -> "Authority":
        """One who answers OCSP for this authority; not entitled to it unless it `may`."""
        extensions: list[tuple[x509.ExtensionType, bool]] = [
            (key_usage(), True),
            (x509.OCSPNoCheck(), False),
        ]
        if may:
            extensions.append((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False))
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Deneme OCSP")])
        signer = key("responder")
        profile = Profile(begin=NOW + starts, lasts=lasts, extensions=extensions)
        return Authority(issued(name, self.name, signer, self.key, profile, NOWHERE, self), signer)

    def revoke(
        self,
        certificate: x509.Certificate,
        reason: x509.ReasonFlags | None = None,
        at: datetime = NOW - DAY,
    ) -> None:
        """From now on its lists and responders say so."""
        self.revoked[certificate.serial_number] = (at, reason)

    def crl(
        self,
        *,
        made: datetime = NOW - timedelta(hours=1),
        lasts: timedelta = DAY,
        signer: Key | None = None,
        name: x509.Name | None = None,
    ) -> bytes:
        """The list of what it revoked."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(name or self.name)
            .last_update(made)
            .next_update(made + lasts)
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        for serial, (at, reason) in self.revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
            if reason:
                entry = entry.add_extension(x509.CRLReason(reason), critical=False)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(signer or self.key, hashes.SHA384()).public_bytes(DER)

    @contextmanager
    def ocsp(
        self, folder: Path, port: int, known: list[x509.Certificate], signer: "Authority"
    ) -> Iterator[None]:
        """``openssl ocsp`` at a port; it knows the certificates of `known` only."""
        folder.mkdir()
        place = {name: folder / name for name in ("index.txt", "ca.pem", "signer.pem", "key.pem")}
        place["index.txt"].write_text("".join(map(self._index_line, known)))
        (folder / "index.txt.attr").write_text("unique_subject = no\n")
        place["ca.pem"].write_bytes(self.pem)
        place["signer.pem"].write_bytes(signer.pem)
        place["key.pem"].write_bytes(
            signer.key.private_bytes(
                PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        process = subprocess.Popen(
            [
                "openssl", "ocsp", "-port", str(port), "-nmin", "60",
                "-index", place["index.txt"], "-CA", place["ca.pem"],
                "-rsigner", place["signer.pem"], "-rkey", place["key.pem"],
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            # it serves one after the other, and a connection without a request stops it for long
            assert process.stdout is not None
            assert process.stdout.readline().startswith(b"ACCEPT"), "openssl ocsp does not start"
            yield
        finally:
            process.kill()
            process.wait()

    def _index_line(self, certificate: x509.Certificate) -> str:
        at, reason = self.revoked.get(certificate.serial_number, (None, None))
        status, when = "V", ""
        if at is not None:
            status, when = "R", f"{at:%y%m%d%H%M%S}Z" + (f",{reason.value}" if reason else "")
        until = f"{certificate.not_valid_after_utc:%y%m%d%H%M%S}Z"
        serial = f"{certificate.serial_number:X}"
        serial = serial if len(serial) % 2 == 0 else f"0{serial}"
        return f"{status}\t{until}\t{when}\t{serial}\tunknown\t/CN=x\n"


def fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex().upper()


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def authority_extensions(
    *, is_ca: bool = True, path_length: int | None = None, may_issue: bool = True
) -> list[tuple[x509.ExtensionType, bool]]:
    """What stands in an authority's certificate."""
    return [
        (x509.BasicConstraints(ca=is_ca, path_length=path_length), True),
        (key_usage(authority=may_issue), True),
    ]


@dataclass(frozen=True)
class Profile:
    """When a certificate holds and what stands in it; an authority's without anything else."""

    begin: datetime = NOW - 2 * YEAR
    lasts: timedelta = 8 * YEAR
    extensions: list[tuple[x509.ExtensionType, bool]] = field(default_factory=authority_extensions)


def issued(
    subject: x509.Name,
    issuer: x509.Name,
    subject_key: Key,
    signer: Key,
    profile: Profile,
    where: Where = NOWHERE,
    above: Authority | None = None,
) -> x509.Certificate:
    """A certificate of any kind."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(subject_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(profile.begin)
        .not_valid_after(profile.begin + profile.lasts)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(subject_key.public_key()), critical=False
        )
    )
    if above:
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(above.key.public_key()),
            critical=False,
        )
    for extension, critical in profile.extensions:
        builder = builder.add_extension(extension, critical=critical)
    for extension in where.extensions():
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(signer, hashes.SHA384())
