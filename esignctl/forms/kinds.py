"""The kinds of forms, and what each one is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from esignctl.i18n import N_

OVERRIDES: Final = ("templates", "forms")
"""The folders beside the configuration in which an institution's own templates are looked for."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `about` is whose data fills it; forms about a person need no application.

    `title` stands on the paper and is Turkish whatever the language; `summary` is for the list.
    """

    kind: str
    about: Literal["application", "person", "applicants"]
    title: str
    summary: str


FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        form.kind: form
        for form in (
            Form(
                "payment-slip",
                "application",
                "Ödeme Bilgi Fişi",
                N_("What to pay, into which account, with which description"),
            ),
            Form(
                "application",
                "application",
                "E-İmza Başvuru Bilgi Formu",
                N_("What an application needs to be told"),
            ),
            Form(
                "renewal-wet-signature",
                "application",
                "Islak İmzalı Yenileme Onay Formu",
                N_("Approves a renewal by hand when the certificate has expired"),
            ),
            Form(
                "loss-report",
                "person",
                "Kayıp / Çalıntı Bildirimi ve İptal Talebi",
                N_("Reports a card lost or stolen and asks for its revocation"),
            ),
            Form(
                "pin-unlock-guide",
                "person",
                "PIN Kilidi Açma Kılavuzu",
                N_("Shows the holder how to unlock a PIN, step by step"),
            ),
            Form(
                "handover",
                "application",
                "Kart Teslim Tutanağı",
                N_("Records that a card was handed over"),
            ),
            Form(
                "refund-request",
                "application",
                "Ücret İade Talebi",
                N_("Asks for a payment to be given back"),
            ),
            Form(
                "cover-letter",
                "applicants",
                "Üst Yazı",
                N_("Sends applications to KamuSM, with the list of applicants"),
            ),
            Form(
                "privacy-notice",
                "person",
                "Kişisel Verilerin Korunması Aydınlatma Metni",
                N_("Tells people what is done with their data (KVKK)"),
            ),
        )
    }
)
"""Every form by its kind, in the order in which work needs them."""


def own_template(kind: str, configuration: Path) -> Path | None:
    """The institution's own template of a form, beside the configuration file; None without one."""
    for folder in OVERRIDES:
        place = configuration.parent / folder / f"{kind}.typ"
        if place.is_file():
            return place
    return None
