"""``cert list --by-month``: how many certificates end when."""

from datetime import date, timedelta

from tests.cli.drawer import TODAY, Drawer
from tests.cli.terminal import terminal
from tests.registry.conftest import ADA


def months(drawer: Drawer, *options: str) -> dict[str, dict[str, int]]:
    told = drawer.list(*options).data["months"]
    return {each.pop("month"): each for each in told}


def test_the_year_begins_with_this_month_and_has_every_month(drawer: Drawer) -> None:
    found = list(months(drawer, "--by-month"))
    assert len(found) == 12
    assert found[0] == f"{TODAY:%Y-%m}"
    assert found == sorted(found)


def test_each_counts_what_is_open_and_what_is_not(drawer: Drawer) -> None:
    ends = (date(TODAY.year + 1, 6, 15) - TODAY).days
    drawer.put("A1", ends=ends)
    drawer.put("A2", ends=ends, revoked=-1)
    drawer.put("A3", ends=ends, tckn=ADA.tckn)
    drawer.put("A4", begins=ends - 30, ends=ends + 1000, tckn=ADA.tckn)
    drawer.put("A5", ends=ends, kind="other")
    found = months(drawer, "--year", str(TODAY.year + 1))
    assert next(iter(found)) == f"{TODAY.year + 1}-01"
    assert found.pop(f"{TODAY.year + 1}-06") == {
        "ending": 3, "open": 1, "replaced": 1, "revoked": 1,
    }  # fmt: skip
    assert not any(each["ending"] for each in found.values())


def test_through_a_pipe_it_is_a_plain_table(drawer: Drawer) -> None:
    drawer.put("A1", ends=0)
    lines = drawer.run("cert", "list", "--by-month").stdout.splitlines()
    assert lines[0].split("\t") == ["Month", "To be renewed", "Replaced", "Revoked"]
    assert lines[1].split("\t") == [f"{TODAY:%Y-%m}", "1", "0", "0"]
    assert len(lines) == 14


def test_on_a_terminal_bars_fit_the_screen(drawer: Drawer) -> None:
    later = (TODAY.replace(day=1) + timedelta(days=100)).replace(day=10)
    for number in range(4):
        drawer.put(f"B{number}", ends=(later - TODAY).days)
    drawer.put("C1", ends=0)
    with terminal(drawer.run, "cert", "list", "--by-month", columns=80) as screen:
        shown = screen.expect("are to be renewed.")
    bars = {line.split()[0]: line.count("█") for line in shown.splitlines() if "█" in line}
    assert bars[f"{later:%Y-%m}"] >= 4 * bars[f"{TODAY:%Y-%m}"] - 4 > 0
    assert all(len(line.rstrip()) <= 80 for line in shown.splitlines())
