"""Where templates are filled: an institution's own templates may not do more than say something."""

from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from esignctl.reminders.notice import Notice, Payment
from esignctl.settings import Institution
from esignctl.text import money

_OWN: Final = {
    kind: frozenset(each.name for each in fields(kind)) for kind in (Notice, Payment, Institution)
}


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, which knows the values that a message is made of."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of an object.

        Those of our own values are texts and numbers; looking for what else they could be takes
        longer than all the rest of a message.
        """
        if attribute in _OWN.get(type(obj), ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def environment(overrides: Path) -> ImmutableSandboxedEnvironment:
    """Templates in `overrides`, and those of the package for the others."""
    made = _Environment(
        loader=ChoiceLoader([FileSystemLoader(overrides), PackageLoader("esignctl.reminders")]),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        # a run is short; looking at each file again for each message is not
        auto_reload=False,
    )
    made.filters["money"] = money.show
    return made
