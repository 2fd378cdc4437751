"""Chains of certificates, by RFC 5280: from a certificate to a trusted one, and whether they hold.

A home of `pyhanko_certvalidator` and `asn1crypto`, which take their time to load: they are imported
in the functions. The library's own fetching and its use of the system's trusted certificates (for
which it needs `oscrypto`, which fails with some versions of OpenSSL) are not used.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from esignctl.certificates.nes import Certificate

if TYPE_CHECKING:
    from asn1crypto import x509
    from pyhanko_certvalidator.path import ValidationPath

TOLERANCE: Final = timedelta(minutes=5)
"""By how much two clocks may differ."""

_LEVELS: Final = 6
_NAMESAKES: Final = 3
_PATHS: Final = 8

# what the library says of a chain that does not hold, and what this program calls it
_FLAWS: Final = (
    ("the signature of", "signature"),
    ("signature parameters", "signature"),
    ("is not a CA", "no-authority"),
    ("not allowed to sign certificates", "no-authority"),
    ("maximum path length", "path-length"),
    ("namespace", "name-constraints"),
    ("unsupported critical extension", "critical-extension"),
    ("polic", "policy"),
)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a certificate says that its state and its issuer are told."""

    ocsp: tuple[str, ...] = ()
    crl: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a chain does not hold; `text` is the library's own, English and free of names."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from a certificate to a trusted one: `certificates` begin with it and end with that."""

    certificates: tuple[Certificate, ...]
    path: "ValidationPath"


def load(der: bytes) -> "x509.Certificate":
    """The certificate for the library."""
    from asn1crypto import x509

    return x509.Certificate.load(der)


def addresses(certificate: Certificate) -> Addresses:
    """The http addresses in a certificate; of what is malformed, none."""
    from pyhanko_certvalidator.fetchers.common_utils import (
        enumerate_delivery_point_urls,
        gather_aia_issuer_urls,
    )
    from pyhanko_certvalidator.util import get_ocsp_urls, get_relevant_crl_dps

    loaded = load(certificate.der)

    def lists() -> list[str]:
        points = get_relevant_crl_dps(loaded, use_deltas=True)
        return [url for point in points for url in enumerate_delivery_point_urls(point)]

    return Addresses(
        ocsp=_texts(lambda: get_ocsp_urls(loaded)),
        crl=_texts(lists),
        issuers=_texts(lambda: list(gather_aia_issuer_urls(loaded))),
    )


def _texts(read: Callable[[], list[Any]]) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(str(each) for each in read()))
    except (ValueError, TypeError, KeyError):
        return ()


def chains(
    certificate: Certificate, anchors: Sequence[Certificate], between: Iterable[Certificate]
) -> list[Chain]:
    """The ways from a certificate over those `between` to one of the `anchors`; a few at most."""
    import asyncio

    from pyhanko_certvalidator.context import ValidationContext
    from pyhanko_certvalidator.errors import PathBuildingError

    context = ValidationContext(
        trust_roots=[_anchor(each) for each in anchors],
        other_certs=[load(each.der) for each in _useful(certificate, between)],
        allow_fetching=False,
    )
    known = {each.der: each for each in (certificate, *between, *anchors)}

    async def build() -> list["ValidationPath"]:
        found = context.path_builder.async_build_paths_lazy(load(certificate.der))
        paths = []
        async for path in found:
            paths.append(path)
            if len(paths) == _PATHS:
                break
        await found.cancel()
        return paths

    try:
        paths = asyncio.run(build())
    except PathBuildingError:
        return []
    return [
        Chain(tuple(known[each.dump()] for each in reversed(list(path))), path) for path in paths
    ]


def under(chain: Chain, certificate: Certificate) -> Chain:
    """The chain of another certificate that the same authority may have issued."""
    from pyhanko_certvalidator.path import ValidationPath

    path = ValidationPath(
        chain.path.trust_anchor,
        interm=list(chain.path.iter_certs(include_root=False))[:-1],
        leaf=load(certificate.der),
    )
    return Chain((certificate, *chain.certificates[1:]), path)


def common(chain: Chain, moment: datetime) -> datetime:
    """The moment nearest to `moment` at which everything in a chain is within its validity."""
    first = max(each.not_before for each in chain.certificates)
    last = min(each.not_after for each in chain.certificates)
    return min(max(moment, first), last)


def _anchor(certificate: Certificate) -> Any:
    """A trusted certificate, with the limit on the length of chains that stands in it."""
    from pyhanko_certvalidator.authority import CertTrustAnchor, TrustQualifiers

    loaded = load(certificate.der)
    return CertTrustAnchor(loaded, TrustQualifiers(max_path_length=loaded.max_path_length))


def _useful(certificate: Certificate, between: Iterable[Certificate]) -> list[Certificate]:
    """Those that may stand above a certificate, by name; few enough for any search to end."""
    by_name: dict[str, list[Certificate]] = {}
    for each in between:
        by_name.setdefault(each.subject, []).append(each)
    useful: dict[str, Certificate] = {}
    level = [certificate]
    for _level in range(_LEVELS):
        names = dict.fromkeys(each.issuer for each in level)
        level = [
            each
            for name in names
            for each in islice(by_name.get(name, ()), _NAMESAKES)
            if each.fingerprint not in useful
        ]
        useful |= {each.fingerprint: each for each in level}
    return list(useful.values())


def flaw(chain: Chain, moment: datetime) -> Flaw | None:
    """What is wrong with a chain at a moment, revocation apart; None when it holds."""
    import asyncio

    from pyhanko_certvalidator.context import ValidationContext
    from pyhanko_certvalidator.errors import (
        DisallowedAlgorithmError,
        ExpiredError,
        NotYetValidError,
        PathValidationError,
    )
    from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy
    from pyhanko_certvalidator.validate import async_validate_path

    context = ValidationContext(
        trust_roots=[chain.path.trust_anchor],
        moment=moment,
        revinfo_policy=CertRevTrustPolicy(NO_REVOCATION),
        time_tolerance=TOLERANCE,
    )
    try:
        asyncio.run(async_validate_path(context, chain.path))
    except DisallowedAlgorithmError as error:
        return Flaw("algorithm", str(error))
    except (ExpiredError, NotYetValidError) as error:
        return Flaw("validity", str(error))
    except PathValidationError as error:
        text = str(error)
        kinds = (kind for words, kind in _FLAWS if words in text)
        return Flaw(next(kinds, "other"), text)
    except ValueError as error:
        return Flaw("malformed", type(error).__name__)
    return None
