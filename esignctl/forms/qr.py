"""QR codes, by segno."""

import re
from typing import Final

# looking for the best of the eight takes three times as long as all the rest, and readers take each
_MASK: Final = 3
_BORDER: Final = 2
_DARK: Final = re.compile(rb"\x01+")


def svg(text: str) -> str:
    """A QR code of exactly `text`, with medium error correction or better, as an SVG image.

    It says that its text is UTF-8 (ECI): readers that guess take Turkish letters for Japanese.
    """
    import segno

    code = segno.make_qr(text, error="m", encoding="utf-8", eci=True, mask=_MASK)
    # a line for each run of dark modules; with segno's own writer a code takes a quarter longer
    lines = "".join(
        f"M{run.start() + _BORDER} {row + _BORDER}.5h{run.end() - run.start()}"
        for row, modules in enumerate(code.matrix)
        for run in _DARK.finditer(modules)
    )
    size = len(code.matrix) + 2 * _BORDER
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">'
        f'<path stroke="#000" d="{lines}"/></svg>'
    )
