"""Reading PDF files: their pages, signature fields and signatures, as far as signing needs them."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from esignctl.errors import (
    EsignctlError,
    FileEmpty,
    FileMissing,
    FileNotOpened,
    PdfDamaged,
    PdfEncrypted,
    PdfNot,
)
from esignctl.text import system

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_MARK: Final = b"%PDF-"
_MARK_WITHIN: Final = 1024
_DEEPEST: Final = 64


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page (from 0) in points; `rotate` is how far the page is turned for display."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    rotate: int = 0

    @property
    def width(self) -> float:
        """As the reader sees it."""
        return (self.top - self.bottom) if self.rotate in (90, 270) else (self.right - self.left)

    @property
    def height(self) -> float:
        """As the reader sees it."""
        return (self.right - self.left) if self.rotate in (90, 270) else (self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Field:
    """A signature field; `box` is None where it is not to be seen."""

    signed: bool
    box: Box | None


def load(path: Path) -> bytes:
    """A file's content. Raises `FileMissing` or `FileNotOpened`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileMissing(file=path.name) from None
    except OSError as error:
        raise FileNotOpened(file=path.name, problem=system.in_words(error)) from None


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Whatever a broken file does to its reader is `PdfDamaged`: such files fail anywhere in it."""
    try:
        yield
    except (EsignctlError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - see above
        raise PdfDamaged(file=name) from None


def opened(name: str, content: bytes) -> "PdfFileReader":
    """A reader of the file; to be used within `reading`.

    Raises `FileEmpty`, `PdfNot` and `PdfEncrypted`.
    """
    if not content.strip():
        raise FileEmpty(file=name)
    if _MARK not in content[:_MARK_WITHIN]:
        raise PdfNot(file=name)
    be_silent()
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(content), strict=False)
    if reader.encrypted:
        raise PdfEncrypted(file=name)
    return reader


def be_silent() -> None:
    """The libraries' own messages are for their makers, and may hold what stands in a file."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.addHandler(logging.NullHandler())


def pages(reader: "PdfFileReader") -> list[Box]:
    """What is seen of each page, in the document's order."""
    found: list[Box] = []
    _collect(reader.root["/Pages"], {}, found, _DEEPEST)
    return found


def _collect(node: Any, inherited: dict[str, Any], found: list[Box], depth: int) -> None:
    if not depth:
        raise ValueError("pages within pages")
    kept = ("/MediaBox", "/CropBox", "/Rotate")
    inherited = inherited | {key: node[key] for key in kept if key in node}
    if "/Kids" in node:
        for kid in node["/Kids"]:
            _collect(kid.get_object(), inherited, found, depth - 1)
        return
    edges = [float(edge) for edge in inherited.get("/CropBox") or inherited["/MediaBox"]]
    found.append(_box(len(found), edges, int(inherited.get("/Rotate", 0)) % 360))


def _box(page: int, edges: list[float], rotate: int) -> Box:
    left, right = sorted(edges[0::2])
    bottom, top = sorted(edges[1::2])
    return Box(page, left, bottom, right, top, rotate)


def fields(reader: "PdfFileReader") -> dict[str, Field]:
    """The signature fields by their full names."""
    from pyhanko.sign.fields import enumerate_sig_fields

    return {
        str(name): Field(bool(value), _place(reference.get_object()))
        for name, value, reference in enumerate_sig_fields(reader)
    }


def _place(field: Any) -> Box | None:
    """Where a field is to be seen; its page does not matter, for it has its place already."""
    widget = field["/Kids"][0] if "/Kids" in field else field
    edges = [float(edge) for edge in entry(widget, "/Rect", [0, 0, 0, 0])]
    box = _box(0, edges, int(entry(entry(widget, "/P", {}), "/Rotate", 0)) % 360)
    return box if box.width and box.height else None


def entry(dictionary: Any, key: str, default: Any) -> Any:
    """What stands under a key, wherever in the file; ``get`` itself looks no further."""
    try:
        return dictionary[key]
    except KeyError:
        return default


def signatures(reader: "PdfFileReader") -> "list[tuple[str, EmbeddedPdfSignature | None]]":
    """The signatures with their fields' names, in the order in which they were made.

    Document time-stamps are among them; None is what cannot be read as a signature.
    """
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    found: list[tuple[str, EmbeddedPdfSignature | None]] = []
    for name, _value, field in enumerate_sig_fields(reader, filled_status=True):
        try:
            found.append((str(name), EmbeddedPdfSignature(reader, field, str(name))))
        except Exception:  # noqa: BLE001 - what is broken in it fails anywhere in its reader
            found.append((str(name), None))
    return sorted(found, key=lambda each: each[1].signed_revision if each[1] else 0)


def forbids_changes(signature: "EmbeddedPdfSignature") -> bool:
    """Whether a signature would become void by any further change, also by another signature."""
    from pyhanko.sign.fields import MDPPerm

    return signature.docmdp_level == MDPPerm.NO_CHANGES
