"""The one place that parses XML and HTML files, in pieces, with every outside door shut."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from lxml import etree

Element = etree._Element


class Malformed(Exception):
    """The markup cannot be parsed, from ``line`` on; ``cut_off`` if it only ends too soon."""

    def __init__(self, cut_off: bool, line: int = 0) -> None:
        super().__init__()
        self.cut_off = cut_off
        self.line = line


class DeclaresEntities(Exception):
    """The file declares entities, which could make it expand without end or reach outside."""


def xml_events(pieces: Iterable[str], tags: tuple[str, ...]) -> Iterator[tuple[str, Element]]:
    """("start" or "end", element) for each of ``tags``, in any namespace.

    Entities are not resolved, and a file that declares any is not read on (``DeclaresEntities``);
    nothing outside is read.
    """
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=tuple("{*}" + tag for tag in tags),
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    return _events(parser, _without_entities(pieces))


def html_events(pieces: Iterable[str], tags: Iterable[str]) -> Iterator[tuple[str, Element]]:
    """("start" or "end", element) for each of ``tags`` in a document, however untidy."""
    parser = etree.HTMLPullParser(
        events=("start", "end"), tag=tuple(tags), encoding="utf-8", no_network=True
    )
    return _events(parser, pieces)


def local_name(element: Element) -> str:
    """The element's name without its namespace; nothing for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Element) -> str:
    """All text within the element."""
    return "".join(cast(Iterator[str], element.itertext()))


def forget(element: Element) -> None:
    """Let go of what has been read, but not of the text behind it."""
    cast(Any, element).clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _without_entities(pieces: Iterable[str]) -> Iterator[str]:
    tail = ""
    for piece in pieces:
        seam = tail + piece[:16]
        if any(mark in text for mark in ("<!DOCTYPE", "<!ENTITY") for text in (seam, piece)):
            raise DeclaresEntities
        tail = piece[-16:]
        yield piece


def _events(parser: Any, pieces: Iterable[str]) -> Iterator[tuple[str, Element]]:
    closing = False
    try:
        for piece in pieces:
            parser.feed(piece.encode())
            yield from parser.read_events()
        closing = True
        parser.close()
        yield from parser.read_events()
    except etree.LxmlError as error:
        line = getattr(error, "lineno", None) or 0
        raise Malformed(cut_off=closing, line=line) from None
