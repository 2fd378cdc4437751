"""What a computer needs to read a card."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "DRIVER-SERVICE": Explanation(
        N_(
            "Every reader is reached through the system's smart card service, and this computer"
            " has none. On Linux it is the package pcscd."
        ),
        N_("Install the package that 'esignctl card drivers' names."),
    ),
    "DRIVER-STOPPED": Explanation(
        N_(
            "The smart card service is installed but does not run. Windows starts it when a"
            " reader is plugged in, Linux when a program asks for it, unless that was switched"
            " off."
        ),
        N_("Start it with the command that 'esignctl card drivers' names, as an administrator."),
    ),
    "DRIVER-READER": Explanation(
        N_(
            "A reader is plugged in, but the service does not see it: its driver is missing, or"
            " was installed for another version of the system."
        ),
        N_(
            "Install the driver that 'esignctl card drivers' names, then unplug the reader and"
            " plug it in again."
        ),
    ),
}
