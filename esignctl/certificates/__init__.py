"""Certificates: what stands in them. What other features may use stands here."""

from esignctl.certificates.keeping import ending, period, state_of, to_keep
from esignctl.certificates.nes import Certificate, Kind, NotACertificate, prepare, read
from esignctl.certificates.signatures import SignatureWrong, finished
from esignctl.certificates.states import STATES, Period, State, Status, state

__all__ = [
    "STATES",
    "Certificate",
    "Kind",
    "NotACertificate",
    "Period",
    "SignatureWrong",
    "State",
    "Status",
    "ending",
    "finished",
    "period",
    "prepare",
    "read",
    "state",
    "state_of",
    "to_keep",
]
