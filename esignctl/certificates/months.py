"""How many certificates end in each month of a year."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from esignctl.certificates.listing import Listed
from esignctl.certificates.states import State
from esignctl.text.dates import in_turkey

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month, by its first day, and how many certificates end in it.

    `open` are those that nothing replaced yet, whether they ended or not.
    """

    first: date
    open: int
    replaced: int
    revoked: int

    @property
    def ending(self) -> int:
        """All that end in it."""
        return self.open + self.replaced + self.revoked


def span(first: date) -> tuple[date, date]:
    """The first and the last day of the twelve months that begin with that of `first`."""
    *_, last = _firsts(first, MONTHS + 1)
    return first.replace(day=1), last - timedelta(days=1)


def by_month(listed: Iterable[Listed], first: date) -> list[Month]:
    """The twelve months from that of `first` on; of people's certificates and seals."""
    counts = Counter[tuple[date, State]]()
    for each in listed:
        if each.is_of_an_office:
            end = in_turkey(each.period.not_after).date()
            counts[end.replace(day=1), each.state] += 1
    months = []
    for month in _firsts(first, MONTHS):
        of = {state: count for (begin, state), count in counts.items() if begin == month}
        replaced, revoked = of.pop("replaced", 0), of.pop("revoked", 0)
        months.append(Month(month, sum(of.values()), replaced, revoked))
    return months


def _firsts(first: date, count: int) -> Iterator[date]:
    """The first days of months, one after the other."""
    for number in range(first.month - 1, first.month - 1 + count):
        yield date(first.year + number // 12, number % 12 + 1, 1)
