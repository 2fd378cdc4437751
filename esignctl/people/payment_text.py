"""What an applicant is to type as the description of a bank transfer."""

from esignctl.registry.people import Person
from esignctl.text import reference
from esignctl.text.folding import upper_tr

_PURPOSES = {
    "first": "E-İMZA İLK BAŞVURU ÜCRETİ",
    "renewal": "E-İMZA YENİLEME BAŞVURU ÜCRETİ",
    "replacement": "E-İMZA KAYIP ÇALINTI BAŞVURU ÜCRETİ",
}


def payment_text(person: Person, kind: str, number: str | None = None) -> str:
    """The exact description for an application of ``kind``; Turkish, whatever the language.

    Reference code, name, personal number and purpose, in that order, because banks cut at the end
    (the procedure asks for the last three). Without an application's number there is no code.
    """
    parts = [upper_tr(person.name), person.tckn, _PURPOSES[kind]]
    return " ".join(([reference.code(number)] if number else []) + parts)
