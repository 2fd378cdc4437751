"""Certificates: what stands in them. What other features may use stands here."""

from esignctl.certificates.bundles import in_content
from esignctl.certificates.cache import Cache
from esignctl.certificates.keeping import ending, period, state_of, to_keep
from esignctl.certificates.nes import Certificate, Kind, NotACertificate, prepare, read
from esignctl.certificates.network import TOTAL_SECONDS, Network
from esignctl.certificates.rounds import Round
from esignctl.certificates.signatures import SignatureWrong, finished
from esignctl.certificates.states import STATES, Period, State, Status, state
from esignctl.certificates.telling import findings
from esignctl.certificates.trusting import trust, verifier
from esignctl.certificates.verdicts import HOLD, OUTCOMES, Checked, Evidence, Outcome, Verdict
from esignctl.certificates.verification import Trust, Verifier

__all__ = [
    "HOLD",
    "OUTCOMES",
    "STATES",
    "TOTAL_SECONDS",
    "Cache",
    "Certificate",
    "Checked",
    "Evidence",
    "Kind",
    "Network",
    "NotACertificate",
    "Outcome",
    "Period",
    "Round",
    "SignatureWrong",
    "State",
    "Status",
    "Trust",
    "Verdict",
    "Verifier",
    "ending",
    "findings",
    "finished",
    "in_content",
    "period",
    "prepare",
    "read",
    "state",
    "state_of",
    "to_keep",
    "trust",
    "verifier",
]
