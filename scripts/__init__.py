"""Tools for those who work on esignctl; no part of what is installed."""
