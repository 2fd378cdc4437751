"""Qualified electronic signatures of a provincial health directorate, from the command line."""

__version__ = "0.1.0"
