"""Service, readers, cards, modules and certificates."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "CARD-EXTRA-MISSING": Explanation(
        N_(
            "esignctl reaches cards through two Python packages, pyscard and PyKCS11, and they"
            " are not installed. On Linux they are left out unless asked for, because pyscard"
            " must be compiled there."
        ),
    ),
    "CARD-NES-OR-IDENTITY": Explanation(
        N_(
            "The signature cards of recent years and the national identity card answer alike."
            " Only the certificates on the card tell which of the two it is."
        ),
        N_("Look at the print on the card; once the AKİS module works, its certificates tell."),
    ),
    "CARD-NOT-RECORDED": Explanation(
        N_(
            "Each reading of a card is kept in the registry, and this one could not be, because"
            " the registry is in trouble. What you see on the screen is complete all the same."
        ),
        N_(
            "Find out what is wrong with 'esignctl registry verify'; --no-record reads a card"
            " without keeping it."
        ),
    ),
    "CARD-SERVICE-ABSENT": Explanation(
        N_(
            "The system's smart card service does not run: SCardSvr on Windows, pcscd on Linux."
            " Windows ends it with the last reader; on Linux it may not be installed."
        ),
        N_(
            "Plug the reader in and start the service; 'esignctl card drivers' tells what is"
            " missing and how to install it."
        ),
    ),
    "CARD-ACCESS-DENIED": Explanation(
        N_(
            "The smart card service runs but refuses this user. New Linux systems let only the"
            " user at the screen use cards, not one who came over SSH or a scheduled task."
        ),
        N_(
            "Sign in at the computer itself, or let an administrator allow it in polkit"
            " (org.debian.pcsc-lite.access_pcsc and access_card)."
        ),
    ),
    "CARD-NO-READER": Explanation(
        N_(
            "The service runs, but it knows no reader: none is plugged in, its driver is"
            " missing, or the plug or port is faulty."
        ),
        N_(
            "Plug it into another port, without a hub; 'esignctl card drivers' tells whether its"
            " driver is missing. Then try another computer."
        ),
    ),
    "CARD-ABSENT": Explanation(
        N_(
            "The reader is there but senses no card: none is in it, or it is not pushed in all"
            " the way or lies the wrong way up."
        ),
        N_(
            "Push the card in, the chip first and facing the side that the reader shows, until"
            " it stops."
        ),
    ),
    "CARD-MUTE": Explanation(
        N_(
            "A card is in the reader but does not answer: it lies the wrong way up, its contacts"
            " are dirty, or it is broken."
        ),
        N_(
            "Turn it around, wipe its contacts with a dry cloth, try another reader. A card that"
            " is mute everywhere must be replaced."
        ),
    ),
    "CARD-BUSY": Explanation(
        N_(
            "Another program uses the card and lets nobody else in meanwhile, such as a signing"
            " program that waits for a PIN."
        ),
        N_(
            "Finish what you do in the other program, or close it; then try again. esignctl"
            " never ends another program."
        ),
    ),
    "CARD-UNKNOWN": Explanation(
        N_(
            "The card answers, but not as any AKİS card does: a bank card, a staff badge, or the"
            " card of another provider."
        ),
        N_(
            "Insert the card that KamuSM sent. For another provider's card install that"
            " provider's module and name it in the configuration under [card] modules."
        ),
    ),
    "MODULE-MISSING": Explanation(
        N_(
            "The card is read through a PKCS#11 module, a library that comes with the AKİS"
            " software, and none was found for this card."
        ),
        N_(
            "Install the AKİS software for this system; 'esignctl card drivers' names the right"
            " package and page."
        ),
    ),
    "MODULE-FAILED": Explanation(
        N_(
            "The module was found but does not work: it cannot be loaded, crashes, takes too"
            " long, or fails to read this card, which a module that is too old does."
        ),
        N_("Install the newest AKİS software over the old one and restart the computer."),
    ),
    "MODULE-BITNESS": Explanation(
        N_(
            "A 32-bit program cannot load a 64-bit module, nor the other way round, and the"
            " Python that runs esignctl and the module differ in this."
        ),
        N_("Install esignctl with a 64-bit Python, and the 64-bit AKİS software."),
    ),
    "PIN-LOW": Explanation(
        N_(
            "A wrong PIN was entered since the last right one. Three wrong ones in a row lock an"
            " AKİS card."
        ),
        N_(
            "Let the holder enter the right PIN once, with care: that resets the count. Who is"
            " not sure of it sets a new one: 'esignctl card pin unlock'."
        ),
    ),
    "PIN-FINAL-TRY": Explanation(
        N_("All tries but one are used up: one more wrong PIN locks the card."),
        N_(
            "Do not guess. Who is not sure of the PIN sets a new one on the web: 'esignctl card"
            " pin unlock' leads through it."
        ),
    ),
    "PIN-LOCKED": Explanation(
        N_(
            "Too many wrong PINs were entered in a row, so the card refuses every PIN now, the"
            " right one too."
        ),
        N_(
            "Unlock it on KamuSM's page, as 'esignctl card pin unlock' shows. Never try the PUK:"
            " three wrong PUKs destroy the card."
        ),
    ),
    "PIN-NOT-SET": Explanation(
        N_("The card has no PIN yet: it is new, or the certificate on it is not active yet."),
        N_("Create the PIN on KamuSM's page; 'esignctl card pin unlock' shows how."),
    ),
    "CERT-NONE": Explanation(
        N_(
            "The card can be read but holds no certificate: none was loaded yet, or it is no"
            " card for signatures, such as an identity card without one."
        ),
        N_("Check that it is the card that KamuSM sent; if it is, open it in AKİA and ask KamuSM."),
    ),
    "CERT-EXPIRED": Explanation(
        N_("The certificate's time is over. Signatures made with it now are not valid."),
        N_(
            "Apply for a renewal and sign the approval form by hand, since the old certificate"
            " can sign no more."
        ),
    ),
    "CERT-EXPIRING": Explanation(
        N_(
            "The certificate ends soon. As long as it is valid, its holder can sign the renewal"
            " with it, without paper."
        ),
        N_("Renew it on KamuSM's page before that day, with the e-signature."),
    ),
    "CERT-NOT-YET-VALID": Explanation(
        N_(
            "The certificate's time has not begun. A renewed certificate becomes active when the"
            " old one ends, and gets its PIN then."
        ),
        N_("Use the old card until that day. If the day is past, set the computer's clock right."),
    ),
    "CERT-NOT-QUALIFIED": Explanation(
        N_(
            "The certificate does not say that it is a qualified one, so signatures with it do"
            " not stand for a handwritten one: it is a seal, a test certificate, or one for other"
            " purposes."
        ),
        N_(
            "Check that the right card is in the reader; to sign documents, use the qualified"
            " certificate."
        ),
    ),
    "CERT-REVOKED": Explanation(
        N_(
            "The certificate was revoked or suspended, by its holder, the institution or KamuSM."
            " A revoked one can never be used again."
        ),
        N_("Ask the holder whether that was meant; if so, apply for a new one."),
    ),
    "CLOCK-WRONG": Explanation(
        N_(
            "The computer's clock shows a day that cannot be, so nothing about certificates'"
            " days can be trusted, and signing sites refuse it."
        ),
        N_(
            "Set date, time and time zone (Istanbul), and let the system synchronise them over"
            " the network."
        ),
    ),
    "REMOTE-SESSION": Explanation(
        N_(
            "You are working on this computer from elsewhere. Remote desktops hide the readers"
            " of the computer they run on, or replace them with those of the one you sit at."
        ),
        N_("Check and sign at the computer into which the reader is plugged."),
    ),
}
