"""Many forms, typeset by several processes.

Typst holds Python's lock while it works, so that threads would wait for each other.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from esignctl import processes
from esignctl.errors import FormTemplateWrong
from esignctl.forms.typesetting import Job, Typesetter

_ENOUGH: Final = 60
"""With fewer forms one process is as fast: starting another takes as long as thirty forms."""
_CHUNK: Final = 10


def each(press: Typesetter, jobs: Iterable[Job], count: int) -> Iterator[bytes]:
    """The document of each of `count` jobs, in their order. Raises `FormTemplateWrong`."""
    hands = min(processes.hands(), count // (_ENOUGH // 2))
    if hands < 2:
        yield from map(press.pdf, jobs)
        return
    given: list[Job] = []
    with processes.pool(hands, _begin, str(press.root), dict(press.origins)) as pool:
        made = pool.map(_one, _kept(jobs, given), chunksize=_CHUNK)
        for place, document in enumerate(made):
            # what fails there is done again, and fails, here
            yield document or press.pdf(given[place])


def _kept(jobs: Iterable[Job], given: list[Job]) -> Iterator[Job]:
    for job in jobs:
        given.append(job)
        yield job


_own: list[Typesetter] = []


def _begin(root: str, origins: Mapping[str, str]) -> None:
    """In a child: the typesetter that it works with."""
    _own.append(Typesetter(Path(root), origins))


def _one(job: Job) -> bytes | None:
    """In a child: a document; None where the template is wrong."""
    try:
        return _own[0].pdf(job)
    except FormTemplateWrong:
        return None
