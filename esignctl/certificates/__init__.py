"""Certificates: what stands in them. What other features may use stands here."""

from esignctl.certificates.keeping import to_keep
from esignctl.certificates.nes import Certificate, Kind, NotACertificate, Status, prepare, read

__all__ = ["Certificate", "Kind", "NotACertificate", "Status", "prepare", "read", "to_keep"]
