"""QR codes, by segno."""

import io


def svg(text: str) -> str:
    """A QR code of exactly `text`, with medium error correction or better, as an SVG image.

    It says that its text is UTF-8 (ECI): readers that guess take Turkish letters for Japanese.
    """
    import segno

    image = io.BytesIO()
    code = segno.make_qr(text, error="m", encoding="utf-8", eci=True)
    code.save(image, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None)
    return image.getvalue().decode("utf-8")
