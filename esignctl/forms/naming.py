"""What files of forms are called: names that sort well, hold no personal number, and suit any
file system."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from esignctl.forms.content import Subject
from esignctl.text import reference, tckn
from esignctl.text.folding import fold

_LONGEST: Final = 48


def names(kind: str, subjects: Sequence[Subject], on: date) -> list[str]:
    """A file's name for each subject, without its end; all of them differ.

    ``payment-slip_2021-10413_ayse-yilmaz``: forms of a kind lie together, in the order of the
    applications' numbers.
    """
    wanted = [_name(kind, subject, on) for subject in subjects]
    taken: set[str] = set()
    for place, (name, subject) in enumerate(zip(wanted, subjects, strict=True)):
        if fold(name) in taken and subject.standing:
            # two numbers that look alike without their punctuation
            wanted[place] = f"{name}_{fold(reference.code(subject.standing.application.number))}"
        taken.add(fold(wanted[place]))
    return wanted


def merged_name(kind: str, on: date) -> str:
    """The name of the one file with all forms."""
    return f"{kind}_{on.isoformat()}"


def _name(kind: str, subject: Subject, on: date) -> str:
    if subject.applicants:
        return merged_name(kind, on)
    parts = [kind]
    if subject.standing:
        parts.append(_safe(subject.standing.application.number))
    elif subject.person:
        parts.append(f"person-{subject.person.id:05d}")
    else:
        parts.append("blank")
    if subject.person:
        parts.append(fold(_safe(subject.person.name)))
    return "_".join(part for part in parts if part)


def _safe(text: str) -> str:
    """Letters, digits and single dashes; a personal number is masked away."""
    ascii_only = _plain(tckn.mask_bare(text))
    return ascii_only[:_LONGEST].strip("-.")


def _plain(text: str) -> str:
    letters = "".join(c if c.isascii() else fold(c) for c in text)
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")
