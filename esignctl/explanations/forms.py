"""Forms and their templates."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "FORM-TEMPLATE-WRONG": Explanation(
        N_(
            "A form's template, the institution's own or a file that it uses, is no valid Typst, or"
            " asks for something that is not there. The file stands beside the configuration, in"
            " the folder 'templates' or 'forms'."
        ),
    ),
    "FORM-DATA-MISSING": Explanation(
        N_(
            "A payment slip without a price would be of no use, and the price list has none for the"
            " kind of application and the group named. All applications concerned are listed, and"
            " no form of the run was written."
        ),
        N_("Add a [[fees]] entry for the kind and group to the configuration, and run it again."),
    ),
    "FORM-NOTHING-OWED": Explanation(
        N_(
            "The application is paid, exempt or cancelled. A slip for it would ask for money that"
            " nobody owes."
        ),
        N_("See 'esignctl application show'; correct the group or the prices if they are wrong."),
    ),
    "FORM-NOBODY": Explanation(
        N_(
            "The person has no application that the form could be made for: none at all, or only"
            " such as are paid, exempt or cancelled."
        ),
        N_("Open an application first with 'esignctl application open'."),
    ),
    "FORM-LEFT-OUT": Explanation(
        N_(
            "With --all, forms are made where they make sense: slips for those who owe, renewals"
            " for renewals, nothing for the cancelled. The others are only counted."
        ),
    ),
    "FORM-CHARACTERS": Explanation(
        N_(
            "A name or address holds characters that none of the fonts can show, such as pictures."
            " An archivable PDF may not hold them, so a mark stands in their place."
        ),
    ),
    "FORM-CERTIFICATE-VALID": Explanation(
        N_(
            "The approval for wet signature is for certificates that have expired. This one has"
            " not, so its holder can sign the renewal electronically."
        ),
    ),
}
