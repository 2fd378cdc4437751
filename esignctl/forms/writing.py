"""Where finished forms go: all of them appear under their names, or none does."""

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from esignctl.errors import FormFileExists, PlaceNotWritable, UsageError
from esignctl.i18n import _
from esignctl.text import system


def places(output: Path | None, names: Sequence[str], command: str) -> list[Path]:
    """The file of each name: in the folder that `output` is, or `output` itself for one file.

    Raises `UsageError` when `output` names one file for several forms.
    """
    folder = output or Path()
    if folder.is_dir() or folder.suffix not in (".pdf", ".PDF"):
        return [folder / f"{name}.pdf" for name in names]
    if len(names) > 1:
        problem = _("{file} is one file, but there are {count} forms.").format(
            file=folder.name, count=len(names)
        )
        advice = _("Name a folder, or add --merged.")
        raise UsageError(problem=f"{problem} {advice}", command=f"esignctl {command}")
    return [folder]


@contextmanager
def together(files: Sequence[Path], *, force: bool) -> Iterator["Batch"]:
    """Room for many files that are not whole yet, beside the places where they will stand.

    Nothing is left behind of what was not published. Raises `FormFileExists` when a file is there
    that must not be overwritten, and `PlaceNotWritable`.
    """
    if not force and (there := [file for file in files if file.exists() or file.is_symlink()]):
        raise FormFileExists(file=there[0].name, count=len(there))
    folder = files[0].parent
    made = Batch(folder / f".esignctl-{secrets.token_hex(4)}.tmp", force)
    new = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            made.folder.mkdir(mode=0o700)
            yield made
        except BaseException:
            for file in made.new:
                file.unlink(missing_ok=True)
            shutil.rmtree(made.folder, ignore_errors=True)
            for parent in new:
                # a folder that somebody has put something into meanwhile stays
                with suppress(OSError):
                    parent.rmdir()
            raise
        shutil.rmtree(made.folder, ignore_errors=True)
    except OSError as error:
        place = Path(error.filename).name if isinstance(error.filename, str) else ""
        known = {file.name for file in files}
        raise PlaceNotWritable(
            file=place if place in known else str(folder), problem=system.in_words(error)
        ) from None


@dataclass(slots=True)
class Batch:
    """Files on their way. `new` are those that were published where none was before."""

    folder: Path
    force: bool
    new: list[Path] = field(default_factory=list)
    _waiting: list[tuple[Path, Path]] = field(default_factory=list)

    def place(self, file: Path) -> Path:
        """Where to write what shall become `file`; may be called by several threads."""
        draft = self.folder / file.name
        self._waiting.append((draft, file))
        return draft

    def write(self, file: Path, content: bytes) -> None:
        """Write what shall become `file`, readable by nobody else."""
        with open(self.place(file), "xb", opener=_for_us_alone) as draft:
            draft.write(content)

    def publish(self) -> None:
        """Give every file its name."""
        for draft, file in sorted(self._waiting):
            is_new = not (file.exists() or file.is_symlink())
            if not is_new and not self.force:
                raise FormFileExists(file=file.name, count=1)
            draft.replace(file)
            if is_new:
                self.new.append(file)


def _for_us_alone(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
