"""Making forms: what is missing is told first, all files appear together, and the log knows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from esignctl.forms import choosing, listing, missing, naming, presses, writing
from esignctl.forms.choosing import Choice, Wanted
from esignctl.forms.content import Subject, document, plain
from esignctl.forms.kinds import Form
from esignctl.forms.typesetting import UNKNOWN, Job, Typesetter, typesetter
from esignctl.forms.writing import Batch
from esignctl.registry import Registry, Transaction
from esignctl.registry.audit import FORM_MADE
from esignctl.registry.people import DETAILS
from esignctl.settings import Settings
from esignctl.text.folding import upper_tr

Progress = Callable[[], None]
"""Called each time that a form is done."""


@dataclass(frozen=True, slots=True)
class Order:
    """What forms to make, and where to: a file or folder, the current one without `output`.

    `on` is the day that stands on them. `merged` puts all of them into one file; `force` writes
    over files that are there.
    """

    wanted: Wanted
    output: Path | None
    on: date
    merged: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """Forms that were made, and the file of each; the same one for all when they were merged.

    `workbook` is the list of a cover letter; `unknown` are characters that no font has.
    """

    form: Form
    subjects: Sequence[Subject]
    files: Sequence[Path]
    left_out: Mapping[str, int]
    workbook: Path | None = None
    unknown: frozenset[str] = frozenset()


def choose(registry: Registry, wanted: Wanted, settings: Settings) -> Choice:
    """What the forms will be about; everything that they cannot do without is there.

    Raises `ConfigurationKeyMissing`, `FormDataMissing` and what `choosing` raises.
    """
    missing.check_keys(wanted.form, settings)
    with registry.read() as connection:
        choice = choosing.choose(connection, wanted, settings.fees)
    missing.check_fees(wanted.form, choice.subjects, settings)
    return choice


def make(
    registry: Registry,
    choice: Choice,
    order: Order,
    settings: Settings,
    command: str,
    progress: Progress = lambda: None,
) -> Made:
    """Make the forms of a choice; all files appear together, or none does.

    Forms disclose personal data in full, so that each one leaves an audit row. Raises
    `FormTemplateWrong`, `FormFileExists`, `PlaceNotWritable` and `UsageError`.
    """
    form, subjects = order.wanted.form, choice.subjects
    if not subjects:
        return Made(form, (), (), choice.left_out)
    names = naming.names(form.kind, subjects, order.on)
    if order.merged and len(subjects) > 1:
        names = [naming.merged_name(form.kind, order.on)]
    files = writing.places(order.output, names, command)
    workbook = files[0].with_suffix(".xlsx") if form.about == "applicants" else None
    with (
        typesetter(settings.path) as press,
        writing.together([*files, *([workbook] if workbook else [])], force=order.force) as batch,
    ):
        unknown = press.undisplayable(_texts(subjects, settings))
        desk = _Desk(press, batch, order, settings, {ord(each): UNKNOWN for each in unknown})
        if len(files) == 1:
            desk.one_file(subjects, files[0], progress)
        else:
            desk.many_files(subjects, files, progress)
        if workbook:
            listing.write(batch.place(workbook), subjects[0].applicants, order.on)
        with registry.write(command) as transaction:
            for subject in subjects:
                _record(transaction, form, subject)
            batch.publish()
    if len(files) == 1:
        files *= len(subjects)
    return Made(form, subjects, files, choice.left_out, workbook, frozenset(unknown))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Typesets and writes; `replacements` are for characters that no font has."""

    press: Typesetter
    batch: Batch
    order: Order
    settings: Settings
    replacements: Mapping[int, str]

    def one_file(self, subjects: Sequence[Subject], file: Path, progress: Progress) -> None:
        forms = []
        for subject in subjects:
            forms.append(self.document(subject))
            progress()
        self.batch.write(file, self.press.pdf(self.job(subjects, forms)))

    def many_files(
        self, subjects: Sequence[Subject], files: Sequence[Path], progress: Progress
    ) -> None:
        jobs = (self.job([subject], [self.document(subject)]) for subject in subjects)
        documents = presses.each(self.press, jobs, len(subjects))
        for file, made in zip(files, documents, strict=True):
            self.batch.write(file, made)
            progress()

    def document(self, subject: Subject) -> Any:
        whole = document(self.order.wanted.form, subject, self.settings, self.order.on)
        return _replaced(whole, self.replacements) if self.replacements else whole

    def job(self, subjects: Sequence[Subject], forms: Sequence[Any]) -> Job:
        form, only = self.order.wanted.form, subjects[0] if len(subjects) == 1 else None
        title = form.title
        if only and only.standing:
            title = f"{title} - {plain(only.standing.application.number)}"
        midnight = datetime.combine(self.order.on, time(), UTC)
        return Job(
            form.kind,
            title,
            plain(self.settings.institution.name),
            forms,
            int(midnight.timestamp()),
        )


def _record(transaction: Transaction, form: Form, subject: Subject) -> None:
    if subject.applicants:
        for one in subject.applicants:
            _record(transaction, form, Subject(one.person, one))
        return
    if subject.person is None:
        transaction.record(FORM_MADE, "registry", {"form": form.kind})
        return
    about = f"person {subject.person.id}"
    if subject.standing:
        about = f"application {subject.standing.application.number}"
    transaction.record(FORM_MADE, about, {"form": form.kind, "person": subject.person.id})


def _texts(subjects: Iterable[Subject], settings: Settings) -> Iterator[str]:
    """Everything of other people's making that may come to stand on a form."""
    for subject in subjects:
        for one in subject.applicants:
            yield from _texts([Subject(one.person, one)], settings)
        if subject.standing:
            yield subject.standing.application.number
        if subject.person:
            for name in DETAILS:
                yield from _both_cases(getattr(subject.person, name))
    for section in (settings.institution, settings.account):
        for name in (field.name for field in fields(section)):
            yield from _both_cases(getattr(section, name) or "")


def _both_cases(text: str) -> Iterator[str]:
    shown = plain(text)
    yield shown
    yield upper_tr(shown)


def _replaced(value: Any, replacements: Mapping[int, str]) -> Any:
    """A document in which no text holds a character that cannot be shown."""
    if isinstance(value, str):
        return value.translate(replacements)
    if isinstance(value, dict):
        return {name: _replaced(each, replacements) for name, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, replacements) for each in value]
    return value
