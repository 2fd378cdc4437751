"""Typesetting by Typst: from templates and what stands on forms to PDF/A-2b.

The templates of the package and the institution's own ones are laid into one folder, the latter
over the former, and Typst sees nothing but that folder. Fonts are those that come with Typst and
those that the institution put beside its templates; the system's fonts are left out, so that the
same form has the same bytes on every computer.
"""

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Final

from esignctl.errors import FormTemplateWrong, PlaceNotWritable
from esignctl.forms.kinds import FORMS, OVERRIDES
from esignctl.i18n import _
from esignctl.text import system

STANDARDS: Final = ("a-2b", "ua-1")
"""What every form keeps to: made to be archived, and readable by a screen reader."""

UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
"""What stands for a character that no font has."""

_MAIN: Final = """\
#import "letterhead.typ": paper
#import "{kind}.typ": form
#let (title, author, forms) = json(sys.inputs.data)
#let first = forms.first()
#set document(
  title: title,
  author: author,
  date: datetime(year: first.date.year, month: first.date.month, day: first.date.day),
)
#for (place, d) in forms.enumerate() {{
  d.insert("place", place)
  paper(d)[
    #counter(page).update(1)
    #metadata(none)#label("start-of-form-" + str(place))
    #form(d)
    #metadata(none)#label("end-of-form-" + str(place))
  ]
}}
"""
# what the lines of the main file need, for when it is not there
_NEEDED: Final = {1: ("letterhead.typ", "paper(d, body)"), 2: ("{kind}.typ", "form(d)")}
_PROBE: Final = "probe.typ"

# what a template may be made of; other files beside it, such as finished forms, are left alone
_TEXTS: Final = (".typ", ".json", ".toml", ".csv", ".txt")
_PICTURES: Final = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
_FONTS: Final = (".ttf", ".otf", ".ttc")
_LARGEST: Final = 20 * 1024 * 1024
_UNUSUAL: Final = re.compile("[^ -~\u00a0-\u017f\u200b\u2010-\u2015\u2018-\u201f\u2026]")
_PLACE: Final = re.compile(r"┌─ (?P<path>.+):(?P<line>\d+):(?P<column>\d+)\n")


@dataclass(frozen=True, slots=True)
class Job:
    """One document: a kind, and what stands on its form, or on each of its forms.

    Title, author and time (in seconds, of the Unix epoch) are what a PDF says of itself.
    """

    kind: str
    title: str
    author: str
    forms: Sequence[Mapping[str, Any]]
    timestamp: int


@contextmanager
def typesetter(configuration: Path) -> Iterator["Typesetter"]:
    """Templates, laid out for as long as the block lasts.

    Raises `PlaceNotWritable` when there is no room for them.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix="esignctl-")
    except OSError as error:
        raise PlaceNotWritable(file=tempfile.gettempdir(), problem=system.in_words(error)) from None
    with folder as name:
        root = Path(name).resolve()
        try:
            origins = _lay_out(root, configuration.parent)
        except OSError as error:
            raise PlaceNotWritable(file=root.name, problem=system.in_words(error)) from None
        yield Typesetter(root, origins)


def _lay_out(root: Path, beside: Path) -> dict[str, str]:
    """Copy the templates into `root`; returns where each of the institution's own came from."""
    with resources.as_file(resources.files("esignctl.forms") / "templates") as built_in:
        for file in built_in.iterdir():
            shutil.copyfile(file, root / file.name)
    origins = {}
    for name in reversed(OVERRIDES):
        folder = beside / name
        for file in sorted(folder.rglob("*")):
            if not file.is_file() or file.suffix not in (*_TEXTS, *_PICTURES, *_FONTS):
                continue
            if file.stat().st_size > _LARGEST:
                continue
            place = root / file.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
            origins[place.relative_to(root).as_posix()] = file.relative_to(beside).as_posix()
    for kind in FORMS:
        (root / _main(kind)).write_text(_MAIN.format(kind=kind), encoding="utf-8")
    (root / _PROBE).write_text("#sys.inputs.text", encoding="utf-8")
    return origins


def _main(kind: str) -> str:
    return f"main-{kind}.typ"


@dataclass(slots=True)
class Typesetter:
    """Typst over one folder of templates.

    `origins` tells where the institution's own files stand, beside the configuration.
    """

    root: Path
    origins: Mapping[str, str]
    _compiler: Any = field(init=False)

    def __post_init__(self) -> None:
        from typst import Compiler, Fonts

        fonts = Fonts(include_system_fonts=False, font_paths=[self.root])
        self._compiler = Compiler(root=str(self.root), font_paths=fonts, ignore_system_fonts=True)

    def pdf(self, job: Job) -> bytes:
        """The document of a job. Raises `FormTemplateWrong`."""
        import typst

        # several processes share the folder
        data = self.root / f"data-{os.getpid()}.json"
        told = {"title": job.title, "author": job.author, "forms": list(job.forms)}
        data.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        try:
            made = self._compiler.compile(
                input=str(self.root / _main(job.kind)),
                format="pdf",
                pdf_standards=list(STANDARDS),
                timestamp=job.timestamp,
                # not the data itself: with other inputs Typst reads the templates anew
                sys_inputs={"data": data.name},
            )
        except typst.TypstError as error:
            raise self._wrong(job.kind, error) from None
        assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file
        return made

    def alone(self, template: str, inputs: Mapping[str, str], timestamp: int) -> bytes:
        """A template by itself, for a part of another document: archivable, without tags.

        Raises `FormTemplateWrong`.
        """
        import typst

        try:
            made = self._compiler.compile(
                input=str(self.root / f"{template}.typ"),
                format="pdf",
                pdf_standards=list(STANDARDS[:1]),
                pdf_tags=False,
                timestamp=timestamp,
                sys_inputs=dict(inputs),
            )
        except typst.TypstError as error:
            raise self._wrong(template, error) from None
        assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file
        return made

    def undisplayable(self, text: Iterable[str]) -> set[str]:
        """Those of the characters in `text` that no font can show."""
        import typst

        unknown = set()
        for character in sorted({c for line in text for c in _UNUSUAL.findall(line)}):
            try:
                self._compiler.compile(
                    input=str(self.root / _PROBE),
                    format="pdf",
                    pdf_standards=list(STANDARDS[:1]),
                    sys_inputs={"text": character},
                )
            except typst.TypstError:
                unknown.add(character)
        return unknown

    def _wrong(self, kind: str, error: Any) -> FormTemplateWrong:
        """What Typst complains of, with the file and line of the template."""
        # what a template panics with may be anything that stands on the form
        problem = str(error.message).split("panicked with:")[0].strip() or "panic"
        problem = problem.replace(str(self.root) + os.sep, "").replace(str(self.root), "")
        if error.hints:
            problem = f"{problem} ({'; '.join(error.hints)})"
        file, line = f"{kind}.typ", 1
        if found := _PLACE.search(error.diagnostic):
            file, line = Path(found["path"]).name, int(found["line"])
            with contextlib.suppress(ValueError):
                file = (Path.cwd() / found["path"]).resolve().relative_to(self.root).as_posix()
        if file == _main(kind):
            file, needed = _NEEDED.get(line, ("{kind}.typ", "form(d)"))
            file, line = file.format(kind=kind), 1
            problem = _("it does not define {what} ({problem})").format(
                what=needed, problem=problem
            )
        shown = self.origins.get(file) or _("{file} (built in)").format(file=file)
        return FormTemplateWrong(file=shown, line=line, problem=problem)
