"""Every error that a user can meet: code, exit code, what happened, what to do.

A class is one situation. ``message`` and ``remedy`` are templates in English that are translated
and filled when the error is shown, so that the language may be chosen late. The fields name files,
sheets, rows, columns and keys; personal data never stands in them.
"""

from enum import IntEnum
from typing import ClassVar

from esignctl.i18n import N_, _
from esignctl.text import tckn


class ExitCode(IntEnum):
    """What the process ends with; fixed for scripts and monitoring."""

    OK = 0
    ATTENTION = 1
    USAGE = 2
    DECLINED = 3
    REJECTED = 4
    ENVIRONMENT = 5
    REGISTRY = 6
    FAULT = 70
    INTERRUPTED = 130


class EsignctlError(Exception):
    """The root of all errors with a code, a message and a remedy."""

    code: ClassVar[str]
    exit_code: ClassVar[ExitCode]
    message: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, **fields: object) -> None:
        super().__init__()
        self.fields = fields

    def __str__(self) -> str:
        # what a user typed or named a file may hold a personal number
        return tckn.mask_bare(_(self.message).format(**self.fields))

    @property
    def advice(self) -> str:
        """What the reader can do about it, in the active language."""
        return tckn.mask_bare(_(self.remedy).format(**self.fields))


# ---- wrong usage (exit 2)


class UsageError(EsignctlError):
    """The command line cannot be understood or asks for something that does not exist."""

    code = "USAGE"
    exit_code = ExitCode.USAGE
    message = N_("{problem}")
    remedy = N_("See '{command} --help'.")


class NotFound(UsageError):
    """The command names a person, application or movement that the registry does not know."""

    code = "NOT-FOUND"
    message = N_("The registry holds no {what} {name!r}.")
    remedy = N_("Look it up with '{lookup}'.")


class PersonAmbiguous(UsageError):
    """A name on the command line fits several people."""

    code = "PERSON-AMBIGUOUS"
    message = N_("{count} people fit that name.")
    remedy = N_("Use the registry id instead: {ids} (see 'esignctl person list').")


class ConfirmationNeeded(UsageError):
    """A command would ask, but there is no terminal to ask on."""

    code = "CONFIRMATION-NEEDED"
    message = N_("This command asks before it acts, and there is no terminal to ask on.")
    remedy = N_("Run it with {flag} if you are sure.")


class AmountUnusable(UsageError):
    """What stands for an amount on the command line is none that can be posted."""

    code = "AMOUNT-UNUSABLE"
    message = N_("{text} is no amount that can be posted.")
    remedy = N_("Write it behind the application, such as 2021-10413=218,30.")


class ApplicationNotNamed(UsageError):
    """A movement shall be accepted, but nothing says for which application."""

    code = "APPLICATION-NOT-NAMED"
    message = N_("No application is named for movement {movement}.")
    remedy = N_("Write 'esignctl payments accept {movement} APPLICATION'.")


class ApplicationNamedTwice(UsageError):
    """The same application stands twice on the command line."""

    code = "APPLICATION-NAMED-TWICE"
    message = N_("The same application is named twice for movement {movement}.")
    remedy = N_("Name it once, with the sum.")


class ReasonMissing(UsageError):
    """A movement shall be dismissed without a word why."""

    code = "REASON-MISSING"
    message = N_("A dismissal needs a reason, and none is given for movement {movement}.")
    remedy = N_("Write it behind --reason, in quotes; the audit log keeps it.")


class WorkbookNameWrong(UsageError):
    """The workbook's name says that it is no Excel file, so Excel would refuse it."""

    code = "WORKBOOK-NAME"
    message = N_("{file} is no name for an Excel workbook.")
    remedy = N_("Give it a name that ends in .xlsx.")


class CodeUnknown(UsageError):
    """The code to explain is none of this program's."""

    code = "CODE-UNKNOWN"
    message = N_("There is no code {text}.")
    remedy = N_("Did you mean {nearest}? 'esignctl explain' lists all of them.")


class CardAmbiguous(UsageError):
    """Several cards could be meant."""

    code = "CARD-AMBIGUOUS"
    message = N_("Several cards with a PIN are plugged in, in these readers: {readers}.")
    remedy = N_("Name the reader with --reader, or take the other cards out.")


class PinInputMissing(UsageError):
    """Standard input does not hold the old and the new PIN."""

    code = "PIN-INPUT-MISSING"
    message = N_("Standard input must hold two lines, the old PIN and the new one.")
    remedy = N_("Give --pin-stdin exactly these two lines, or leave it out to be asked.")


class PinFinalTryRefused(UsageError):
    """One try is left, and nobody said that it may be used."""

    code = "PIN-FINAL-TRY-REFUSED"
    message = N_("Only one try is left: if the old PIN is wrong now, the card locks.")
    remedy = N_(
        "Who is certain of the old PIN adds --accept-final-try; anybody else sets a new one on"
        " KamuSM's page ('esignctl card pin unlock')."
    )


# ---- declined or cancelled (exit 3)


class Declined(EsignctlError):
    """The user said no at a prompt."""

    code = "DECLINED"
    exit_code = ExitCode.DECLINED
    message = N_("Declined; nothing was changed.")
    remedy = N_("Run the command again when you are ready.")


# ---- input rejected, nothing changed (exit 4)


class InputRejected(EsignctlError):
    """A file or value that cannot be taken; nothing was changed."""

    exit_code = ExitCode.REJECTED


class ConfigurationUnreadable(InputRejected):
    """The configuration is no TOML or cannot be opened."""

    code = "CONFIG-UNREADABLE"
    message = N_("{file} cannot be read as a configuration: {problem}.")
    remedy = N_("Correct the file, or write a fresh sample elsewhere with 'esignctl init'.")


class ConfigurationKeyUnknown(InputRejected):
    """The configuration has a key that means nothing."""

    code = "CONFIG-UNKNOWN-KEY"
    message = N_("{file}: the key '{key}' is unknown.")
    remedy = N_("Did you mean '{nearest}'? Correct or remove the key.")


class ConfigurationValueWrong(InputRejected):
    """The configuration has a value of the wrong type or form."""

    code = "CONFIG-WRONG-VALUE"
    message = N_("{file}: the value of '{key}' is not usable: {problem}.")
    remedy = N_("Write {expected}.")


class ConfigurationKeyMissing(InputRejected):
    """A command needs a value that the configuration does not have."""

    code = "CONFIG-MISSING-KEY"
    message = N_("The configuration has no '{key}', and this command needs it.")
    remedy = N_("Add '{key}' to {file} ('esignctl init' writes a commented sample).")


class FileExists(InputRejected):
    """A file that must not be overwritten is already there."""

    code = "FILE-EXISTS"
    message = N_("{file} exists already and was left as it is.")
    remedy = N_("Name another file, or move the old one away first.")


class FileMissing(InputRejected):
    """The command names a file that is not there."""

    code = "FILE-MISSING"
    message = N_("There is no file {file}.")
    remedy = N_("Check the name and the folder; nothing was changed.")


class FileNotOpened(InputRejected):
    """The file is there but cannot be opened: a folder, no permission, a device error."""

    code = "FILE-NOT-OPENED"
    message = N_("{file} cannot be opened: {problem}.")
    remedy = N_("Name a file that you may read; close it in other programs and check the disk.")


class FileEmpty(InputRejected):
    """A file of no bytes, or of nothing but blanks."""

    code = "FILE-EMPTY"
    message = N_("{file} is empty.")
    remedy = N_("Download or export it again.")


class NoTable(InputRejected):
    """The file is of a kind that holds no table of rows and columns."""

    code = "FILE-NO-TABLE"
    message = N_("{file} holds no table: it is {found}.")
    remedy = N_("Export the list as Excel (.xlsx) or CSV and name that file.")


class TableCutOff(InputRejected):
    """The end of the file is missing."""

    code = "FILE-CUT-OFF"
    message = N_("{file} is cut off: its end is missing, so rows may be missing too.")
    remedy = N_("Download or copy it again; nothing of it was taken.")


class TableDamaged(InputRejected):
    """The file is of a known kind but broken inside."""

    code = "FILE-DAMAGED"
    message = N_("{file} is damaged: {problem}.")
    remedy = N_("Download it again, or open it in Excel, save it as .xlsx and name that file.")


class TableEncrypted(InputRejected):
    """The file asks for a password."""

    code = "FILE-ENCRYPTED"
    message = N_("{file} is protected by a password.")
    remedy = N_("Open it in Excel, save it without a password and name that file.")


class TableTooLarge(InputRejected):
    """The file expands beyond what any real table needs."""

    code = "FILE-TOO-LARGE"
    message = N_("{file} is too large: {problem}.")
    remedy = N_("Export a shorter period, or make sure that the file is what it claims to be.")


class ValueRejected(InputRejected):
    """A value on the command line that cannot be taken."""

    code = "VALUE-REJECTED"
    message = N_("The value of {what} cannot be taken: {problem}.")
    remedy = N_("Correct it and run the command again; nothing was changed.")


class PersonKnown(InputRejected):
    """Somebody with this personal number is in the registry already."""

    code = "PERSON-KNOWN"
    message = N_("That personal number is registered already, as person {person}.")
    remedy = N_("Correct the details with 'esignctl person edit {person}'.")


class ApplicationKnown(InputRejected):
    """The number of a new application is in use."""

    code = "APPLICATION-KNOWN"
    message = N_("There is an application {number!r} already.")
    remedy = N_("Choose another number, or leave it out to get the next free one.")


class StageRejected(InputRejected):
    """An application cannot reach a stage, or not on that day."""

    code = "STAGE-REJECTED"
    message = N_("Application {number!r} cannot be taken to '{stage}': {problem}.")
    remedy = N_("See what it has reached with 'esignctl application show {number}'.")


class ColumnMissing(InputRejected):
    """A list lacks a column without which its rows mean nothing."""

    code = "COLUMN-MISSING"
    message = N_("{file}: no sheet has a header row with the column '{column}'.")
    remedy = N_("Give that column one of these headers: {accepted}.")


class StatementOfAnotherAccount(InputRejected):
    """A statement names another IBAN than the configured account."""

    code = "STATEMENT-OTHER-ACCOUNT"
    message = N_("{file} is a statement of {iban}, but the configured account is {ours}.")
    remedy = N_("Export the statement of the right account, or correct account.iban.")


class MovementDecided(InputRejected):
    """A movement was decided before, perhaps by somebody else a moment ago."""

    code = "MOVEMENT-DECIDED"
    message = N_("Movement {movement} does not wait for a decision: {decision}.")
    remedy = N_(
        "See 'esignctl payments explain {movement}'; 'esignctl payments undo {movement}' takes a"
        " posting or dismissal back."
    )


class MovementUndecided(InputRejected):
    """There is neither a posting nor a dismissal that could be taken back."""

    code = "MOVEMENT-UNDECIDED"
    message = N_("There is nothing to take back on movement {movement}: {decision}.")
    remedy = N_("Post it with 'esignctl payments accept {movement} APPLICATION' if it is ours.")


class ApplicationCancelled(InputRejected):
    """Money cannot be posted to a cancelled application."""

    code = "APPLICATION-CANCELLED"
    message = N_("Application {application} is cancelled, so nothing can be posted to it.")
    remedy = N_("Name another application, or dismiss the movement with the reason.")


class AmountsDoNotAddUp(InputRejected):
    """The amounts for the applications do not fit the movement."""

    code = "AMOUNTS-DO-NOT-ADD-UP"
    message = N_("The applications come to {sum} TL, but movement {movement} is of {amount} TL.")
    remedy = N_("Write what each one gets, such as '{example}'.")


class NothingOutstanding(InputRejected):
    """An application without an amount has no open fee from which the amount could be taken."""

    code = "NOTHING-OUTSTANDING"
    message = N_(
        "Nothing is outstanding for application {application}, so its amount must be written."
    )
    remedy = N_("Write what each one gets, such as '{example}'.")


class PaidLessThanGivenBack(InputRejected):
    """An application would give back more than was paid for it."""

    code = "PAID-LESS-THAN-GIVEN-BACK"
    message = N_(
        "{amount} TL cannot be taken from application {application}: {paid} TL stand posted to it."
    )
    remedy = N_(
        "See 'esignctl payments list --application {application}'; if the money was given back"
        " by another movement, undo that one first."
    )


class NotAStatement(InputRejected):
    """The file holds tables, but none of them is an account statement."""

    code = "STATEMENT-NOT-FOUND"
    message = N_(
        "{file} is no account statement: no sheet has columns of dates, descriptions and amounts."
    )
    remedy = N_(
        "Name the statement that the bank's internet branch exports; for an unusual bank, describe"
        " its header words in a [[layouts]] entry of the configuration."
    )


class StatementCellUnreadable(InputRejected):
    """A row that looks like a movement has a date or amount that cannot be read."""

    code = "STATEMENT-CELL-UNREADABLE"
    message = N_(
        "{file}, sheet {sheet}, row {row}, column {column}: the {what} of this movement cannot be"
        " read. Nothing of the file was taken."
    )
    remedy = N_(
        "Download the statement again; if the cell is wrong there too, correct it in a copy after"
        " asking the bank."
    )


class StatementContradiction(InputRejected):
    """Two cells of a movement disagree on whether money came or went."""

    code = "STATEMENT-CONTRADICTION"
    message = N_(
        "{file}, sheet {sheet}, row {row}, column {column}: whether this money came in or went out"
        " contradicts the rest of the row or of the sheet. Nothing of the file was taken."
    )
    remedy = N_("Download the statement again, and ask the bank if it says the same.")


class StatementForeignCurrency(InputRejected):
    """A movement that is not in Turkish lira."""

    code = "STATEMENT-CURRENCY"
    message = N_(
        "{file}, sheet {sheet}, row {row}, column {column}: this movement is not in Turkish lira."
    )
    remedy = N_("Export the statement of the lira account only.")


class StatementOfSeveralAccounts(InputRejected):
    """The sheets or parts of one file belong to different accounts."""

    code = "STATEMENT-SEVERAL-ACCOUNTS"
    message = N_("{file} names more than one account of its own (sheet {sheet}).")
    remedy = N_("Export each account into a file of its own.")


class PinTrivial(InputRejected):
    """The new PIN is too short, too long, or among the first that others would guess."""

    code = "PIN-TRIVIAL"
    message = N_("The new PIN cannot be taken: {problem}.")
    remedy = N_("Choose another one. The card was not asked, so no try was used.")


class PinNotRepeated(InputRejected):
    """The new PIN was typed differently the second time."""

    code = "PIN-NOT-REPEATED"
    message = N_("The new PIN and its repetition are not the same; nothing was changed.")
    remedy = N_("Run the command again. The card was not asked, so no try was used.")


class PinWrong(InputRejected):
    """The card found the old PIN wrong, which used up a try."""

    code = "PIN-WRONG"
    message = N_("The old PIN is wrong; it was not changed. {tries}")
    remedy = N_(
        "Do not guess: who is not sure of the PIN sets a new one on KamuSM's page ('esignctl card"
        " pin unlock')."
    )


class PinRefusedByCard(InputRejected):
    """The card's own rules forbid the new PIN."""

    code = "PIN-REFUSED-BY-CARD"
    message = N_("The card does not take the new PIN ({problem}); the old one holds.")
    remedy = N_("Choose another one, of digits only; most cards take nothing else.")


# ---- the environment is missing something (exit 5)


class EnvironmentMissing(EsignctlError):
    """A service, device, module or place that the command needs is not there."""

    exit_code = ExitCode.ENVIRONMENT


class PlaceNotWritable(EnvironmentMissing):
    """An output file or folder cannot be written."""

    code = "PLACE-NOT-WRITABLE"
    message = N_("{file} cannot be written: {problem}.")
    remedy = N_("Choose another place, or correct its permissions or free space.")


class CardHeld(EnvironmentMissing):
    """Another program uses the card, so it cannot be had alone."""

    code = "CARD-HELD"
    message = N_("Another program uses the card in {reader}; nothing was changed.")
    remedy = N_("Close programs that sign or show the card, then run the command again.")


class PinChangeLocked(EnvironmentMissing):
    """A locked PIN cannot be changed."""

    code = "PIN-CHANGE-LOCKED"
    message = N_("The PIN of this card is locked, so it cannot be changed here.")
    remedy = N_(
        "Unlock it as 'esignctl card pin unlock' shows. Never try the PUK: three wrong PUKs destroy"
        " the card."
    )


class PinChangeNotSet(EnvironmentMissing):
    """The card has no PIN that could be changed."""

    code = "PIN-CHANGE-NOT-SET"
    message = N_("The card has no PIN yet, so there is none to change.")
    remedy = N_("Create it on KamuSM's page, as 'esignctl card pin unlock' shows.")


class PinPad(EnvironmentMissing):
    """The PIN is typed on the reader's keys only."""

    code = "PIN-PAD"
    message = N_("This PIN is typed on the keys of the reader {reader} and cannot be given here.")
    remedy = N_("Change it in AKİA, the program that comes with the card, or use a plain reader.")


class PinChangeFailed(EnvironmentMissing):
    """The module refused or failed before the card was asked to change anything."""

    code = "PIN-CHANGE-FAILED"
    message = N_("The PIN could not be changed ({problem}); the old one holds.")
    remedy = N_("See what 'esignctl card status' tells about the card and its module.")


class PinChangeUncertain(EnvironmentMissing):
    """The card was asked to change its PIN, and no answer came."""

    code = "PIN-CHANGE-UNCERTAIN"
    message = N_("No answer came while the PIN was being changed ({problem}): it may have changed.")
    remedy = N_(
        "Look at the tries left with 'esignctl card status', then use the new PIN once; if it is"
        " wrong, the old one holds. Do not try more than these two."
    )


class PinNotVerified(EnvironmentMissing):
    """The PIN was changed, but a fresh login with the new one failed."""

    code = "PIN-NOT-VERIFIED"
    message = N_("The card said that the PIN was changed, but a login with it failed ({problem}).")
    remedy = N_(
        "Take the card out and put it in again, look at it with 'esignctl card status', and use the"
        " new PIN once before anything else."
    )


class CardNotRead(EnvironmentMissing):
    """A command needs a card that can be read, and there is none."""

    code = "CARD-NOT-READ"
    message = N_("No card can be read. {problem}")
    remedy = N_("{remedy} 'esignctl card status' shows everything that was seen.")


# ---- registry trouble (exit 6)


class RegistryTrouble(EsignctlError):
    """The registry cannot be used as it is; nothing was changed."""

    exit_code = ExitCode.REGISTRY


class RegistryNewer(RegistryTrouble):
    """The registry was written by a later version, whose tables this one does not know."""

    code = "REGISTRY-NEWER"
    message = N_(
        "The registry {file} was written by a newer esignctl (its schema is {found}; this program"
        " knows up to {known})."
    )
    remedy = N_("Install the newest esignctl on this computer; the registry was left as it is.")


class RegistryDamaged(RegistryTrouble):
    """The file is no database any more: overwritten, cut off or broken inside."""

    code = "REGISTRY-DAMAGED"
    message = N_("The registry {file} is damaged and cannot be used.")
    remedy = N_(
        "Keep the file, put the latest backup in its place, and check that with 'esignctl registry"
        " verify'."
    )


class RegistryEmpty(RegistryTrouble):
    """A file of no bytes stands where the registry should be."""

    code = "REGISTRY-EMPTY"
    message = N_("The registry {file} is an empty file; what it held, if anything, is lost.")
    remedy = N_(
        "Put the latest backup in its place; if there never was a registry, delete the empty file"
        " and a new registry is made at first use."
    )


class RegistryForeign(RegistryTrouble):
    """The file is a database of some other program."""

    code = "REGISTRY-FOREIGN"
    message = N_("{file} is a database, but not a registry of esignctl.")
    remedy = N_("Name the registry with --registry or ESIGNCTL_REGISTRY.")


class RegistryReadOnly(RegistryTrouble):
    """The file or its folder may not be written."""

    code = "REGISTRY-READ-ONLY"
    message = N_("The registry {file} cannot be written: the file or its folder is read-only.")
    remedy = N_("Give the user who runs esignctl the right to write the file and its folder.")


class RegistryDiskFull(RegistryTrouble):
    """There is no room to write."""

    code = "REGISTRY-DISK-FULL"
    message = N_("There is no room on the disk of the registry {file}; nothing was changed.")
    remedy = N_("Free some space on that disk, then run the command again.")


class RegistryLocked(RegistryTrouble):
    """Another program has been writing for longer than we wait."""

    code = "REGISTRY-LOCKED"
    message = N_(
        "Another program has kept the registry {file} busy for {seconds} seconds; nothing was"
        " changed."
    )
    remedy = N_("Wait until the other command has ended, then run this one again.")


class RegistryUnreachable(RegistryTrouble):
    """The file cannot be opened, made or read where it lies."""

    code = "REGISTRY-UNREACHABLE"
    message = N_("The registry {file} cannot be opened or read: {problem}.")
    remedy = N_(
        "Check the path, its folder and the disk; the registry belongs on a local disk, not on a"
        " network share."
    )


# ---- a fault in the program (exit 70)


class Fault(EsignctlError):
    """Something that the program did not foresee. Shows where, never with which data."""

    code = "FAULT"
    exit_code = ExitCode.FAULT
    message = N_("A fault in esignctl {version}: {kind} at {place}. Nothing is half-done.")
    remedy = N_(
        "Report this line to the maintainers with the command you ran; it holds no personal data."
    )


class Interrupted(EsignctlError):
    """Ctrl-C or a request to end."""

    code = "INTERRUPTED"
    exit_code = ExitCode.INTERRUPTED
    message = N_("Interrupted; nothing is half-done.")
    remedy = N_("Run the command again to complete the work.")
