"""A look at the cards that is begun before the command line is loaded.

Loading the command line takes as long as a card needs to answer, so the two go together. It is done
for the plain form of the commands that look only; every other form of them looks when it runs.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from esignctl.cards.looking import Look

_COMMANDS: Final = (["card", "status"], ["card", "certs"])
_FLAGS: Final = frozenset(
    {"--json", "--show-ids", "--no-record", "--verbose", "-v", "-vv", "--quiet", "-q"}
)
_VALUES: Final = frozenset({"--registry", "--config", "--lang", "--reader", "--export"})


@contextmanager
def begun(arguments: Sequence[str]) -> Iterator["Look | None"]:
    """The look that a command will want, closed at the end; None where none can be foreseen."""
    options = foreseen(arguments)
    if options is None:
        yield None
        return
    from esignctl.cards.child import Child

    # another Python starts while this one goes on loading
    with closing(Child()) as child:
        from esignctl.cards.looking import Look

        with Look(child) as look:
            place = options.get("--config") or os.environ.get("ESIGNCTL_CONFIG")
            configured = _configured(place)
            if configured is None:
                yield None
                return
            look.read(configured, options.get("--reader"))
            yield look


def _configured(place: str | None) -> tuple[str, ...] | None:
    """The modules that the configuration names; None when it is wrong, as the command will say."""
    from esignctl import settings
    from esignctl.errors import EsignctlError

    try:
        known = settings.load(Path(place) if place else settings.default_configuration())
    except EsignctlError:
        return None
    return known.card.modules


def foreseen(arguments: Sequence[str]) -> dict[str, str] | None:
    """The options and their values when this surely is a command that looks, else None."""
    options: dict[str, str] = {}
    words = []
    rest = iter(arguments)
    for argument in rest:
        name, is_joined, value = argument.partition("=")
        if argument in _FLAGS:
            continue
        if name in _VALUES:
            given = value if is_joined else next(rest, "")
            if not given or given.startswith("-"):
                return None
            options[name] = given
        elif argument.startswith("-"):
            return None
        else:
            words.append(argument)
    return options if words in _COMMANDS else None
