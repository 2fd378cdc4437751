"""A registry for people and their applications."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esignctl.registry import Registry, open_registry


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """A new registry."""
    with open_registry(tmp_path / "registry.db") as registry:
        yield registry
