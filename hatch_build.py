"""Build hook: compiles the message catalogues, for wheels and for editable installs alike."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Turns every ``locale/<language>/LC_MESSAGES/*.po`` into the ``.mo`` beside it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues(Path(self.root) / "esignctl" / "locale")


def compile_catalogues(locale: Path) -> None:
    """Compile all catalogues below ``locale``; a catalogue with an error stops the build."""
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
