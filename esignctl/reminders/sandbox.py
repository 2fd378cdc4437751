"""Where templates are filled: an institution's own templates may not do more than say something."""

from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from esignctl.reminders.notice import Notice, Payment
from esignctl.settings import Institution
from esignctl.text import money


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, which knows the values that a message is made of."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may look at it: the fields of our own values hold no more than text.

        Looking for what else an object could be takes longer than all the rest of a message.
        """
        if type(obj) in (Notice, Payment, Institution):
            return not attr.startswith("_")
        return bool(super().is_safe_attribute(obj, attr, value))


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
