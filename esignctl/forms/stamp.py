"""The visible mark of a signature: where it stands on a page, and what it says.

It is for eyes only. What a signature is worth is told by `form verify` and by other readers of PDF.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, get_args

from esignctl.errors import PdfPageMissing
from esignctl.forms.pdf import Box
from esignctl.forms.typesetting import typesetter
from esignctl.text import dates

Corner = Literal["bottom-right", "bottom-left", "top-right", "top-left"]
CORNERS: Final[tuple[Corner, ...]] = get_args(Corner)

_MM: Final = 72 / 25.4
_WIDTH, _HEIGHT, _MARGIN = 70 * _MM, 20 * _MM, 12 * _MM


def place(name: str, pages: Sequence[Box], corner: Corner | None, page: int | None) -> Box | None:
    """Where a new mark stands: in a corner of a page, from 1, the last by default.

    None without a corner. `name` is the file's. Raises `PdfPageMissing`.
    """
    number = len(pages) if page is None else page
    if not 1 <= number <= len(pages):
        raise PdfPageMissing(file=name, page=number, count=len(pages))
    if corner is None:
        return None
    whole = pages[number - 1]
    margin = min(_MARGIN, whole.width / 10, whole.height / 10)
    width = min(_WIDTH, whole.width - 2 * margin)
    height = min(_HEIGHT, whole.height - 2 * margin)
    # as the reader sees the page, from its lower left
    x = margin if corner.endswith("left") else whole.width - margin - width
    y = margin if corner.startswith("bottom") else whole.height - margin - height
    return _turned(whole, x, y, x + width, y + height)


def _turned(whole: Box, x1: float, y1: float, x2: float, y2: float) -> Box:
    """A place as the reader sees it, in the page's own measures."""
    corners = [_point(whole, x1, y1), _point(whole, x2, y2)]
    (left, right), (bottom, top) = (sorted(each) for each in zip(*corners, strict=True))
    return Box(whole.page, left, bottom, right, top, whole.rotate)


def _point(whole: Box, x: float, y: float) -> tuple[float, float]:
    match whole.rotate:
        case 90:
            return whole.right - y, whole.bottom + x
        case 180:
            return whole.right - x, whole.top - y
        case 270:
            return whole.left + y, whole.top - x
    return whole.left + x, whole.bottom + y


def typeset(configuration: Path, box: Box, name: str, at: datetime, reason: str | None) -> bytes:
    """The mark as a PDF of one page, as large as its box: who signed, when, and why.

    The institution may have a template of its own beside its `configuration`.
    """
    inputs = {
        "width": f"{box.width}",
        "height": f"{box.height}",
        "rotate": f"{box.rotate}",
        "name": name,
        # the mark is Turkish, whatever the language of who signs
        "at": f"{at.astimezone(dates.ISTANBUL):%d.%m.%Y %H:%M}",
        "reason": reason or "",
    }
    with typesetter(configuration) as typst:
        return typst.alone("signature-stamp", inputs, int(at.timestamp()))
