"""Without the card libraries everything else works, and the card commands say what to install."""

from pathlib import Path

import pytest

from tests.conftest import CommandLine

ABSENT = "import sys; sys.modules[{name!r}] = None\n"


@pytest.fixture(params=["smartcard", "PyKCS11"])
def without(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that lacks one of the libraries."""
    folder = tmp_path / "absent"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(ABSENT.format(name=request.param))
    return {"PYTHONPATH": str(folder)}


def test_status_says_how_to_install_them(run: CommandLine, without: dict[str, str]) -> None:
    outcome = run.process("card", "status", "--json", **without)
    assert outcome.exit_code == 1
    (found,) = [each for each in outcome.json["findings"] if each["severity"] == "error"]
    assert found["code"] == "CARD-EXTRA-MISSING"
    assert "esignctl[card]" in found["remedy"]


def test_certs_end_as_an_environment_that_is_missing_something(
    run: CommandLine, without: dict[str, str]
) -> None:
    outcome = run.process("card", "certs", "--json", **without)
    assert outcome.exit_code == 5
    assert "esignctl[card]" in outcome.json["error"]["remedy"]


def test_everything_else_works(run: CommandLine, without: dict[str, str]) -> None:
    assert run.process("person", "list", **without).exit_code == 0
    assert run.process("card", "history", **without).exit_code == 0
