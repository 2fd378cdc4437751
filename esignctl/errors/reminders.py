"""Errors of telling holders that their certificates end."""

from esignctl.errors.base import EnvironmentMissing, InputRejected
from esignctl.i18n import N_


class MailServerUnreachable(EnvironmentMissing):
    """The mail server takes nothing: no connection, no log-in, or no mail of this sender."""

    code = "MAIL-SERVER-UNREACHABLE"
    message = N_("The mail server {host} takes no mail: {problem}. Nothing counts as tried.")
    remedy = N_(
        "Check host, port, security, username, password_file and sender under [smtp], and whether"
        " this computer may reach the server; the next run tries at once."
    )


class ReminderTemplateWrong(InputRejected):
    """A template of reminders cannot be filled."""

    code = "REMINDER-TEMPLATE-WRONG"
    message = N_("The template {file} is wrong in line {line}: {problem}.")
    remedy = N_(
        "Correct the file in templates/reminders beside the configuration, or take it away: then"
        " the built-in one holds."
    )


class SchedulerFailed(EnvironmentMissing):
    """The computer's scheduler did not take the job, or is not there."""

    code = "SCHEDULER-FAILED"
    message = N_("{scheduler} did not do what was asked ({problem}).")
    remedy = N_(
        "Choose another one with --for, or print it without --install and have an administrator put"
        " it in place."
    )


class SmsGatewayUnreachable(EnvironmentMissing):
    """The gateway takes no text message."""

    code = "SMS-GATEWAY-UNREACHABLE"
    message = N_("The SMS gateway takes no message: {problem}. Nothing counts as tried.")
    remedy = N_(
        "Check url, username and password_file under [sms], and whether this computer may reach the"
        " gateway; the next run tries at once."
    )


class WebhookFailed(EnvironmentMissing):
    """The team's chat took no digest."""

    code = "WEBHOOK-FAILED"
    message = N_("The digest did not reach the addresses in the file of reminders.webhook_file.")
    remedy = N_(
        "Write one address of Apprise on each line, such as mailto://, msteams:// or json://, and"
        " check that this computer may reach it."
    )
