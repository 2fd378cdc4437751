"""``esignctl form sign``: a PDF signed with the card. No PIN passes here."""

import hashlib
import os
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from esignctl import drafts, passwords
from esignctl.cards import signing as cards
from esignctl.cli import cert_view, render
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import (
    ConfirmationNeeded,
    EsignctlError,
    Interrupted,
    SignCertificateUnfit,
    UsageError,
)
from esignctl.findings import finding
from esignctl.forms import pdf, signing, stamp, timestamps
from esignctl.i18n import _
from esignctl.registry import Registry, certificates
from esignctl.result import Facts, Result
from esignctl.text import dates, tckn

app = single()

SUFFIX = "-imzali"
"""What the name of a signed copy has behind, in any language: the file goes to Turkish offices."""
_SIGNED = re.compile(rf"(?P<stem>.+){SUFFIX}(-(?P<number>\d+))?")


@dataclass(frozen=True, slots=True)
class _Key:
    """The card's key as the signing of documents wants one."""

    key: cards.Key
    from_stdin: bool
    accept_final: bool

    @property
    def certificate(self) -> bytes:
        return self.key.certificate.der

    @property
    def issuers(self) -> tuple[bytes, ...]:
        return self.key.issuers

    def sign(self, data: bytes, digest: str) -> bytes:
        return cards.sign(
            self.key, data, digest, from_stdin=self.from_stdin, accept_final=self.accept_final
        )


@app.command(cls=Command, help=_("Sign a PDF with the card; asks for its PIN, hidden."))
def sign(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The PDF to sign."))],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar=_("PATH"),
            help=_("Where the signed copy goes; by default beside the file, as NAME-imzali.pdf."),
        ),
    ] = None,
    reader: Annotated[
        str | None,
        typer.Option(
            "--reader", metavar=_("NAME"), help=_("The card in this reader; a part will do.")
        ),
    ] = None,
    certificate: Annotated[
        str | None,
        typer.Option(
            "--certificate",
            metavar=_("FINGERPRINT"),
            help=_("The certificate to sign with; the beginning of its fingerprint will do."),
        ),
    ] = None,
    visible: Annotated[
        bool,
        typer.Option("--visible", help=_("Print a mark of the signature on the last page.")),
    ] = False,
    corner: Annotated[
        str | None,
        typer.Option(
            "--stamp", metavar="|".join(stamp.CORNERS), help=_("Print the mark in this corner.")
        ),
    ] = None,
    page: Annotated[
        int | None, typer.Option("--page", metavar=_("NUMBER"), help=_("Print the mark there."))
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help=_("Why it is signed, such as 'Onay'."))
    ] = None,
    location: Annotated[
        str | None, typer.Option("--location", help=_("Where it is signed."))
    ] = None,
    field: Annotated[
        str | None,
        typer.Option(
            "--field", metavar=_("NAME"), help=_("The document's own signature field to sign in.")
        ),
    ] = None,
    no_timestamp: Annotated[
        bool,
        typer.Option("--no-timestamp", help=_("Sign without asking the time-stamp server.")),
    ] = False,
    pin_stdin: Annotated[
        bool,
        typer.Option("--pin-stdin", help=_("Read the PIN from standard input, one line.")),
    ] = False,
    accept_final_try: Annotated[
        bool,
        typer.Option(
            "--accept-final-try", help=_("Go on although a wrong PIN would lock the card.")
        ),
    ] = False,
) -> Result:
    """Sign, look at what came of it, write it, and note it in the audit log."""
    session = Session.of(context)
    if not pin_stdin and not sys.stdin.isatty():
        raise ConfirmationNeeded(flag="--pin-stdin")
    wanted = _corner(session, visible or page is not None, corner)
    output = output or beside(file)
    content = pdf.load(file)
    drafts.check(output)
    # first of all: a signature that could not be recorded is not made
    with session.registry() as registry:
        key = cards.find(session.settings.card.modules, reader, certificate)
        wishes = signing.Wishes(
            key.certificate.holder, session.config_path, reason, location, field, wanted, page
        )
        prepared = signing.prepare(file.name, content, wishes)
        cards.refuse_if_unfit(key, accept_final_try)
        _refuse_revoked(registry, key)
        if not session.quiet:
            _say(key)
        server = None if no_timestamp else _server(session)
        audit = _Audit(session, registry, key, file, content)
        audit.record("form.sign.begin")
        try:
            signed = signing.sign(prepared, _Key(key, pin_stdin, accept_final_try), wishes, server)
            with drafts.draft(output) as place:
                _write(place, signed.content)
                # before the file gets its name: there is no signature that is not recorded
                audit.record(
                    "form.signed", output=tckn.mask_bare(output.name), output_sha256=signed.sha256
                )
        except EsignctlError as error:
            audit.record("form.sign.end", code=error.code)
            raise
        except KeyboardInterrupt:
            audit.record("form.sign.end", code=Interrupted.code)
            raise
    return _result(session, key, output, signed, stamped=server is not None)


def beside(file: Path) -> Path:
    """The name of the signed copy: ``x-imzali.pdf``, then ``x-imzali-2.pdf`` and so on."""
    stem, number = file.stem, 1
    if found := _SIGNED.fullmatch(stem):
        stem, number = found["stem"], int(found["number"] or 1) + 1
    return file.with_name(f"{stem}{SUFFIX}{f'-{number}' if number > 1 else ''}.pdf")


def _corner(session: Session, visible: bool, corner: str | None) -> stamp.Corner | None:
    if corner is None:
        return stamp.CORNERS[0] if visible else None
    if corner not in stamp.CORNERS:
        problem = _("The value of {name} is not usable.").format(name="--stamp")
        choices = _("Choose one of {choices}.").format(choices=", ".join(stamp.CORNERS))
        raise UsageError(problem=f"{problem} {choices}", command=f"esignctl {session.command}")
    return corner


def _refuse_revoked(registry: Registry, key: cards.Key) -> None:
    with registry.read() as connection:
        known = certificates.looked_up(connection, key.certificate.fingerprint)
    for held in known:
        if held.certificate.revoked_at is not None:
            day = dates.show_moment(held.certificate.revoked_at)
            raise SignCertificateUnfit(problem=_("it was revoked on {day}").format(day=day))


def _server(session: Session) -> timestamps.Server | None:
    wanted = session.settings.timestamp
    if wanted.url is None:
        return None
    password = ""
    if wanted.password_file is not None:
        key = "timestamp.password_file"
        password = passwords.from_file(session.settings, key, wanted.password_file)
    return timestamps.Server(wanted.url, wanted.username, password)


def _say(key: cards.Key) -> None:
    text = _("Signing as {holder} with the card in {reader}. {tries}").format(
        holder=key.certificate.holder, reader=key.target.place, tries=key.target.tries()
    )
    sys.stderr.write(render.clean(text) + "\n")
    sys.stderr.flush()


@dataclass(frozen=True, slots=True)
class _Audit:
    """What the audit log is told of one signature."""

    session: Session
    registry: Registry
    key: cards.Key
    file: Path
    content: bytes

    def record(self, action: str, **more: str) -> None:
        detail = {
            "file": tckn.mask_bare(self.file.name),
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "certificate": self.key.certificate.fingerprint,
            **more,
        }
        with self.registry.write(self.session.command) as transaction:
            transaction.record(action, f"card {self.key.target.token.serial}", detail)


def _write(place: Path, content: bytes) -> None:
    with place.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _result(
    session: Session, key: cards.Key, output: Path, signed: signing.Signed, *, stamped: bool
) -> Result:
    certificate = key.certificate
    level = "B-T" if stamped else "B-B"
    findings = []
    if not certificate.qualified:
        findings.append(finding("CERT-NOT-QUALIFIED", reader=key.target.place))
    return Result(
        {
            "output": str(output),
            "sha256": signed.sha256,
            "field": signed.field,
            "visible": signed.visible,
            "level": level,
            "reader": key.target.place,
            "certificate": cert_view.as_json(session, certificate, datetime.now(UTC)),
        },
        findings,
        view=[
            Facts(
                [
                    (_("Signed copy"), str(output)),
                    (_("Signed by"), certificate.holder),
                    (_("Signature"), f"PAdES {level}"),
                    (_("Field"), signed.field),
                ]
            ),
        ],
    )
