"""Findings of verifying certificates: chains, revocation, and whom that had to be asked."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
    "CHAIN-NO-ANCHOR": FindingText(
        "error",
        N_("Nothing is trusted yet, so the certificate {which} cannot be verified."),
        N_(
            "Download KamuSM's root certificate from depo.kamusm.gov.tr and add it: 'esignctl cert"
            " trust add FILE'."
        ),
    ),
    "CHAIN-UNTRUSTED": FindingText(
        "error",
        N_(
            "The certificate {which} leads to an authority that is not trusted: {authority}"
            " (SHA-256 {fingerprint})."
        ),
        N_(
            "If the authority is the right one, add its certificate with 'esignctl cert trust add"
            " FILE'; if nobody knows it, do not rely on the certificate."
        ),
    ),
    "CHAIN-ISSUER-MISSING": FindingText(
        "error",
        N_(
            "The certificate of {authority}, which should stand above the certificate {which}, was"
            " not found."
        ),
        N_(
            "Scan or name a file that holds it, add it with 'esignctl cert trust add FILE', or let"
            " the program fetch it from the network."
        ),
    ),
    "CHAIN-BROKEN": FindingText(
        "error",
        N_("The chain above the certificate {which} does not hold: {problem}."),
        N_("Do not rely on the certificate; ask its holder for the one that was issued."),
    ),
    "CHAIN-EXPIRED": FindingText(
        "error",
        N_("The certificate of {authority}, above the certificate {which}, ended on {last_day}."),
        N_(
            "Add the newer certificate of that authority if there is one, and check the computer's"
            " clock."
        ),
    ),
    "CHAIN-REVOKED": FindingText(
        "error",
        N_("The certificate of {authority}, above the certificate {which}, was revoked."),
        N_("Rely on nothing that this authority issued; ask KamuSM."),
    ),
    "CHAIN-UNDECIDED": FindingText(
        "error",
        N_("Nobody told whether the certificate of {authority}, above {which}, is revoked."),
        N_("See why below, and verify again when that is mended."),
    ),
    "CERT-REVOKED-SINCE": FindingText(
        "warning",
        N_("The certificate {which} was revoked later than the moment asked about{details}."),
        N_("It held at that moment; nothing signed with it since the revocation does."),
    ),
    "REVOCATION-UNDECIDED": FindingText(
        "error",
        N_("Nobody told whether the certificate {which} is revoked."),
        N_("See why below, and verify again when that is mended; until then do not rely on it."),
    ),
    "REVOCATION-NO-ADDRESS": FindingText(
        "warning",
        N_("The certificate {which} names no place that tells whether it is revoked."),
        N_("Ask its issuer; certificates of KamuSM name one."),
    ),
    "REVOCATION-NOT-CACHED": FindingText(
        "warning",
        N_("No list of revoked certificates was kept from {host}."),
        N_("Verify once without --offline, where there is a network; the list is kept then."),
    ),
    "REVOCATION-CACHED": FindingText(
        "info",
        N_("The list of {host} is the one fetched on {fetched} ({age}); it was made on {made}."),
        N_("Verify with a network to learn what was revoked since."),
    ),
    "REVOCATION-NOT-KNOWN": FindingText(
        "error",
        N_("The responder {host} does not know the certificate {which}."),
        N_(
            "A certificate that its issuer does not know may be forged. If it was issued today,"
            " verify again tomorrow; else ask KamuSM at 444 5 576."
        ),
    ),
    "REVOCATION-STALE": FindingText(
        "warning",
        N_("What {host} tells has been out of date since {until}."),
        N_("Verify again later. If it stays so, check the computer's clock and ask the issuer."),
    ),
    "REVOCATION-FROM-FUTURE": FindingText(
        "warning",
        N_("What {host} tells was made later than now, on {made}."),
        N_("Set the computer's date and time by the network, and verify again."),
    ),
    "REVOCATION-FORGED": FindingText(
        "warning",
        N_("What {host} tells is signed by somebody who may not speak for the issuer."),
        N_(
            "Somebody may be answering in the issuer's place: try another network, and tell those"
            " who look after this one."
        ),
    ),
    "REVOCATION-RESPONDER-EXPIRED": FindingText(
        "warning",
        N_("The responder {host} signs with a certificate that is not valid now."),
        N_("Check the computer's clock; if it is right, the issuer has to mend its responder."),
    ),
    "REVOCATION-UNUSABLE": FindingText(
        "warning",
        N_("What {host} sent cannot be used: {problem}."),
        N_(
            "Open the address in a browser at this computer: a page that asks to log in, or that"
            " blocks it, is of your own network. Let *.kamusm.gov.tr through it."
        ),
    ),
    "ISSUER-UNUSABLE": FindingText(
        "warning",
        N_("What {host} sent is not the certificate of the issuer."),
        N_(
            "Open the address in a browser at this computer: a page that asks to log in, or that"
            " blocks it, is of your own network. Let *.kamusm.gov.tr through it."
        ),
    ),
    "SERVER-NO-ANSWER": FindingText(
        "warning",
        N_("{host} did not answer: {problem}."),
        N_(
            "Let the firewall pass http to *.kamusm.gov.tr, and name a proxy in HTTP_PROXY if there"
            " is one; then verify again. Without a network use --offline."
        ),
    ),
    "CACHE-NOT-WRITTEN": FindingText(
        "warning",
        N_("The list that was fetched could not be kept in {folder}: {problem}."),
        N_("Give this user the right to write there, or free some space, for --offline to work."),
    ),
    "CERTS-UNSETTLED": FindingText(
        "error",
        N_("{count} certificates could not be settled ({outcomes})."),
        N_("See below what stood in the way, mend it, and run the command again."),
    ),
    "CERTS-LEFT": FindingText(
        "warning",
        N_("The time was used up before {count} certificates were verified."),
        N_("Run the command again with a larger --time-limit."),
    ),
    "TRUST-EXPIRED": FindingText(
        "info",
        N_("The trusted certificate of {authority} ended on {last_day}."),
        N_("It serves to verify old signatures; nothing new can hang on it."),
    ),
    "TRUST-NOT-CONFIRMED": FindingText(
        "warning",
        N_("The certificate of {authority} was not added: nobody confirmed its fingerprint."),
        N_(
            "Compare it with what its publisher states, and add it with --fingerprint. One that"
            " stands below a trusted one need not be added."
        ),
    ),
}
