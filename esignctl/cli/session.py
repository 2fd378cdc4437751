"""What one run of the program knows: where things live and how to show them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from esignctl import settings as configuration
from esignctl.text import tckn

if TYPE_CHECKING:
    from typer import Context

    from esignctl.cards.looking import Look
    from esignctl.cards.model import Observation
    from esignctl.registry import Registry


@dataclass
class Session:
    """One run of the program. Places and configuration are looked up when first needed."""

    registry_flag: Path | None = None
    config_flag: Path | None = None
    quiet: bool = False
    verbosity: int = 0
    as_json: bool = False
    show_ids: bool = False
    command: str = ""
    look: "Look | None" = None
    ids_shown: set[str] = field(default_factory=set)

    @staticmethod
    def of(context: "Context") -> "Session":
        """The session that the root command put into the context."""
        return cast("Session", context.obj)

    @property
    def registry_path(self) -> Path:
        """Where the registry lives."""
        return self.registry_flag or configuration.default_registry()

    @property
    def config_path(self) -> Path:
        """Where the configuration lives."""
        return self.config_flag or configuration.default_configuration()

    @cached_property
    def settings(self) -> configuration.Settings:
        """The configuration; read once."""
        return configuration.load(self.config_path)

    def observe(self, wanted: str | None) -> "Observation":
        """A look at the cards in the readers that are `wanted`; the one begun ahead if it fits."""
        from esignctl.cards import looking

        modules = self.settings.card.modules
        if self.look and (self.look.configured, self.look.wanted) == (modules, wanted):
            return self.look.result()
        return looking.observe(modules, wanted)

    @contextmanager
    def registry(self) -> Iterator["Registry"]:
        """The registry, open for the length of the ``with`` block.

        When personal numbers were asked for in full, the audit log says so before it closes.
        """
        from esignctl.registry import open_registry

        with open_registry(self.registry_path) as registry:
            yield registry
            if self.ids_shown:
                with registry.write(self.command) as transaction:
                    transaction.record("ids.shown", "registry", {"count": len(self.ids_shown)})

    def personal_number(self, number: str) -> str:
        """The number as this run may show it: masked, or in full under ``--show-ids``."""
        if not self.show_ids:
            return tckn.mask(number)
        self.ids_shown.add(number)
        return number

    def free_text(self, text: str) -> str:
        """A text of other people's making, its long numbers masked unless ``--show-ids``."""
        masked = tckn.mask_within(text)
        if not self.show_ids:
            return masked
        if masked != text:
            self.ids_shown.add(text)
        return text


def log_to_stderr(verbosity: int) -> None:
    """Show the program's own log on stderr: ``-v`` the steps, ``-vv`` the details."""
    logging.basicConfig(
        level=logging.DEBUG if verbosity > 1 else logging.INFO, format="%(name)s: %(message)s"
    )
