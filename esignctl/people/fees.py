"""What an application costs. Amounts are integer kuruş."""

from collections.abc import Sequence
from datetime import date

from esignctl.people.groups import group_key
from esignctl.settings import Fee


def fee_due(fees: Sequence[Fee], kind: str, group: str, opened_on: date) -> int | None:
    """The fee of an application of `kind` by somebody of `group`, opened on `opened_on`.

    A group without any price pays nothing: 0. Otherwise the newest price of the kind that is not
    later than the application holds. An application older than every price of its kind owes the
    oldest one, because a price that is known beats none. None means that the group pays, but that
    the configuration has no price for this kind: a gap that a person has to close.
    """
    key = group_key(group)
    of_group = [fee for fee in fees if group_key(fee.group) == key]
    if not of_group:
        return 0
    of_kind = sorted((fee for fee in of_group if fee.kind == kind), key=lambda fee: fee.valid_from)
    if not of_kind:
        return None
    return [fee for fee in of_kind if fee.valid_from <= opened_on or fee is of_kind[0]][-1].amount
