"""QR codes, by segno."""

from io import BytesIO
from typing import Final

# looking for the best of the eight takes three times as long as all the rest, and readers take each
_MASK: Final = 3
_BORDER: Final = 2


def svg(text: str) -> str:
    """A QR code of exactly `text`, with medium error correction or better, as an SVG image.

    It says that its text is UTF-8 (ECI): readers that guess take Turkish letters for Japanese.
    """
    import segno

    code = segno.make_qr(text, error="m", encoding="utf-8", eci=True, mask=_MASK)
    image = BytesIO()
    code.save(image, kind="svg", border=_BORDER)
    return image.getvalue().decode()
