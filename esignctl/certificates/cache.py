"""Lists of revoked certificates, and certificates of issuers, as they were fetched last.

Files in one folder, named after the address they came from. What is in them is authenticated at
each use, so nothing here has to be trusted.
"""

import contextlib
import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """What was fetched, and when."""

    content: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Cache:
    """The folder; made at first use."""

    folder: Path

    def get(self, url: str) -> Kept | None:
        """What was kept of an address; None without it, or where it cannot be read."""
        place = self._place(url)
        try:
            return Kept(place.read_bytes(), datetime.fromtimestamp(place.stat().st_mtime, UTC))
        except OSError:
            return None

    def put(self, url: str, content: bytes) -> None:
        """Keep what came from an address, whole or not at all. Raises ``OSError``."""
        import tempfile

        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(self._place(url))
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise

    def _place(self, url: str) -> Path:
        return self.folder / hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:32]
