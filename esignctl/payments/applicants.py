"""Who may have paid: people of the registry with their applications, as the matching sees them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from esignctl.text.folding import fold


@dataclass(frozen=True, slots=True)
class Application:
    """An application that is not cancelled, with what it costs and what was paid, in kuruş.

    ``due`` is None where the group pays but no price is known. ``number`` is what its reference
    code is made of.
    """

    id: int
    kind: str
    opened_on: date
    due: int | None
    paid: int
    number: str = ""

    @property
    def is_payable(self) -> bool:
        """Whether a whole fee is still expected."""
        return bool(self.due) and self.paid == 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the registry, with folded names and their applications.

    Whom a reference code names is seen with that one application alone, and is the same person.
    """

    id: int
    number: str = field(compare=False)
    given: tuple[str, ...] = field(compare=False)
    surname: tuple[str, ...] = field(compare=False)
    applications: tuple[Application, ...] = field(compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """All words of the name."""
        return self.given + self.surname

    @property
    def payable(self) -> tuple[Application, ...]:
        """The applications for which a whole fee is still expected."""
        return tuple(each for each in self.applications if each.is_payable)


def person(
    person_id: int,
    number: str,
    given_names: str,
    surname: str,
    applications: Iterable[Application] = (),
) -> Person:
    """A person of the directory, from names as they are written."""
    return Person(
        person_id,
        number,
        tuple(fold(given_names).replace("-", " ").split()),
        tuple(fold(surname).replace("-", " ").split()),
        tuple(applications),
    )
