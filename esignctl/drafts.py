"""Files that appear under their name when they are whole, and never over one that is there."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from esignctl.errors import FileExists, PlaceNotWritable
from esignctl.text import system


def check(path: Path) -> None:
    """Whether a file can be written at `path`; to be asked before the work is done.

    Raises `FileExists` or `PlaceNotWritable`.
    """
    if path.exists() or path.is_symlink():
        raise FileExists(file=path.name)
    with draft(path) as place:
        place.touch(mode=0o600, exist_ok=False)
        place.unlink()


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A name beside `path` for a file that is not whole yet.

    When the block ends well, what stands there gets its name; otherwise nothing is left behind.
    Raises `FileExists` or `PlaceNotWritable`.
    """
    place = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            yield place
            if place.exists():
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
