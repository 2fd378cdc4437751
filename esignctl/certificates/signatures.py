"""Signatures made by the key of a certificate: their form, and whether that key made them."""

from typing import Final

from esignctl.certificates.nes import Certificate

_DIGESTS: Final = {"sha256": "SHA256", "sha384": "SHA384", "sha512": "SHA512"}


class SignatureWrong(ValueError):
    """The key of the certificate did not make this signature."""


def finished(certificate: Certificate, data: bytes, digest: str, signature: bytes) -> bytes:
    """A signature over `data` as documents carry it, from what a card gives for RSA or ECDSA.

    `digest` is ``sha256``, ``sha384`` or ``sha512``; RSA is that of PKCS#1 v1.5. A card gives the
    two numbers of ECDSA one after the other. Raises `SignatureWrong`.
    """
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

    algorithm = getattr(hashes, _DIGESTS[digest])()
    try:
        match x509.load_der_x509_certificate(certificate.der).public_key():
            case rsa.RSAPublicKey() as key:
                key.verify(signature, data, padding.PKCS1v15(), algorithm)
                return signature
            case ec.EllipticCurvePublicKey() as key:
                half = (key.curve.key_size + 7) // 8
                if len(signature) == 2 * half:
                    signature = utils.encode_dss_signature(
                        int.from_bytes(signature[:half], "big"),
                        int.from_bytes(signature[half:], "big"),
                    )
                key.verify(signature, data, ec.ECDSA(algorithm))
                return signature
    except (InvalidSignature, ValueError):
        pass
    raise SignatureWrong
