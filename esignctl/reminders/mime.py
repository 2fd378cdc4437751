"""A message as the bytes that go to the server.

`email` takes longer to make one than a server to take it, so the parts are joined here: `email`
encodes and folds what stands in headers, and `binascii` the bodies. Those are base64 throughout:
Turkish takes no more room so than in quoted-printable, and has fewer lines, each of which servers
read by itself. Tests read the result with `email` again.

A part has no line break at its end.
"""

import binascii
from collections.abc import Mapping, Sequence
from email.header import Header
from email.utils import formataddr
from functools import lru_cache
from typing import Final

_LINE: Final = 76
_LONGEST_WORD: Final = 75
_BREAK: Final = b"\r\n"


def message(headers: Mapping[str, str], shown: bytes, attached: Sequence[bytes] = ()) -> bytes:
    """A message that shows a part made by one of the functions below. `headers` are encoded."""
    body = _multipart(b"mixed", [shown, *attached]) if attached else shown
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"".join((head.encode("ascii"), b"MIME-Version: 1.0", _BREAK, body, _BREAK))


def either(plain: str, html: str) -> bytes:
    """A part of which the reader's program shows the form that it can show best."""
    return _multipart(b"alternative", [text(plain, b"plain"), text(html, b"html")])


def text(content: str, kind: bytes) -> bytes:
    """A text as a part: ``plain`` or ``html``."""
    lines = "".join([f"{line}\r\n" for line in content.splitlines()])
    head = b'Content-Type: text/%b; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head % kind + _base64(lines.encode("utf-8"))


def file(content: bytes, kind: str, name: str) -> bytes:
    """A part that is an attached file, of the MIME type `kind` with its parameters."""
    head = (
        f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii") + _base64(content)


@lru_cache(maxsize=1024)
def words(content: str, header: str) -> str:
    """A text as the value of a header."""
    if _plain(content, header):
        return content
    return _encoded(content, header)


def mailbox(name: str, address: str, header: str) -> str:
    """An address, with the name of its owner where that is known, as the value of a header."""
    if name.isascii():
        whole = formataddr((name, address))
        if _plain(whole, header):
            return whole
    return f"{_encoded(name, header)}\r\n <{address}>"


def _encoded(content: str, header: str) -> str:
    # a line break in a name must not begin another header
    content = " ".join(content.split())
    coded = binascii.b2a_base64(content.encode("utf-8"), newline=False).decode("ascii")
    word = f"=?utf-8?b?{coded}?="
    if len(header) + len(": ") + len(word) <= _LONGEST_WORD:
        return word
    value = Header(content, "utf-8", _LONGEST_WORD, header_name=header)
    return value.encode(linesep="\r\n")


def _plain(content: str, header: str) -> bool:
    short = len(header) + len(": ") + len(content) <= _LINE
    return short and content.isascii() and content.isprintable() and "=?" not in content


def _base64(content: bytes) -> bytes:
    whole = binascii.b2a_base64(content, newline=False)
    return _BREAK.join([whole[at : at + _LINE] for at in range(0, len(whole), _LINE)])


def _multipart(kind: bytes, parts: Sequence[bytes]) -> bytes:
    # a line of base64 has no ``--``
    head = b'Content-Type: multipart/%b; boundary="=_%b"\r\n' % (kind, kind)
    between = b"\r\n--=_%b\r\n" % kind
    return b"".join((head, between, between.join(parts), b"\r\n--=_%b--" % kind))
