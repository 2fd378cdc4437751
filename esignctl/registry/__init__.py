"""The registry: persons, applications, bank movements, postings and the audit log, in SQLite.

Nothing outside this package holds SQL.
"""

from esignctl.registry.connection import Registry, Transaction, open_registry

__all__ = ["Registry", "Transaction", "open_registry"]
