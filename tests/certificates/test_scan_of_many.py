"""``cert scan`` of many files: several processes and transactions, and what breaks in between."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from esignctl.certificates import reading, scanning, walking
from esignctl.certificates.quick import Reader
from esignctl.registry import arrivals
from tests.cards.virtual.certificates import AYSE, Issued, nes
from tests.certificates.test_scan import pem, scan
from tests.conftest import CommandLine


def test_many_files_are_read_by_several_processes(
    run: CommandLine,
    tree: Path,
    ayse: Issued,
    mehmet: Issued,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "_ENOUGH", 10)
    monkeypatch.setattr(reading, "_CHUNK", 4)
    monkeypatch.setattr(scanning, "_BATCH", 7)
    for number in range(20):
        (tree / f"{number:02d}.cer").write_bytes((ayse if number % 2 else mehmet).der)
    (tree / "notes.txt").write_text("nothing here")
    (tree / "broken.pem").write_bytes(pem(ayse)[:400])
    data = scan(run, tree).data
    assert (data["files"], data["new"], data["certificates"]) == (22, 2, 2)
    assert [len(each["files"]) for each in data["items"]] == [10, 10]
    assert {Path(each["file"]).name for each in data["skipped"]} == {"notes.txt", "broken.pem"}
    again = scan(run, tree).data
    assert (again["unchanged"], again["items"]) == (21, data["items"])


def test_what_a_process_leaves_undone_when_it_is_killed_is_done(
    run: CommandLine,
    tree: Path,
    ayse: Issued,
    mehmet: Issued,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "_ENOUGH", 10)
    monkeypatch.setattr(reading, "_CHUNK", 4)
    monkeypatch.setattr(reading, "_AHEAD", 2)
    for number in range(60):
        (tree / f"{number:02d}.cer").write_bytes((ayse if number % 2 else mehmet).der)
    killed = []

    def files_in(paths: list[Path]) -> Iterator[tuple[str, walking.Found]]:
        for number, each in enumerate(walking.files_in(paths)):
            if number == 30:
                killed.extend(multiprocessing.active_children())
                killed[0].kill()
                killed[0].join()
            yield each

    monkeypatch.setattr(scanning, "files_in", files_in)
    outcome = scan(run, tree)
    assert killed
    assert (outcome.exit_code, outcome.data["files"], outcome.data["new"]) == (0, 60, 2)
    assert [len(each["files"]) for each in outcome.data["items"]] == [30, 30]


def test_what_was_read_before_an_interruption_is_kept(
    run: CommandLine, tree: Path, ayse: Issued, mehmet: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        (tree / f"{number}.cer").write_bytes((ayse if number % 2 else mehmet).der)
    read = reading.read_file

    def interrupted(wanted: reading.Wanted, reader: Reader) -> reading.Content:
        if wanted[0].endswith("5.cer"):
            raise KeyboardInterrupt
        return read(wanted, reader)

    monkeypatch.setattr(reading, "read_file", interrupted)
    assert scan(run, tree).exit_code == 130
    monkeypatch.undo()
    data = scan(run, tree).data
    assert (data["files"], data["unchanged"], data["new"]) == (9, 5, 0)


def test_of_many_that_come_together_some_are_known(
    run: CommandLine, tree: Path, ayse: Issued, mehmet: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "_MANY", 2)
    (tree / "a.cer").write_bytes(ayse.der)
    scan(run, tree)
    for name, issued in (("b", mehmet), ("c", ayse), ("d", nes(AYSE, key="EC")), ("e", mehmet)):
        (tree / f"{name}.cer").write_bytes(issued.der)
    data = scan(run, tree).data
    assert (data["certificates"], data["new"], data["unchanged"]) == (3, 2, 1)
    held = {each["fingerprint"]: [Path(f).name for f in each["files"]] for each in data["items"]}
    assert held[ayse.fingerprint] == ["a.cer", "c.cer"]
    assert held[mehmet.fingerprint] == ["b.cer", "e.cer"]
    audit = run("registry", "verify", "--json")
    assert audit.exit_code == 0
