"""The reason codes of decisions, in words. Codes are fixed; the words follow the language."""

from collections.abc import Sequence

from esignctl.i18n import N_, _

_EVIDENCE = {
    # what speaks for a person
    "CODE-EXACT": N_("the reference code of the application stands in the text"),
    "CODE-CORRECTED": N_("a reference code with one slip, which is then the application's"),
    "CODE-CUT": N_("the beginning of the application's reference code"),
    "NUMBER-EXACT": N_("the personal number of an applicant stands in the text"),
    "NUMBER-CORRECTED": N_("a number one slip away from an applicant's, whose name agrees"),
    "NUMBER-CUT": N_("the beginning of an applicant's number, whose name agrees"),
    "NUMBER-NEAR": N_("a number one slip away from an applicant's, with another name or none"),
    "NAME-FULL": N_("the whole name of an applicant stands in the text"),
    "NAME-PARTIAL": N_("a part or a misspelling of an applicant's name stands in the text"),
    "NAME-SENDER": N_("the sender has an applicant's name"),
    "LEARNED": N_("a person's earlier decision on such a payment says so"),
    "ON-BEHALF": N_("the text says that it is paid for somebody else"),
    # what the money says
    "PURPOSE": N_("the text speaks of an electronic signature"),
    "PRICE-DUE": N_("the amount is the fee that is due"),
    "PRICE-OTHER": N_("the amount is another published fee"),
    "PRICE-SUM": N_("the amount is the sum of the fees of the people named"),
    "DATE-FITS": N_("it was paid within a month of the application"),
}
_OBSTACLES = {
    # why a person must decide
    "CODE-CONTRADICTS": N_("the reference code is one person's, a name or number another's"),
    "NAME-CONTRADICTS": N_("the number is one person's and the name another's"),
    "NUMBER-CONTRADICTS": N_("a number in the text is not that of the person named"),
    "NUMBER-UNKNOWN": N_("a number in the text belongs to nobody in the registry"),
    "NAMESAKES": N_("several people bear this name"),
    "TIE": N_("two candidates are too close to choose between"),
    "IDENTITY-WEAK": N_("the text does not say with certainty who it is for"),
    "OTHER-WORDS": N_("the text holds words that nothing explains, and says no purpose"),
    "OTHER-NAME": N_("the text holds words that may be somebody else's name"),
    "PERSON-UNKNOWN": N_("nobody in the registry fits the text"),
    "NO-OPEN-APPLICATION": N_("the person has no open application"),
    "CODE-CANCELLED": N_("the application of this reference code is cancelled"),
    "NOTHING-DUE": N_("the person's application costs nothing"),
    "ALREADY-PAID": N_("the application has been paid for already"),
    "PAID-TWICE": N_("another movement of this file pays for the same application"),
    "PAID-LONG-BEFORE": N_("it was paid long before the application was opened"),
    "COUNT-CONTRADICTS": N_("the text speaks of more or fewer people than could be told"),
    "SEVERAL-APPLICATIONS": N_("the person has several open applications that it may be for"),
    "AMOUNT-UNEXPLAINED": N_("no published fee explains the amount"),
    "REVERSAL": N_("money goes back that was paid for an electronic signature"),
    # why it is not ours
    "OTHER-PURPOSE": N_("the text states another purpose"),
    "OUTGOING": N_("the money goes out"),
    "NO-SIGN": N_("neither text nor amount points to an electronic signature"),
    # what a person did
    "BY-PERSON": N_("a person decided it"),
    "TAKEN-BACK": N_("a person took an earlier decision back"),
    # imported before
    "KNOWN": N_("imported before, from this or another file"),
}
REASONS = _EVIDENCE | _OBSTACLES


def in_words(code: str) -> str:
    """The meaning of a reason code in the active language."""
    return _(REASONS[code])


def obstacles(codes: Sequence[str]) -> list[str]:
    """Those of ``codes`` that stand in the way of posting; all of them if none does."""
    return [code for code in codes if code in _OBSTACLES] or list(codes)
