"""Files that appear under their name when they are whole, over one that is there by force only."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from esignctl.errors import FileExists, PlaceNotWritable
from esignctl.text import system


def check(path: Path, *, force: bool = False) -> None:
    """Whether a file can be written at `path`; to be asked before the work is done.

    Raises `FileExists` or `PlaceNotWritable`.
    """
    if not force and (path.exists() or path.is_symlink()):
        raise FileExists(file=path.name)
    with draft(path) as place:
        place.touch(mode=0o600, exist_ok=False)
        place.unlink()


def write(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file, readable by nobody else. Raises `FileExists` or `PlaceNotWritable`."""
    with draft(path, force=force) as place, open(place, "xb", opener=_for_us_alone) as file:
        file.write(content)


def _for_us_alone(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


@contextmanager
def draft(path: Path, *, force: bool = False) -> Iterator[Path]:
    """A name beside `path` for a file that is not whole yet.

    When the block ends well, what stands there gets its name, with `force` over a file that has it;
    otherwise nothing is left behind. Raises `FileExists` or `PlaceNotWritable`.
    """
    place = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            yield place
            if place.exists() and force:
                place.replace(path)
            elif place.exists():
                _publish(place, path)
        finally:
            place.unlink(missing_ok=True)
    except FileExistsError:
        raise FileExists(file=path.name) from None
    except OSError as error:
        raise PlaceNotWritable(file=path.name, problem=system.in_words(error)) from None


def _publish(place: Path, path: Path) -> None:
    """Give the file its name; ``FileExistsError`` when another one took it meanwhile."""
    if os.name == "nt":
        # Windows itself refuses a name that is taken
        place.rename(path)
        return
    try:
        os.link(place, path)
    except FileExistsError:
        raise
    except OSError:
        # some file systems, of memory sticks and of network shares, have no links
        if path.exists():
            raise FileExistsError from None
        place.rename(path)
