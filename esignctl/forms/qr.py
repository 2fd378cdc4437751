"""QR codes, by segno."""

import io
from typing import Final

# looking for the best of the eight takes five times as long as everything else, and readers take
# each of them
_MASK: Final = 3


def svg(text: str) -> str:
    """A QR code of exactly `text`, with medium error correction or better, as an SVG image.

    It says that its text is UTF-8 (ECI): readers that guess take Turkish letters for Japanese.
    """
    import segno

    image = io.BytesIO()
    code = segno.make_qr(text, error="m", encoding="utf-8", eci=True, mask=_MASK)
    code.save(image, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None)
    return image.getvalue().decode("utf-8")
