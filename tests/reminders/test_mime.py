"""The bytes of a message, read again by `email`."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

from hypothesis import example, given
from hypothesis import strategies as st

from esignctl.reminders import mime

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
LONG = "Şükriye Gülsüm İffet Özgüroğlu-Çağlayangil, T.C. Sağlık Bakanlığı Kamu Hastaneleri"


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not any(part.defects for part in message.walk())
    return message


def squeezed(text: str) -> str:
    return " ".join(text.split())


@given(NAMES, NAMES)
@example(LONG, LONG)
@example("Dr. Öz\r\nBcc: everybody@il.example", "x\nBcc: y@il.example")
@example('a "b" <c>, d', "=?utf-8?q?x?=")
def test_headers_say_what_they_are_given(subject: str, name: str) -> None:
    headers = {
        "Subject": mime.words(subject, "Subject"),
        "To": mime.mailbox(name, "a@il.example", "To"),
    }
    raw = mime.message(headers, mime.text("x", b"plain"))
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    assert all(len(word) <= 75 for word in re.findall(r"=\?\S+\?=", head))
    assert all(len(line) <= 78 for line in head.split("\r\n"))
    message = read(raw)
    assert set(message.keys()) == {
        *headers,
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }
    assert squeezed(message["Subject"]) == squeezed(subject)
    (to,) = message["To"].addresses
    assert to.addr_spec == "a@il.example"
    # the newer classes of `email` leave blanks between the encoded words of a name
    (plain,) = message_from_bytes(raw, policy=policy.compat32).get_all("To", [])
    shown, _address = parseaddr(plain)
    assert squeezed(str(make_header(decode_header(shown)))) == squeezed(name)


@given(NAMES, NAMES, st.binary(max_size=300))
@example("--=_mixed--\n.\n..\nFrom x", "=_alternative=_", b"\r\n--=_mixed--\r\n")
def test_bodies_say_what_they_are_given(plain: str, html: str, content: bytes) -> None:
    attached = [mime.file(content, "application/octet-stream", "a.bin")]
    raw = mime.message({"Subject": "x"}, mime.either(plain, html), attached)
    assert all(len(line) <= 76 and b"\n" not in line for line in raw.split(b"\r\n"))
    message = read(raw)
    for kind, wanted in (("plain", plain), ("html", html)):
        body = message.get_body((kind,))
        assert body is not None
        assert body.get_content().splitlines() == wanted.splitlines()
    (file,) = message.iter_attachments()
    assert file.get_content() == content
