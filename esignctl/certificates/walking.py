"""Walking through folders for files.

Links to folders are not followed, and nothing but ordinary files is for opening. The system is not
asked for size and time before they are wanted: that takes as long as all the rest.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

Found = os.DirEntry[str] | os.stat_result | OSError
"""A file that was found: size and time, by `status_of`, or what is wrong with it."""


def files_in(paths: Iterable[Path]) -> Iterator[tuple[str, Found]]:
    """Every ordinary file at or below `paths`, each once, and what cannot be read.

    Of pipes and devices those that are named themselves, as files with an error.
    """
    seen: set[str] = set()
    tops = [os.path.abspath(path) for path in paths]  # noqa: PTH100 - keeps links
    for top in tops:
        if len(tops) == 1:
            yield from _below(top)
            return
        for name, found in _below(top):
            if name not in seen:
                seen.add(name)
                yield name, found


def status_of(found: Found) -> os.stat_result | OSError:
    """Size and time of a file that was found."""
    if not isinstance(found, os.DirEntry):
        return found
    try:
        return found.stat()
    except OSError as error:
        return error


def _below(name: str) -> Iterator[tuple[str, Found]]:
    try:
        status = os.stat(name)  # noqa: PTH116 - a name may be no text
    except OSError as error:
        yield name, error
        return
    if stat.S_ISREG(status.st_mode):
        yield name, status
        return
    if not stat.S_ISDIR(status.st_mode):
        yield name, OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return
    # by a list of what is still to be seen: folders may be nested deeper than calls may
    ahead = _entries(name)
    while ahead:
        entry = ahead.pop()
        if isinstance(entry, tuple):
            yield entry
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                ahead += _entries(entry.path)
            elif entry.is_file():
                yield entry.path, entry
        except OSError as error:
            yield entry.path, error


def _entries(folder: str) -> list[os.DirEntry[str] | tuple[str, OSError]]:
    """What is in a folder, the last by its name first; or why that cannot be told."""
    try:
        with os.scandir(folder) as listing:
            return [*sorted(listing, key=lambda entry: entry.name, reverse=True)]
    except OSError as error:
        return [(folder, error)]
