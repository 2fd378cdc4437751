"""What reminders say: templates that the institution may replace.

Each language has its folder of templates in the package; files of the same place and name in
``templates/reminders`` beside the configuration take precedence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from esignctl.errors import ReminderTemplateWrong
from esignctl.reminders.notice import Notice
from esignctl.text import dates

if TYPE_CHECKING:
    from jinja2 import Environment, Template

OVERRIDES: Final = Path("templates") / "reminders"


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail in its two forms."""

    subject: str
    plain: str
    html: str


@dataclass(slots=True)
class Texts:
    """The templates beside a configuration file, loaded when first used."""

    configuration: Path
    _loaded: dict[str, "Template"] = field(default_factory=dict)
    _environment: "Environment | None" = field(default=None)

    def mail(self, notice: Notice, language: str) -> MailText:
        """The mail to a holder. Raises `ReminderTemplateWrong`."""
        values = _values(notice, language)
        subject = " ".join(self._filled(f"{language}/mail.subject.txt", values).split())
        return MailText(
            subject,
            self._filled(f"{language}/mail.txt", values).strip() + "\n",
            self._filled(f"{language}/mail.html", {**values, "subject": subject}),
        )

    def sms(self, notice: Notice, language: str) -> str:
        """The text message to a holder, on one line. Raises `ReminderTemplateWrong`."""
        return " ".join(self._filled(f"{language}/sms.txt", _values(notice, language)).split())

    def _filled(self, name: str, values: Mapping[str, object]) -> str:
        import jinja2

        try:
            return self._template(name).render(values)
        except jinja2.TemplateSyntaxError as error:
            raise ReminderTemplateWrong(
                file=name, line=error.lineno, problem=error.message or ""
            ) from None
        except (
            jinja2.TemplateError,
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            OSError,
            RecursionError,
        ) as error:
            # what else it says may hold what stands in the message
            raise ReminderTemplateWrong(
                file=name, line=_line(error, name), problem=_problem(error)
            ) from None

    def _template(self, name: str) -> "Template":
        """A template, kept: to look for it takes as long as to fill it."""
        if name not in self._loaded:
            if self._environment is None:
                from esignctl.reminders import sandbox

                self._environment = sandbox.environment(self.configuration.parent / OVERRIDES)
            template = self._environment.get_template(name)
            # Jinja's own mapping of mappings is copied item by item, each time
            template.globals = dict(template.globals)
            self._loaded[name] = template
        return self._loaded[name]


def _values(notice: Notice, language: str) -> dict[str, object]:
    """What stands in a template beside the institution's own words."""
    last_day = notice.not_after.astimezone(dates.ISTANBUL).date()
    return {
        "notice": notice,
        "last_day": f"{last_day:%d.%m.%Y}" if language == "tr" else last_day.isoformat(),
        "language": language,
    }


def _line(error: Exception, name: str) -> int:
    """The line of the template that was being filled."""
    found, place = 1, error.__traceback__
    while place is not None:
        if place.tb_frame.f_code.co_filename.replace("\\", "/").endswith(name):
            found = place.tb_lineno
        place = place.tb_next
    return found


def _problem(error: Exception) -> str:
    import jinja2

    if isinstance(error, jinja2.UndefinedError):
        return str(error.message)
    return type(error).__name__
