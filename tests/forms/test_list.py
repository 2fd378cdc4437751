"""``form list``: the kinds that the contract names, and an institution's own templates."""

from tests.conftest import CommandLine

KINDS = [
    "payment-slip",
    "application",
    "renewal-wet-signature",
    "loss-report",
    "pin-unlock-guide",
    "handover",
    "refund-request",
    "cover-letter",
    "privacy-notice",
]


def test_every_kind_of_the_contract_is_listed(run: CommandLine) -> None:
    forms = run("form", "list", "--json").data["forms"]
    assert [form["kind"] for form in forms] == KINDS
    assert {form["template"] for form in forms} == {None}


def test_an_institutions_own_template_is_told_of(run: CommandLine) -> None:
    own = run.write_config("").parent / "templates" / "handover.typ"
    own.parent.mkdir()
    own.write_text("= Teslim")
    forms = {form["kind"]: form for form in run("form", "list", "--json").data["forms"]}
    assert forms["handover"]["template"] == str(own)
    assert str(own) in run("form", "list").stdout
