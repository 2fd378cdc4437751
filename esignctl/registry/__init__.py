"""The registry: persons, applications, bank movements, postings and the audit log, in SQLite.

Nothing outside this package holds SQL.
"""

from sqlite3 import Connection

from esignctl.registry.connection import Registry, Transaction, open_registry

__all__ = ["Connection", "Registry", "Transaction", "open_registry"]
