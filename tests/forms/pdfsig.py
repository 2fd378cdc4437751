"""What poppler's ``pdfsig`` says of a signed file: somebody else's judgement."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Seen:
    """One signature as ``pdfsig`` sees it."""

    name: str
    valid: bool
    whole: bool
    kind: str
    digest: str


def seen(file: Path) -> list[Seen]:
    """Every signature in the file, in its order."""
    if shutil.which("pdfsig") is None:
        pytest.skip("see scripts/test-packages.txt: there is no pdfsig")
    told = subprocess.run(["pdfsig", file], capture_output=True, encoding="utf-8", check=False)
    return [
        Seen(
            name=_field(part, "Signer Certificate Common Name"),
            valid="Signature is Valid" in part,
            whole="Total document signed" in part,
            kind=_field(part, "Signature Type"),
            digest=_field(part, "Signing Hash Algorithm"),
        )
        for part in re.split(r"^Signature #\d+:$", told.stdout, flags=re.MULTILINE)[1:]
    ]


def _field(part: str, name: str) -> str:
    found = re.search(rf"- {name}: (.*)", part)
    return found[1] if found else ""
