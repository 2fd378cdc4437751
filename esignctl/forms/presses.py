"""Many forms, typeset by several processes.

Typst holds Python's lock while it works, so that threads would wait for each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
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
    begin = partial(_begin, str(press.root), dict(press.origins))
    parts = _parts(iter(jobs))

    def here(part: Sequence[Job]) -> list[bytes | None]:
        return [press.pdf(job) for job in part]

    for part, documents in processes.shared(_several, parts, hands, 4 * hands, begin, here):
        for job, document in zip(part, documents, strict=True):
            # what fails there is done again, and fails, here
            yield document or press.pdf(job)


def _parts(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    while part := list(islice(jobs, _CHUNK)):
        yield part


_own: list[Typesetter] = []


def _begin(root: str, origins: Mapping[str, str]) -> None:
    """In a child: the typesetter that it works with."""
    _own.append(Typesetter(Path(root), origins))


def _several(jobs: Sequence[Job]) -> list[bytes | None]:
    """In a child: documents; None where the template is wrong."""
    return [_one(job) for job in jobs]


def _one(job: Job) -> bytes | None:
    try:
        return _own[0].pdf(job)
    except FormTemplateWrong:
        return None
