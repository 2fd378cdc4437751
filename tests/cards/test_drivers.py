"""``card drivers``: what is there against what is needed, on every system that is met."""

import plistlib
from collections.abc import Callable
from pathlib import Path

import pytest

from esignctl.cards import drivers, software, usb
from esignctl.cards.atr import identify
from esignctl.cards.drivers import Machine, Need
from esignctl.cards.model import Card, Module, Observation, Reader, Service, System
from esignctl.cards.software import Bundle, Edition
from esignctl.cards.usb import Plugged
from esignctl.i18n import set_language
from tests.cards.conftest import Stack
from tests.cards.virtual import modules
from tests.cards.virtual.akis import AkisCard, nes_label
from tests.cards.virtual.certificates import AYSE, nes
from tests.cards.virtual.piv import PivCard
from tests.conftest import CommandLine

Use = Callable[..., None]
DEBIAN = Edition("Debian GNU/Linux", "13", "debian")
WINDOWS = Edition("Windows 11", "10.0.26100")
MACOS = Edition("macOS", "15.1")
ACR39U = Plugged("072f:b100", "ACR39U")
CCID = Bundle("ifd-ccid", "1.5.2", frozenset({"072f:b100"}))
AKIS = identify("3B9F968131FE45806755454B41451221318073B3A180D9")
AKIS_MODULE = Module("/usr/lib/libakisp11.so", "akis", "loaded", bits=64, version="2.7")
IN_READER = Reader("ACS ACR39U ICC Reader 00 00", Card("ready", "3B", AKIS), "072f:b100", "ACR39U")


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def machine(
    *,
    os: str = "linux",
    edition: Edition = DEBIAN,
    service: Service | None = None,
    installed: bool = True,
    readers: tuple[Reader, ...] = (IN_READER,),
    known: tuple[Module, ...] = (AKIS_MODULE,),
    plugged: tuple[Plugged, ...] = (ACR39U,),
    bundles: tuple[Bundle, ...] = (CCID,),
) -> Machine:
    observation = Observation(System(os, "6.1", "x86_64", 64), service or Service(), readers, known)
    return Machine(observation, edition, installed, plugged, bundles)


def need(what: str, seen: Machine) -> Need:
    """The one thing of that kind."""
    (found,) = [each for each in drivers.needs(seen) if each.what == what]
    return found


def codes(seen: Machine) -> list[str]:
    return [each.code for each in drivers.findings(seen, drivers.needs(seen))]


class TestNeeds:
    """The rules, for machines that are not at hand."""

    def test_a_machine_that_has_everything_needs_nothing(self) -> None:
        assert codes(machine()) == []
        assert need("reader", machine()).version == "1.5.2"
        assert need("module", machine()).version == "2.7"

    @pytest.mark.parametrize(
        ("edition", "command"),
        [
            (DEBIAN, "sudo apt install pcscd"),
            (Edition("Fedora Linux", "42", "fedora"), "sudo dnf install pcsc-lite"),
            (Edition("Void", "", ""), ""),
        ],
        ids=lambda value: getattr(value, "name", value),
    )
    def test_a_service_that_is_not_installed(self, edition: Edition, command: str) -> None:
        seen = machine(edition=edition, service=Service("absent"), installed=False, readers=())
        assert need("service", seen).state == "missing"
        assert need("service", seen).command == command

    @pytest.mark.parametrize(
        ("os", "edition", "part"),
        [("linux", DEBIAN, "systemctl"), ("windows", WINDOWS, "SCardSvr"), ("macos", MACOS, "")],
    )
    def test_a_service_that_does_not_run(self, os: str, edition: Edition, part: str) -> None:
        seen = machine(os=os, edition=edition, service=Service("absent"), readers=())
        assert need("service", seen).state == "stopped"
        assert part in need("service", seen).command

    def test_a_user_who_is_refused(self) -> None:
        seen = machine(service=Service("denied"), readers=())
        assert codes(seen) == ["CARD-ACCESS-DENIED"]

    def test_the_python_packages(self) -> None:
        seen = machine(service=Service("extra-missing"), readers=(), known=())
        assert need("packages", seen).command == (
            "sudo apt install libpcsclite-dev gcc python3-dev && pip install 'esignctl[card]'"
        )
        assert "CARD-EXTRA-MISSING" in codes(seen)

    @pytest.mark.parametrize(
        ("device", "package"),
        [(ACR39U, "libacsccid1"), (Plugged("08e6:3437", "Gemalto PC Twin"), "libccid")],
        ids=lambda value: getattr(value, "name", value),
    )
    def test_a_reader_without_a_driver(self, device: Plugged, package: str) -> None:
        seen = machine(readers=(), plugged=(device,), bundles=())
        assert need("reader", seen).state == "missing"
        assert need("reader", seen).command == f"sudo apt install {package}"

    def test_a_reader_that_the_service_does_not_see_on_windows(self) -> None:
        seen = machine(os="windows", edition=WINDOWS, readers=(), bundles=())
        assert "kamusm" in need("reader", seen).page
        assert "DRIVER-READER" in codes(seen)

    def test_a_reader_cannot_be_judged_while_the_service_is_stopped(self) -> None:
        seen = machine(service=Service("absent"), readers=())
        assert need("reader", seen).state == "unknown"

    def test_a_reader_that_tells_no_usb_id_is_known_by_its_name(self) -> None:
        nameless = Reader("ACS ACR39U ICC Reader 00 00", Card("absent"))
        assert len(list(drivers.needs(machine(readers=(nameless,))))) == 3

    def test_a_module_that_is_missing(self) -> None:
        found = need("module", machine(known=()))
        assert (found.state, found.bits) == ("missing", 64)
        assert found.page.startswith("https://kamusm.bilgem.tubitak.gov.tr/")

    @pytest.mark.parametrize(
        ("module", "state", "code"),
        [
            (Module("a.so", "akis", "bitness", bits=32), "bitness", "MODULE-BITNESS"),
            (Module("a.so", "akis", "failed", problem="x"), "failed", "MODULE-FAILED"),
            (Module("a.so", "akis", "crashed", problem="x"), "failed", "MODULE-FAILED"),
            (Module("a.so", "akis", "loaded", unrecognised=("x",)), "failed", "MODULE-FAILED"),
        ],
        ids=lambda value: getattr(value, "outcome", value),
    )
    def test_a_module_that_does_not_do(self, module: Module, state: str, code: str) -> None:
        seen = machine(known=(module,))
        assert need("module", seen).state == state
        assert codes(seen) == [code]

    def test_opensc_is_no_module_for_an_akis_card(self) -> None:
        opensc = Module("/usr/lib/opensc-pkcs11.so", "opensc", "loaded")
        assert need("module", machine(known=(opensc,))).state == "missing"

    def test_the_best_of_several_modules_counts(self) -> None:
        broken = Module("a.so", "akis", "failed", problem="x")
        assert need("module", machine(known=(broken, AKIS_MODULE))).state == "ok"


class TestSystem:
    """What a computer says of itself."""

    @pytest.mark.parametrize(
        ("text", "edition"),
        [
            ('NAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n', ("12", "debian")),
            ('NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n', ("24.04", "debian")),
            ('NAME="Pardus GNU/Linux"\nVERSION_ID="23.4"\nID=pardus\nID_LIKE=debian\n',
             ("23.4", "debian")),
            ('NAME="Linux Mint"\nVERSION_ID="22"\nID=linuxmint\nID_LIKE="ubuntu debian"\n',
             ("22", "debian")),
            ("NAME=Alpine\nVERSION_ID=3.20\nID=alpine\n", ("3.20", "")),
        ],
    )  # fmt: skip
    def test_distributions(self, text: str, edition: tuple[str, str]) -> None:
        found = software.from_os_release(text)
        assert (found.version, found.family) == edition

    def test_drivers_tell_which_readers_they_serve(self, tmp_path: Path) -> None:
        place = tmp_path / "ifd-acsccid.bundle" / "Contents"
        place.mkdir(parents=True)
        info = {
            "CFBundleShortVersionString": "1.1.8",
            "ifdVendorID": ["0x072F", "0x072F"],
            "ifdProductID": ["0x90CC", "0xB100"],
        }
        (place / "Info.plist").write_bytes(plistlib.dumps(info))
        (tmp_path / "broken.bundle").mkdir()
        (found,) = software.bundles_in(tmp_path)
        assert found == Bundle("ifd-acsccid", "1.1.8", frozenset({"072f:90cc", "072f:b100"}))

    def test_every_system_has_its_data(self) -> None:
        for name in ("linux", "macos", "windows"):
            ours = software.data()[name]
            assert ours["service"]
            assert ours["service_files"]
            assert ours["module"]

    def test_every_family_has_its_packages(self) -> None:
        for family in software.data()["linux"]["families"].values():
            assert "{packages}" in family["install"]
            assert family["service_package"]
            assert family["reader_packages"][""]


class TestBus:
    """Readers that are plugged in, with or without a driver."""

    @staticmethod
    def device(folder: Path, vendor: str, product: str, interface: str, name: str) -> None:
        (folder / "1-1:1.0").mkdir(parents=True)
        (folder / "idVendor").write_text(vendor + "\n")
        (folder / "idProduct").write_text(product + "\n")
        (folder / "product").write_text(name + "\n")
        (folder / "1-1:1.0" / "bInterfaceClass").write_text(interface + "\n")

    def test_linux(self, tmp_path: Path) -> None:
        self.device(tmp_path / "1-1", "072f", "9000", "00", "ACR38U reader")
        self.device(tmp_path / "1-2", "1234", "5678", "0b", "Some reader")
        self.device(tmp_path / "1-3", "046d", "c31c", "03", "Keyboard")
        (tmp_path / "usb1").mkdir()
        assert list(usb.from_sysfs(tmp_path)) == [
            Plugged("072f:9000", "ACR38U"),
            Plugged("1234:5678", "Some reader"),
        ]

    def test_macos(self) -> None:
        tree = [
            {
                "IORegistryEntryChildren": [
                    {
                        "idVendor": 0x1234,
                        "idProduct": 0x5678,
                        "USB Product Name": "Some reader",
                        "IORegistryEntryChildren": [{"bInterfaceClass": 0x0B}],
                    },
                    {"idVendor": 0x046D, "idProduct": 0xC31C},
                    {"idVendor": 0x072F, "idProduct": 0xB100},
                ]
            }
        ]
        found = list(usb.from_ioreg(plistlib.loads(plistlib.dumps(tree))))
        assert found == [Plugged("1234:5678", "Some reader"), ACR39U]

    def test_windows(self) -> None:
        ids = [r"USB\VID_072F&PID_B100\5&2a", r"USB\VID_046D&PID_C31C\7&1b", r"USB\ROOT_HUB30\4"]
        assert list(usb.from_instance_ids(ids)) == [ACR39U]

    def test_this_computer_answers(self) -> None:
        assert isinstance(usb.plugged("linux"), tuple)


class TestCommand:
    """The command on a real stack."""

    def states(self, run: CommandLine, exit_code: int) -> dict[str, str]:
        outcome = run.process("card", "drivers", "--json")
        assert outcome.exit_code == exit_code, outcome.stdout
        return {each["what"]: each["state"] for each in outcome.data["needs"]}

    def test_everything_is_there(
        self, stack: Stack, use: Use, akis_module: Path, run: CommandLine
    ) -> None:
        use(akis_module)
        stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
        assert self.states(run, 0) == {"service": "ok", "reader": "ok", "module": "ok"}

    def test_the_modules_version_is_told_without_a_card(
        self, stack: Stack, use: Use, akis_module: Path, run: CommandLine
    ) -> None:
        use(akis_module)
        needs = run.process("card", "drivers", "--json").data["needs"]
        (module,) = [each for each in needs if each["what"] == "module"]
        assert (module["version"], module["bits"]) == ("1.0", 64)

    def test_no_akis_module(self, stack: Stack, run: CommandLine) -> None:
        stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
        assert self.states(run, 1)["module"] == "missing"

    def test_opensc_serves_the_card_that_it_knows(self, stack: Stack, run: CommandLine) -> None:
        stack.insert(PivCard(nes()))
        assert self.states(run, 0)["module"] == "ok"

    def test_a_module_too_old_for_the_card(
        self, stack: Stack, use: Use, module_folder: Path, run: CommandLine
    ) -> None:
        use(modules.build(module_folder, "NOT_RECOGNISED"))
        stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
        assert self.states(run, 1)["module"] == "failed"

    def test_a_module_of_other_bits(
        self, stack: Stack, use: Use, akis_module: Path, tmp_path: Path, run: CommandLine
    ) -> None:
        use(modules.of_other_bitness(akis_module, tmp_path))
        assert self.states(run, 1)["module"] == "bitness"

    def test_a_service_that_was_stopped(self, stack: Stack, run: CommandLine) -> None:
        stack.service.stop()
        assert self.states(run, 1)["service"] == "stopped"

    def test_it_speaks_turkish(self, stack: Stack, run_tr: CommandLine) -> None:
        assert "kamusm.bilgem.tubitak.gov.tr" in run_tr.process("card", "drivers").stdout
