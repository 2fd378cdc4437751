"""People and their applications: lists, stages, fees and states.

What other features may use stands here; the rest is this feature's own.
"""

from esignctl.people.applications import Standing, standing
from esignctl.people.applications import find as find_application
from esignctl.people.fees import fee_due
from esignctl.people.groups import group_key
from esignctl.people.payment_text import payment_text
from esignctl.people.persons import find as find_person
from esignctl.people.states import STATES, state_of

__all__ = [
    "STATES",
    "Standing",
    "fee_due",
    "find_application",
    "find_person",
    "group_key",
    "payment_text",
    "standing",
    "state_of",
]
