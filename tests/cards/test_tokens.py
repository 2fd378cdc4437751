"""Modules of all sorts in the child process: what they print, refuse and do to it."""

import os
import subprocess
from pathlib import Path

import pytest

from esignctl.cards.child import Child
from esignctl.cards.model import Module
from esignctl.cards.tokens import Prober
from tests.cards.seen import card, reader
from tests.cards.virtual.modules import compiler

SOURCE = Path(__file__).parent / "p11" / "module.c"


def build(folder: Path, **conduct: str) -> Module:
    """A module compiled with these macros."""
    place = folder / "module.so"
    options = [f"-D{name.upper()}={value}" for name, value in conduct.items()]
    subprocess.run(
        [compiler() or "cc", "-std=gnu11", "-shared", "-fPIC", *options, "-o", place, SOURCE],
        check=True,
        capture_output=True,
    )
    return Module(str(place), "other", "not-tried", configured=True)


def read(*modules: Module, seconds: float = 5.0) -> tuple[Module, ...]:
    with Prober(Child(seconds)) as prober:
        return prober.read(modules, [])


@pytest.mark.parametrize("refused", ["arguments", "!arguments"], ids=["arguments", "none"])
def test_a_module_may_refuse_arguments_or_want_them(tmp_path: Path, refused: str) -> None:
    (seen,) = read(build(tmp_path, on_initialize=f"if ({refused}) return ARGUMENTS_BAD"))
    assert seen.outcome == "loaded"
    assert [token.serial for token in seen.tokens] == ["0123456789"]


def test_what_a_module_prints_disturbs_nothing(tmp_path: Path) -> None:
    noise = 'puts("noise"), fputs("noise", stderr)'
    (seen,) = read(build(tmp_path, on_initialize=noise))
    assert seen.outcome == "loaded"


def test_a_crash_takes_only_the_child_and_the_next_module_is_read(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    crashing = build(tmp_path / "a", on_initialize="raise(SIGSEGV)")
    first, second = read(crashing, build(tmp_path / "b"))
    assert (first.outcome, first.problem) == ("crashed", "signal 11")
    assert second.outcome == "loaded"


def test_a_crash_leaves_no_core_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = build(tmp_path, on_initialize="raise(SIGSEGV)")
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    read(module)
    assert os.listdir(place) == []  # noqa: PTH208 - an empty folder


def test_a_module_that_ends_the_process_is_told(tmp_path: Path) -> None:
    (seen,) = read(build(tmp_path, on_token="_exit(3)"))
    assert (seen.outcome, seen.problem) == ("crashed", "0x3")


def test_a_module_that_hangs_is_given_up(tmp_path: Path) -> None:
    (seen,) = read(build(tmp_path, on_token="sleep(60)"), seconds=0.5)
    assert (seen.outcome, seen.problem) == ("timeout", "0.5 s")


def test_what_the_system_cannot_load_is_told_in_its_words(tmp_path: Path) -> None:
    place = tmp_path / "cut.so"
    place.write_bytes(Path(build(tmp_path).path).read_bytes()[:64])
    (seen,) = read(Module(str(place), "other", "not-tried", configured=True))
    assert seen.outcome == "failed"
    assert seen.problem


@pytest.mark.parametrize(
    ("flags", "state"),
    [
        ("0x40D", "ok"),
        ("0x1040D", "low"),
        ("0x2040D", "final"),
        ("0x4040D", "locked"),
        ("0x7040D", "locked"),
        ("0x405", "not-set"),
    ],
)
def test_the_flags_tell_the_state_of_the_pin(tmp_path: Path, flags: str, state: str) -> None:
    (seen,) = read(build(tmp_path, flags=flags))
    pin = seen.tokens[0].pin
    assert (pin.state, pin.min_length, pin.max_length) == (state, 4, 16)


def test_a_token_without_content_is_none(tmp_path: Path) -> None:
    (seen,) = read(build(tmp_path, flags="0x0"))
    assert (seen.outcome, seen.tokens) == ("loaded", ())


def test_a_card_that_is_not_recognised_is_no_token(tmp_path: Path) -> None:
    (seen,) = read(build(tmp_path, on_token="return NOT_RECOGNIZED"))
    assert (seen.outcome, seen.tokens) == ("loaded", ())
    assert seen.unrecognised == ("Virtual PCD 00 00",)


def test_further_modules_are_left_alone_once_every_card_is_read(tmp_path: Path) -> None:
    first = build(tmp_path)
    second = Module(first.path, "other", "not-tried")
    with Prober() as prober:
        seen = prober.read([first, second], [reader(card(), "Virtual PCD 00 00")])
    assert [module.outcome for module in seen] == ["loaded", "not-tried"]


def test_opensc_is_never_tried_on_an_akis_card_alone() -> None:
    opensc = Module("/nowhere/opensc-pkcs11.so", "opensc", "not-tried")
    with Prober() as prober:
        (seen,) = prober.read([opensc], [reader(card())])
    assert seen.outcome == "not-tried"
