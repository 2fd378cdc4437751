"""``esignctl cert verify``: whether certificates can be relied on, and why not."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated, Final

import typer

from esignctl import certificates
from esignctl.certificates import TOTAL_SECONDS, Certificate
from esignctl.cli import cert_rounds, cert_verdicts
from esignctl.cli.cert_files import read_file
from esignctl.cli.cert_show import find
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import NotFound, UsageError, ValueRejected
from esignctl.i18n import _
from esignctl.registry import Registry
from esignctl.result import Result
from esignctl.text import dates, tckn

app = single()

ROUND_SECONDS: Final = 600.0


@dataclass(frozen=True, slots=True)
class Named:
    """What the command line names: certificates to verify, with words for where they come from."""

    certificate: Certificate
    which: str
    file: str | None = None


@app.command(cls=Command, help=_("Tell whether certificates can be relied on, and why not."))
def verify(
    context: typer.Context,
    wanted: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("FILE|FINGERPRINT"),
            help=_("Files with certificates, or fingerprints of certificates in the registry."),
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Every certificate in the registry."))
    ] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help=_("Ask nobody; use the lists that were kept."))
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar=_("TIME"),
            help=_("A day or moment in the past, such as that of a signature."),
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help=_("Seconds for each request."))
    ] = 10.0,
    limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            min=0.1,
            show_default=False,
            help=_("Seconds for all of them: 60, or 600 with --all, unless it says otherwise."),
        ),
    ] = None,
) -> Result:
    """Chain to a trusted authority, revocation by OCSP and CRL, with reasons in words."""
    session = Session.of(context)
    if bool(wanted) == everything:
        problem = _("Name files or fingerprints, or say --all.")
        raise UsageError(problem=problem, command=context.command_path)
    if everything and at:
        problem = _("--all asks about now, and --at does not go with it.")
        raise UsageError(problem=problem, command=context.command_path)
    moment = _moment(at) if at else None
    with session.registry() as registry:
        verifier = certificates.verifier(
            registry,
            seconds=timeout,
            total=limit or (ROUND_SECONDS if everything else TOTAL_SECONDS),
            offline=offline,
        )
        if everything:
            return cert_rounds.verify_all(session, registry, verifier)
        named, between = _named(registry, wanted or [])
        verdicts = [verifier.verify(each.certificate, between, moment) for each in named]
        if moment is None:
            cert_rounds.note(session, registry, verdicts)
    told = (
        found
        for verdict, each in zip(verdicts, named, strict=True)
        for found in certificates.findings(verdict, each.which)
    )
    return Result(
        cert_verdicts.as_json(session, verdicts, [each.file for each in named], verifier.now),
        list({(each.code, each.message): each for each in told}.values()),
        attention=any(each.outcome != "good" for each in verdicts),
        view=cert_verdicts.blocks(session, verdicts),
    )


def _named(registry: Registry, wanted: Sequence[str]) -> tuple[list[Named], list[Certificate]]:
    """What to verify, and what came with it that may stand above it."""
    found: list[Named] = []
    between: list[Certificate] = []
    for text in wanted:
        file = Path(text)
        if not file.exists() and (kept_one := _in_registry(registry, text)):
            found.append(Named(kept_one, cert_rounds.which(kept_one)))
            continue
        name = tckn.mask_bare(file.name)
        for each in read_file(file):
            between.append(each)
            found.append(Named(each, _("in {file}").format(file=name), name))
    # an authority's certificate is there to help, unless it is all there is
    people = [each for each in found if not each.certificate.is_ca or each.file is None]
    return people or found, between


def _in_registry(registry: Registry, text: str) -> Certificate | None:
    """The certificate with a fingerprint; None for what looks like the name of a file."""
    digits = "".join(character for character in text if character not in " :")
    try:
        int(digits, 16)
    except ValueError:
        return None
    with registry.read() as connection:
        der = find(connection, text).certificate.der
    if der is None:
        raise NotFound(what=_("certificate"), name=text, lookup="esignctl cert list")
    return certificates.read(der)


def _moment(text: str) -> datetime:
    """The moment that is meant; of a day, its end. It may not lie in the future."""
    moment = None
    with suppress(ValueError):
        day, clock = dates.parse_date(text)
        moment = datetime.combine(day, clock or time(23, 59, 59), dates.ISTANBUL)
    if moment is None:
        with suppress(ValueError):
            moment = datetime.fromisoformat(text)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=dates.ISTANBUL)
    now = datetime.now(UTC)
    if moment is None:
        raise ValueRejected(what="--at", problem=_("it is no date"))
    if moment.astimezone(dates.ISTANBUL).date() > now.astimezone(dates.ISTANBUL).date():
        raise ValueRejected(what="--at", problem=_("it lies in the future"))
    return min(moment.astimezone(UTC), now)
