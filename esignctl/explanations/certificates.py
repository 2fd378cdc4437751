"""Certificates in files, in lists and in the registry."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "SCAN-UNREADABLE": Explanation(
        N_(
            "Some files could not be opened, are too large, keep their certificates behind a"
            " password, or should hold a certificate that is damaged. A scan goes on with the"
            " others."
        ),
        N_("Mend what the list names, or leave it; scan again."),
    ),
    "SCAN-STRANGERS": Explanation(
        N_(
            "A certificate names its holder's personal number, and nobody in the registry has it."
            " The certificate is kept all the same, and belongs to the person as soon as that"
            " number is registered."
        ),
    ),
    "CERTIFICATE-AMBIGUOUS": Explanation(
        N_(
            "A certificate may be named by the beginning of its fingerprint or by its serial"
            " number, as long as only one fits. Here several do."
        ),
        N_("Copy more digits of the fingerprint from 'esignctl cert list --json'."),
    ),
}
