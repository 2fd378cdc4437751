"""Certificates: what stands in them. What other features may use stands here.

Each part is loaded when it is first asked for: looking at a card needs few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from esignctl.certificates.bundles import in_content
    from esignctl.certificates.cache import Cache
    from esignctl.certificates.keeping import ending, midnight, period, state_of, to_keep
    from esignctl.certificates.listing import OVER, Due, Listed, Wanted, due, listed, moment_of
    from esignctl.certificates.months import Month, by_month, span
    from esignctl.certificates.nes import Certificate, Kind, NotACertificate, prepare, read
    from esignctl.certificates.network import TOTAL_SECONDS, Network
    from esignctl.certificates.rounds import Round
    from esignctl.certificates.scanning import Scan, Skipped, Stranger, scan, strangers
    from esignctl.certificates.signatures import SignatureWrong, finished
    from esignctl.certificates.states import STATES, Period, State, Status, state
    from esignctl.certificates.telling import findings, revoked_in_words
    from esignctl.certificates.trusting import trust, verifier
    from esignctl.certificates.verdicts import HOLD, OUTCOMES, Checked, Evidence, Outcome, Verdict
    from esignctl.certificates.verification import Trust, Verifier
    from esignctl.certificates.walking import files_in

__all__ = [
    "HOLD",
    "OUTCOMES",
    "OVER",
    "STATES",
    "TOTAL_SECONDS",
    "Cache",
    "Certificate",
    "Checked",
    "Due",
    "Evidence",
    "Kind",
    "Listed",
    "Month",
    "Network",
    "NotACertificate",
    "Outcome",
    "Period",
    "Round",
    "Scan",
    "SignatureWrong",
    "Skipped",
    "State",
    "Status",
    "Stranger",
    "Trust",
    "Verdict",
    "Verifier",
    "Wanted",
    "by_month",
    "due",
    "ending",
    "files_in",
    "findings",
    "finished",
    "in_content",
    "listed",
    "midnight",
    "moment_of",
    "period",
    "prepare",
    "read",
    "revoked_in_words",
    "scan",
    "span",
    "state",
    "state_of",
    "strangers",
    "to_keep",
    "trust",
    "verifier",
]

_HOMES: Final = {
    "bundles": "in_content",
    "cache": "Cache",
    "keeping": "ending midnight period state_of to_keep",
    "listing": "OVER Due Listed Wanted due listed moment_of",
    "months": "Month by_month span",
    "nes": "Certificate Kind NotACertificate prepare read",
    "network": "TOTAL_SECONDS Network",
    "rounds": "Round",
    "scanning": "Scan Skipped Stranger scan strangers",
    "signatures": "SignatureWrong finished",
    "states": "STATES Period State Status state",
    "telling": "findings revoked_in_words",
    "trusting": "trust verifier",
    "verdicts": "HOLD OUTCOMES Checked Evidence Outcome Verdict",
    "verification": "Trust Verifier",
    "walking": "files_in",
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names.split():
            # kept, so that the next use finds it without a search
            found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
            return found
    raise AttributeError(name)
