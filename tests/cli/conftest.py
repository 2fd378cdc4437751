"""A registry with certificates, for the tests of what is told of them."""

import pytest

from tests.cli.drawer import Drawer
from tests.conftest import CommandLine
from tests.registry.conftest import ADA


@pytest.fixture
def drawer(run: CommandLine) -> Drawer:
    return Drawer(run)


@pytest.fixture
def filled(drawer: Drawer) -> Drawer:
    """One certificate in each state, and the newer one that replaces one of them."""
    drawer.put("A1", ends=300)
    drawer.put("A2", ends=20)
    drawer.put("A3", ends=-10)
    drawer.put("A4", begins=5, ends=1000)
    drawer.put("A5", ends=25, revoked=-1)
    drawer.put("A6", ends=15, tckn=ADA.tckn)
    drawer.put("A7", begins=-1, ends=1090, tckn=ADA.tckn)
    return drawer
