"""``esignctl cert scan``: the certificates in files and folders, into the registry."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from esignctl import certificates
from esignctl.certificates import Scan, Stranger
from esignctl.cli import cert_view
from esignctl.cli.frame import Command, single
from esignctl.cli.render import is_watched, progress
from esignctl.cli.session import Session
from esignctl.errors import FileMissing
from esignctl.findings import Finding, finding
from esignctl.i18n import _
from esignctl.result import Block, Facts, Grid, Heading, Note, Result
from esignctl.text import tckn

app = single()

_SHOWN: Final = 50
"""So many holders who are not registered are named; nobody reads more."""


@app.command(cls=Command, help=_("Find the certificates in files and folders, and keep them."))
def scan(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar=_("PATH..."), help=_("Files and folders, with all below them.")),
    ],
) -> Result:
    """DER, PEM, PKCS#7, signed messages, PDF files, ASiC containers, by their content."""
    session = Session.of(context)
    for path in paths:
        if not _is_there(path):
            raise FileMissing(file=tckn.mask_within(str(path)))
    with session.registry() as registry:
        # a bar needs to know how many there are; without one nobody walks twice
        total = sum(1 for _file in certificates.files_in(paths)) if is_watched(session) else 0
        with progress(_("Scanning"), total, session) as done:
            found = certificates.scan(registry, session.command, paths, done)
        strangers = certificates.strangers(found)
        return Result(
            _as_json(session, found, strangers) if session.as_json else {},
            _findings(found, strangers),
            attention=any(each.trouble for each in found.skipped),
            view=() if session.as_json else _blocks(session, found, strangers),
        )


def _is_there(path: Path) -> bool:
    """Whether something has this name; what may not be looked at is there, and is told of later."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _findings(found: Scan, strangers: Sequence[Stranger]) -> list[Finding]:
    unreadable = sum(each.trouble for each in found.skipped)
    told = []
    if unreadable:
        told.append(finding("SCAN-UNREADABLE", count=unreadable))
    if strangers:
        told.append(finding("SCAN-STRANGERS", count=len(strangers)))
    return told


def _as_json(session: Session, found: Scan, strangers: Sequence[Stranger]) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "files": found.files,
        "unchanged": found.unchanged,
        "certificates": len(found.items),
        "new": found.new,
        "skipped": [
            {"file": tckn.mask_within(each.file), "reason": each.reason} for each in found.skipped
        ],
        "items": [
            {
                **cert_view.as_json(session, certificate, now),
                "person": certificate.person_id,
                "files": [session.free_text(each) for each in files],
            }
            for certificate, files in found.certificates()
        ],
        "unregistered": [
            {"name": each.holder, "tckn": session.personal_number(each.tckn)} for each in strangers
        ],
    }


def _blocks(session: Session, found: Scan, strangers: Sequence[Stranger]) -> list[Block]:
    troubles = [each for each in found.skipped if each.trouble]
    blocks: list[Block] = [
        Facts(
            [
                (_("Files"), str(found.files)),
                (_("Of these unchanged"), str(found.unchanged)),
                (_("Without a certificate"), str(len(found.skipped) - len(troubles))),
                (_("Certificates"), str(len(found.items))),
                (_("New"), str(found.new)),
            ]
        )
    ]
    if strangers:
        more = len(strangers) - _SHOWN
        blocks += [
            Heading(_("Not registered")),
            Grid(
                (_("Holder"), _("Personal number"), _("Until")),
                [
                    (
                        each.holder,
                        session.personal_number(each.tckn),
                        cert_view.day(each.until),
                    )
                    for each in strangers[:_SHOWN]
                ],
            ),
        ]
        if more > 0:
            blocks.append(Note(_("… and {count} more; --json names all.").format(count=more)))
    if troubles:
        blocks += [
            Heading(_("Left out")),
            Grid(
                (_("File"), _("Reason")),
                [(tckn.mask_within(each.file), each.reason) for each in troubles],
            ),
        ]
    return blocks
