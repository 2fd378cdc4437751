"""Chains of certificates, revocation, and whom that had to be asked."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

_OPEN_THE_NETWORK: Final = N_(
    "Let firewall and proxy pass http to *.kamusm.gov.tr. If the computer reaches the internet"
    " through a proxy, set HTTP_PROXY and HTTPS_PROXY in the environment. Without a network,"
    " 'esignctl cert verify --offline' uses the lists that were kept."
)

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "FILE-NO-CERTIFICATE": Explanation(
        N_(
            "The file holds nothing that can be read as a certificate, in whatever form: DER, PEM"
            " or PKCS#7. A private key or a password-protected .pfx is none either."
        ),
    ),
    "TRUST-NO-AUTHORITY": Explanation(
        N_(
            "Only the certificate of an authority can be trusted, one that says that it may issue"
            " certificates. The file holds certificates of people or servers only."
        ),
        N_("Name the file of the root certificate that the authority publishes."),
    ),
    "TRUST-FINGERPRINT-WRONG": Explanation(
        N_(
            "The fingerprint is the SHA-256 of the whole certificate, 64 hexadecimal digits. What"
            " was given is none, or belongs to no certificate in the file: the file may not be the"
            " one that the publisher means."
        ),
        N_(
            "Take the fingerprint from the publisher's page or paper, not from the file, and"
            " download the certificate again."
        ),
    ),
    "CHAIN-NO-ANCHOR": Explanation(
        N_(
            "A certificate is worth as much as the authority at the end of its chain. This registry"
            " trusts none yet, and the program ships none."
        ),
    ),
    "CHAIN-UNTRUSTED": Explanation(
        N_(
            "The certificate was issued, directly or not, by an authority that is not among those"
            " that 'esignctl cert trust list' shows. Anybody can make an authority that bears the"
            " name of another one; the fingerprint tells them apart."
        ),
    ),
    "CHAIN-ISSUER-MISSING": Explanation(
        N_(
            "Between the certificate and a trusted authority one certificate is missing. It is"
            " neither in the file nor in the registry, and it could not be fetched from the address"
            " that the certificate names."
        ),
    ),
    "CHAIN-BROKEN": Explanation(
        N_(
            "A signature in the chain is wrong, an authority was not entitled to issue what stands"
            " below it, or an algorithm is too weak. The certificate is damaged or forged."
        ),
    ),
    "CHAIN-EXPIRED": Explanation(
        N_(
            "The certificate itself is within its time, but one of the authorities above it is not."
        ),
    ),
    "CHAIN-REVOKED": Explanation(
        N_(
            "The authority's own certificate was revoked by the one above it, as after its key was"
            " stolen. Nothing that it issued can be relied on."
        ),
    ),
    "CHAIN-UNDECIDED": Explanation(
        N_(
            "The state of an authority in the chain has to be known as well, and neither a"
            " responder nor a list told it."
        ),
        _OPEN_THE_NETWORK,
    ),
    "CERT-REVOKED-SINCE": Explanation(
        N_(
            "With --at the certificate is judged for a moment in the past. It was good then, and"
            " was revoked afterwards."
        ),
    ),
    "REVOCATION-UNDECIDED": Explanation(
        N_(
            "The certificate is within its time and its chain holds, but neither a responder (OCSP)"
            " nor a list (CRL) of its issuer told whether it was revoked."
        ),
        _OPEN_THE_NETWORK,
    ),
    "REVOCATION-NO-ADDRESS": Explanation(
        N_(
            "A certificate says itself where its issuer tells of revocations. This one does not, so"
            " nobody can be asked."
        ),
    ),
    "REVOCATION-NOT-CACHED": Explanation(
        N_(
            "Without a network only lists that were fetched before can be used, and none of this"
            " issuer was."
        ),
    ),
    "REVOCATION-CACHED": Explanation(
        N_(
            "A list that was fetched before was used, because there was to be no network or the"
            " server did not answer. It is authentic and not out of date, but it cannot know of"
            " later revocations."
        ),
    ),
    "REVOCATION-NOT-KNOWN": Explanation(
        N_(
            "The issuer's responder answered that it does not know this certificate. A list cannot"
            " tell that, so the responder's word counts more than a list without it."
        ),
    ),
    "REVOCATION-STALE": Explanation(
        N_(
            "Answers and lists say until when they hold. This one is over, so a certificate may"
            " have been revoked since. A revocation that it does tell of is taken as one."
        ),
    ),
    "REVOCATION-FROM-FUTURE": Explanation(
        N_(
            "An answer or list bears a time that is later than this computer's, by more than five"
            " minutes. Mostly the computer's clock is slow."
        ),
    ),
    "REVOCATION-FORGED": Explanation(
        N_(
            "An answer or list has to be signed by the issuer, or by a responder that it appointed."
            " This one is not, or it was changed on the way, or it is about other certificates."
        ),
    ),
    "REVOCATION-RESPONDER-EXPIRED": Explanation(
        N_(
            "A responder signs its answers with a certificate of its own. That one is not valid at"
            " this moment, so its answers prove nothing."
        ),
    ),
    "REVOCATION-UNUSABLE": Explanation(
        N_(
            "The server answered, but with something else than was asked for: an error, an empty"
            " answer, or a web page of the network in between."
        ),
    ),
    "ISSUER-UNUSABLE": Explanation(
        N_(
            "The certificate names an address at which its issuer's certificate stands. What came"
            " from there is none, or that of another authority."
        ),
    ),
    "SERVER-NO-ANSWER": Explanation(
        N_(
            "The address stands in the certificate, but nothing came from it: the network blocks"
            " it, its name is not found, the server is down, or it took too long."
        ),
        _OPEN_THE_NETWORK,
    ),
    "CACHE-NOT-WRITTEN": Explanation(
        N_(
            "Lists that are fetched are kept in a folder beside the registry, for use without a"
            " network. This time that did not work; the verdict is not touched by it."
        ),
        N_("Give this user the right to write to that folder, or free some space on its disk."),
    ),
    "CERTS-UNSETTLED": Explanation(
        N_(
            "Some certificates of the registry could not be judged: their chain does not hold or"
            " ends nowhere trusted, or nobody told whether they are revoked. What the registry knew"
            " of them stays as it was."
        ),
    ),
    "CERTS-LEFT": Explanation(
        N_(
            "Verifying everything is bounded in time, so that servers that do not answer cannot"
            " hold it up for hours. What was verified is kept; the rest was not looked at."
        ),
    ),
    "TRUST-EXPIRED": Explanation(
        N_(
            "Authorities' certificates end too. One that is over is trusted for what was signed"
            " while it was valid."
        ),
    ),
    "TRUST-NOT-CONFIRMED": Explanation(
        N_(
            "The file holds several authorities' certificates. Those that are known or were"
            " confirmed were added, this one was not."
        ),
    ),
}
