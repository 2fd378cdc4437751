"""A smart card service of the tests' own, cards to put into its readers, and the count of PINs."""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cards.virtual import modules
from tests.cards.virtual.certificates import Issued
from tests.cards.virtual.obstacles import missing_programs
from tests.cards.virtual.service import DRIVER, Service
from tests.cards.virtual.slot import Card, Slot
from tests.cards.virtual.tally import Tally
from tests.conftest import CommandLine


@pytest.fixture(scope="session")
def tally() -> Iterator[Tally]:
    """Everything that reached a virtual card; at the end exactly the PINs that were asked for.

    Under pytest-xdist each process has a service, readers and a count of its own.
    """
    counted = Tally()
    yield counted
    assert counted.presented == counted.asked
    assert counted.forbidden == 0


@pytest.fixture(scope="session")
def service(tally: Tally) -> Iterator[Service]:
    """The service; tests use ``stack``, which gives it to them running and with empty readers."""
    missing = [*missing_programs(), *([] if Path(DRIVER).exists() else [DRIVER])]
    if missing:
        pytest.skip(f"see scripts/test-packages.txt: there is no {', '.join(missing)}")
    service = Service(tally)
    yield service
    service.close()


@dataclass(frozen=True)
class Stack:
    """A running service with two readers, and what a test does with it."""

    service: Service
    tally: Tally

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Both readers' slots; ``slot.reader`` is the name."""
        return self.service.slots

    def insert(self, card: Card, slot: int = 0) -> str:
        """Put a card in and wait until the service has seen it. Returns the reader's name."""
        from tests.cards.virtual.view import wait_for_card

        self.slots[slot].insert(card)
        wait_for_card(self.slots[slot].reader)
        return self.slots[slot].reader

    def pull(self, slot: int = 0) -> None:
        """Take the card out and wait until the service has seen it."""
        from tests.cards.virtual.view import wait_for_no_card

        self.slots[slot].pull()
        wait_for_no_card(self.slots[slot].reader)


@pytest.fixture
def stack(service: Service, tally: Tally, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    """The service runs, its readers are empty, and programs started from here find it.

    It is a fresh one for each test: a card that was pulled out in mid-command can leave it stuck.
    """
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(service.socket))
    service.plug()
    service.start()
    presented, asked = tally.presented, tally.asked
    yield Stack(service, tally)
    service.kill()
    for slot in service.slots:
        slot.pull()
    assert tally.presented - presented == tally.asked - asked


@pytest.fixture(scope="session")
def module_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the AKİS-like modules are compiled, once each."""
    return tmp_path_factory.mktemp("modules")


@pytest.fixture
def akis_module(module_folder: Path) -> Path:
    """The AKİS-like PKCS#11 module."""
    return modules.build(module_folder)


@pytest.fixture
def use(run: CommandLine) -> Callable[..., None]:
    """Write a configuration that names these PKCS#11 modules: ``use(module, …)``."""

    def write(*paths: Path) -> None:
        named = ", ".join(f'"{path}"' for path in paths)
        run.write_config(f"[card]\nmodules = [{named}]\n")

    return write


@dataclass(frozen=True)
class SoftToken:
    """A SoftHSM2 token store of one test: ``SOFTHSM2_CONF`` points at it."""

    home: Path
    module: Path

    def add(
        self, label: str, pin: str, *certificates: tuple[str, Issued], with_keys: bool = False
    ) -> None:
        """A token with certificates under these object labels, and their keys where wanted."""
        self._do(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            label,
            "--pin",
            pin,
            "--so-pin",
            "87654321",
        )
        for number, (name, issued) in enumerate(certificates):
            file = self.home / f"{number}.der"
            file.write_bytes(issued.der)
            self._do(
                "pkcs11-tool",
                "--module",
                str(self.module),
                "--token-label",
                label,
                "--login",
                "--pin",
                pin,
                "--write-object",
                str(file),
                "--type",
                "cert",
                "--label",
                name,
                "--id",
                f"{number + 1:02x}",
            )
            if with_keys:
                file.write_bytes(issued.pkcs8)
                self._do(
                    "softhsm2-util",
                    "--import",
                    str(file),
                    "--token",
                    label,
                    "--pin",
                    pin,
                    "--label",
                    name,
                    "--id",
                    f"{number + 1:02x}",
                )

    def _do(self, *command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, env=os.environ)


@pytest.fixture
def softhsm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    """SoftHSM2 with an empty store of its own."""
    module = modules.softhsm()
    if module is None:
        pytest.skip("see scripts/test-packages.txt: there is no libsofthsm2.so")
    home = tmp_path / "softhsm"
    (home / "tokens").mkdir(parents=True)
    (home / "softhsm2.conf").write_text(f"directories.tokendir = {home / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(home / "softhsm2.conf"))
    return SoftToken(home, module)
