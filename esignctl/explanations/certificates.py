"""Certificates in files, in lists and in the registry."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "CERTIFICATE-AMBIGUOUS": Explanation(
        N_(
            "A certificate may be named by the beginning of its fingerprint or by its serial"
            " number, as long as only one fits. Here several do."
        ),
        N_("Copy more digits of the fingerprint from 'esignctl cert list --json'."),
    ),
}
