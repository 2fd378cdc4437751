"""Folders and holders for scans; an authority with its servers on the loopback, made once."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509 import ReasonFlags

from esignctl import certificates
from esignctl.registry import arrivals, open_registry
from esignctl.registry import certificates as kept
from tests.cards.virtual.certificates import AYSE, MEHMET, Issued, nes
from tests.certificates.authority import (
    DAY,
    DER,
    NOW,
    PEM,
    YEAR,
    Authority,
    Where,
    fingerprint,
    free_port,
)
from tests.certificates.server import Web, web
from tests.conftest import CommandLine, Outcome


@dataclass(frozen=True)
class Pki:
    """Root and issuer, what they tell and where, and one certificate for each case."""

    root: Authority
    issuer: Authority
    web: Web
    where: Where
    responders: dict[str, str]
    good: x509.Certificate
    revoked: x509.Certificate
    unreasoned: x509.Certificate
    suspended: x509.Certificate
    unknown: x509.Certificate
    expired: x509.Certificate
    expired_revoked: x509.Certificate

    def only_ocsp(self, responder: str) -> Where:
        """The addresses of a certificate that names a responder and no list."""
        return Where(ocsp=self.responders[responder], issuer=self.where.issuer)


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pki]:
    """The authority, its lists and its responders: three of ``openssl ocsp``."""
    folder = tmp_path_factory.mktemp("pki")
    ports = {name: free_port() for name in ("good", "expired", "stranger")}
    with ExitStack() as stack:
        site = stack.enter_context(web())
        root = Authority.root()
        above = Where(crl=site.url("/root.crl"), issuer=site.url("/root.crt"))
        issuer = root.authority(where=above)
        responders = {name: f"http://127.0.0.1:{port}/" for name, port in ports.items()}
        where = Where(
            ocsp=responders["good"], crl=site.url("/nes.crl"), issuer=site.url("/nes.crt")
        )
        made = Pki(
            root,
            issuer,
            site,
            where,
            responders,
            good=issuer.nes(where=where),
            revoked=issuer.nes(where=where),
            unreasoned=issuer.nes(where=where),
            suspended=issuer.nes(where=where),
            unknown=issuer.nes(where=where),
            expired=issuer.nes(where=where, starts=-4 * YEAR),
            expired_revoked=issuer.nes(where=where, starts=-4 * YEAR),
        )
        issuer.revoke(made.revoked, ReasonFlags.key_compromise)
        issuer.revoke(made.unreasoned)
        issuer.revoke(made.suspended, ReasonFlags.certificate_hold)
        issuer.revoke(made.expired_revoked, ReasonFlags.superseded, at=NOW - YEAR - 30 * DAY)
        site.serve("/root.crl", root.crl())
        site.serve("/root.crt", root.der)
        site.serve("/nes.crl", issuer.crl())
        site.serve("/nes.crt", issuer.der)
        known = [made.good, made.revoked, made.unreasoned, made.suspended]
        known += [made.expired, made.expired_revoked]
        signers = {
            "good": issuer.responder(),
            "expired": issuer.responder(starts=-30 * DAY, lasts=20 * DAY),
            "stranger": Authority.root(name="Yabancı", key_name="stranger").responder(),
        }
        for name, port in ports.items():
            stack.enter_context(issuer.ocsp(folder / name, port, known, signers[name]))
        yield made


@dataclass(frozen=True)
class Desk:
    """The program with a registry that trusts the root."""

    run: CommandLine

    def file(self, *parts: x509.Certificate | bytes, name: str = "sertifika.cer") -> Path:
        """A file with a certificate in DER, or several in PEM."""
        place = self.run.home / name
        if len(parts) == 1:
            part = parts[0]
            place.write_bytes(part if isinstance(part, bytes) else part.public_bytes(DER))
        else:
            place.write_bytes(
                b"".join(p if isinstance(p, bytes) else p.public_bytes(PEM) for p in parts)
            )
        return place

    def verify(self, *what: x509.Certificate | Path | str) -> Outcome:
        """``cert verify --json`` of certificates, files and with options."""
        named = [
            self.file(each, name=f"{number}.cer") if isinstance(each, x509.Certificate) else each
            for number, each in enumerate(what)
        ]
        return self.run("cert", "verify", *named, "--json")

    def know(self, *what: x509.Certificate) -> None:
        """Put certificates into the registry."""
        read = (certificates.read(each.public_bytes(DER)) for each in what)
        with open_registry(self.run.registry) as registry, registry.write("test") as transaction:
            arrivals.add(transaction, map(certificates.to_keep, read))

    def kept(self, what: x509.Certificate) -> kept.StoredCertificate:
        """The certificate as the registry has it."""
        with open_registry(self.run.registry) as registry, registry.read() as connection:
            (found,) = kept.looked_up(connection, fingerprint(what))
        return found.certificate


@pytest.fixture
def desk(pki: Pki, run: CommandLine) -> Desk:
    """A registry that trusts the root."""
    made = Desk(run)
    root = made.file(pki.root.der, name="kok.cer")
    done = run("cert", "trust", "add", root, "--fingerprint", pki.root.fingerprint)
    assert done.exit_code == 0
    return made


@pytest.fixture(scope="module")
def ayse() -> Issued:
    return nes(AYSE)


@pytest.fixture(scope="module")
def mehmet() -> Issued:
    return nes(MEHMET)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    return folder
