"""Reads any table-like file, whatever its disguise, into sheets of rows.

Files are told by their content, never by their name. Everything that is no readable table ends in
an ``InputRejected`` error; nothing is taken of a file that is cut off, encrypted, damaged or
expands beyond the limits in ``sheet.py``.
"""

from esignctl.tables.plain import TextFile, text_file
from esignctl.tables.reading import first_bytes, read_tables
from esignctl.tables.sheet import Cell, Row, Sheet, column_letter

__all__ = [
    "Cell",
    "Row",
    "Sheet",
    "TextFile",
    "column_letter",
    "first_bytes",
    "read_tables",
    "text_file",
]
