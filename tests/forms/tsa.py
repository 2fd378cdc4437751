"""A time-stamp server on the loopback: ``openssl ts`` behind a small web server."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.cards.virtual.certificates import key_usage
from tests.certificates.authority import (
    DAY,
    NOW,
    NOWHERE,
    PEM,
    YEAR,
    Authority,
    Profile,
    Where,
    issued,
    key,
)

CONFIGURATION = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass
class Tsa:
    """The server: its address, how it answers, and what it was asked with."""

    url: str
    status: int = 200
    content: bytes | None = None
    asked: list[dict[str, str]] = field(default_factory=list)


def stamper(above: Authority, where: Where = NOWHERE) -> Authority:
    """One who stamps times, below an authority."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Deneme Zaman Damgası")])
    own = key("stamper-rsa")
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (key_usage(), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),
    ]
    profile = Profile(begin=NOW - DAY, lasts=YEAR, extensions=extensions)
    return Authority(issued(name, above.name, own, above.key, profile, where, above), own)


@contextmanager
def serving(folder: Path, signer: Authority, above: Authority) -> Iterator[Tsa]:
    """The server, for the length of the block."""
    folder.mkdir()
    (folder / "serial").write_text("01\n")
    (folder / "ts.conf").write_text(CONFIGURATION.format(folder=folder))
    (folder / "signer.pem").write_bytes(signer.pem)
    (folder / "chain.pem").write_bytes(above.pem)
    (folder / "key.pem").write_bytes(
        signer.key.private_bytes(
            PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            tsa.asked.append(dict(self.headers))
            query = folder / f"{len(tsa.asked)}.tsq"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            content = tsa.content if tsa.content is not None else _reply(folder, query)
            self.send_response(tsa.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    tsa = Tsa(f"http://127.0.0.1:{server.server_address[1]}/tsa")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield tsa
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _reply(folder: Path, query: Path) -> bytes:
    made = subprocess.run(
        [
            "openssl", "ts", "-reply", "-config", folder / "ts.conf", "-section", "here",
            "-queryfile", query, "-signer", folder / "signer.pem", "-inkey", folder / "key.pem",
            "-chain", folder / "chain.pem",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return made.stdout
