"""Every code that the program can print: errors, findings, reasons; what is told about each."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from esignctl.errors import CodeUnknown, EsignctlError
from esignctl.explanations import EXPLANATIONS
from esignctl.findings import FINDINGS
from esignctl.i18n import _
from esignctl.payments.reasons import REASONS
from esignctl.text import folding, tckn

Kind = Literal["error", "finding", "reason"]


@dataclass(frozen=True, slots=True)
class Code:
    """A code and how it meets the user.

    `exit_code` is what an error ends the program with, `severity` a finding's; None elsewhere.
    """

    name: str
    kind: Kind
    _usual_remedy: str = ""
    exit_code: int | None = None
    severity: str | None = None

    @property
    def cause(self) -> str:
        """Why it comes up, in the active language."""
        return _(EXPLANATIONS[self.name].cause)

    @property
    def remedy(self) -> str:
        """What to do about it, in the active language."""
        return _(EXPLANATIONS[self.name].remedy or self._usual_remedy)


def every() -> dict[str, Code]:
    """All codes by name: errors, then findings, then reasons."""
    known = [
        *(
            Code(error.code, "error", error.remedy, exit_code=int(error.exit_code))
            for error in sorted(errors(), key=lambda error: (error.exit_code, error.code))
        ),
        *(
            Code(name, "finding", text.remedy, severity=text.severity)
            for name, text in sorted(FINDINGS.items())
        ),
        *(Code(name, "reason") for name in REASONS),
    ]
    return {code.name: code for code in known}


def errors(kind: type[EsignctlError] = EsignctlError) -> Iterator[type[EsignctlError]]:
    """Every error class that has a code of its own."""
    if "code" in vars(kind):
        yield kind
    for child in kind.__subclasses__():
        yield from errors(child)


def look_up(text: str) -> Code:
    """The code that `text` means; case and the marks between words do not matter.

    Raises `CodeUnknown` with the nearest one.
    """
    keys = {_key(name): code for name, code in every().items()}
    wanted = _key(text)
    if wanted not in keys:
        near = difflib.get_close_matches(wanted, keys, n=1, cutoff=0.0)[0]
        raise CodeUnknown(text=tckn.mask_within(text), nearest=keys[near].name)
    return keys[wanted]


def _key(text: str) -> str:
    return "-".join(folding.tokens(text))
