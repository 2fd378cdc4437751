"""People and their applications: lists, stages, fees and states.

What other features may use stands here; the rest is this feature's own.
"""

from esignctl.people.fees import fee_due
from esignctl.people.states import state_of

__all__ = ["fee_due", "state_of"]
