"""What a computer needs to read a card."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "DRIVER-EXTRA": Explanation(
        N_(
            "esignctl reaches cards through two Python packages, pyscard and PyKCS11, and they"
            " are not installed. On Linux they are left out unless asked for, because pyscard"
            " must be compiled."
        ),
        N_(
            "Install esignctl with its card extra, esignctl[card]; on Debian, Ubuntu and Pardus"
            " first the packages libpcsclite-dev, gcc and python3-dev."
        ),
    ),
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
    "DRIVER-MODULE": Explanation(
        N_(
            "The card is read through a PKCS#11 module of the AKİS software, and it is at none"
            " of its usual places on this computer."
        ),
        N_(
            "Install the AKİS software from the page that 'esignctl card drivers' names. If it"
            " lies elsewhere, name it in the configuration under [card] modules."
        ),
    ),
    "DRIVER-BITNESS": Explanation(
        N_(
            "The module that is installed was made for another kind of program than this one: 32"
            " instead of 64 bits, or another processor."
        ),
        N_(
            "Install the AKİS software for the bits and processor that 'esignctl card drivers'"
            " names."
        ),
    ),
    "DRIVER-OUTDATED": Explanation(
        N_(
            "The module loads or fails, but does not read the card that is plugged in. Cards are"
            " newer than many an installed module; AKİS 2 cards need a module of their time."
        ),
        N_("Install the newest AKİS software over the old one and restart the computer."),
    ),
}
