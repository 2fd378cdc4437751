"""``esignctl payments learned``: what accepted payments taught, to be looked at and corrected."""

from typing import Annotated, Any

import typer

from esignctl.cli.frame import Command, group
from esignctl.cli.session import Session
from esignctl.errors import NotFound, UsageError, ValueRejected
from esignctl.i18n import _, ngettext
from esignctl.payments import teaching
from esignctl.people import find_person
from esignctl.registry import Connection, learning, people
from esignctl.registry.learning import Lesson
from esignctl.result import Block, Grid, Note, Result
from esignctl.text import dates

app = group(_("What accepted payments taught: who pays for whom."))

_LARGEST_ID = 2**63 - 1

LessonId = Annotated[
    int,
    typer.Argument(
        metavar=_("LESSON"),
        min=1,
        max=_LARGEST_ID,
        show_default=False,
        help=_("The lesson's number, as 'payments learned list' tells it."),
    ),
]
Who = Annotated[
    str | None,
    typer.Option(
        "--person",
        metavar=_("PERSON"),
        help=_("A personal number, a registry id, or a name that fits only one."),
    ),
]


@app.command("list", cls=Command, help=_("List what was learned."))
def list_lessons(context: typer.Context, person: Who = None) -> Result:
    """All lessons, or those about one person."""
    session = Session.of(context)
    with session.registry() as registry, registry.read() as connection:
        owner = find_person(connection, person).id if person is not None else None
        found = [each for each in learning.lessons(connection) if owner in (None, each.person_id)]
        count = ngettext("{count} lesson", "{count} lessons", len(found))
        return Result(
            {"learned": [as_json(session, connection, each) for each in found]},
            view=[
                *grid(session, connection, found),
                Note(
                    count.format(count=len(found)) + "."
                    if found
                    else _("Nothing was learned yet: 'esignctl payments accept' teaches.")
                ),
            ],
        )


@app.command("edit", cls=Command, help=_("Correct the words of a lesson, or whom they mean."))
def edit(
    context: typer.Context,
    lesson: LessonId,
    phrase: Annotated[
        str | None,
        typer.Option(
            "--phrase", metavar=_("TEXT"), help=_("The words that stand in descriptions.")
        ),
    ] = None,
    person: Who = None,
) -> Result:
    """From then on the lesson stays until it is removed, whatever becomes of the payment."""
    session = Session.of(context)
    if phrase is None and person is None:
        problem = _("Nothing is named that shall change: --phrase or --person.")
        raise UsageError(problem=problem, command=context.command_path)
    words = None if phrase is None else teaching.plain(phrase)
    if words is not None and not any(map(str.isalnum, words)):
        raise ValueRejected(what="--phrase", problem=_("it holds no words"))
    with session.registry() as registry:
        with registry.write(session.command) as transaction:
            connection = transaction.connection
            old = _find(connection, lesson)
            owner = old.person_id if person is None else find_person(connection, person).id
            words = old.phrase if words is None else words
            for other in learning.lessons(connection):
                same = (other.phrase, other.person_id) == (words, owner)
                if same and other.id != old.id:
                    problem = _("lesson {id} says the same").format(id=other.id)
                    raise ValueRejected(what=_("lesson"), problem=problem)
            learning.change(transaction, old, words, owner)
        with registry.read() as connection:
            return _one(session, connection, _find(connection, lesson))


@app.command("remove", cls=Command, help=_("Forget a lesson; what was posted stays posted."))
def remove(context: typer.Context, lesson: LessonId) -> Result:
    """The lesson is gone; an audit row says that there was one."""
    session = Session.of(context)
    with session.registry() as registry:
        with registry.write(session.command) as transaction:
            gone = _find(transaction.connection, lesson)
            learning.remove(transaction, gone)
        with registry.read() as connection:
            return Result(
                {"removed": as_json(session, connection, gone)},
                view=[Note(_("Lesson {id} is forgotten.").format(id=gone.id))],
            )


def as_json(session: Session, connection: Connection, lesson: Lesson) -> dict[str, Any]:
    """A lesson as JSON."""
    return {
        "id": lesson.id,
        "phrase": session.free_text(lesson.phrase),
        "kind": lesson.kind,
        "person": {"id": lesson.person_id, "name": _name(connection, lesson)},
        "learned_at": lesson.learned_at,
        "by_hand": lesson.by_hand,
        "movements": list(lesson.movements),
    }


def grid(session: Session, connection: Connection, lessons: list[Lesson]) -> list[Block]:
    """Lessons as a table; nothing where there are none."""
    if not lessons:
        return []
    return [
        Grid(
            (
                _("Lesson"),
                _("Words in the description"),
                _("What they are"),
                _("Pays for"),
                _("Learned"),
                _("Movements"),
            ),
            [
                (
                    str(each.id),
                    session.free_text(each.phrase),
                    _(teaching.KINDS[each.kind]),
                    _name(connection, each),
                    dates.show_moment(each.learned_at),
                    ", ".join(map(str, each.movements)) or _("by hand"),
                )
                for each in lessons
            ],
            right=frozenset({0}),
        )
    ]


def _one(session: Session, connection: Connection, lesson: Lesson) -> Result:
    return Result(as_json(session, connection, lesson), view=grid(session, connection, [lesson]))


def _find(connection: Connection, lesson_id: int) -> Lesson:
    found = learning.by_id(connection, lesson_id)
    if found is None:
        raise NotFound(
            what=_("lesson"), name=str(lesson_id), lookup="esignctl payments learned list"
        )
    return found


def _name(connection: Connection, lesson: Lesson) -> str:
    found = people.by_id(connection, lesson.person_id)
    return found.name if found else ""
