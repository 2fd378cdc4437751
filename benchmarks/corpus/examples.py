"""The files of examples/: ``python -m benchmarks.corpus.examples [FOLDER]``.

One small registry and three statements of three banks, each with applicants of its own. The same
run gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from benchmarks.corpus import disguises, noise, shared_stories, stories
from benchmarks.corpus import payer_stories as payers
from benchmarks.corpus import price_stories as prices
from benchmarks.corpus import trouble_stories as trouble
from benchmarks.corpus.layouts import LAYOUTS
from benchmarks.corpus.maker import Maker
from benchmarks.corpus.model import Corpus, finish, invent_account
from benchmarks.corpus.registry import Registry, invent_registry
from benchmarks.corpus.stories import Story

SEED = 2021
PEOPLE = 84
APPLICATIONS = 72
EVERYDAY = 12

_COMMON: tuple[Story, ...] = (
    stories.numbered("clean"),
    stories.numbered("clean"),
    stories.numbered("clean"),
    stories.numbered("one-wrong"),
    stories.keyboard("folded", "clean"),
    stories.sender_only,
    prices.unexplained,
    trouble.stranger,
)

# File, layout, disguise and the stories it tells; only the first names its IBAN, as the
# configuration has one account.
STATEMENTS: tuple[tuple[str, str, str, tuple[Story, ...]], ...] = (
    (
        "ziraat.xlsx",
        "ziraat",
        "",
        (
            *_COMMON,
            stories.numbered("spaced"),
            stories.named("plain", None),
            payers.relative_pays,
            prices.other_price("price-older", prices.older),
            shared_stories.combined(2, "clean", "plain", "two"),
            trouble.contradiction,
            trouble.twice_weeks_apart,
            trouble.nobody_waits,
            trouble.refund_of_earlier,
        ),
    ),
    (
        "halkbank.xls",
        "halkbank",
        "html+no-iban",
        (
            *_COMMON,
            stories.numbered("dotted"),
            stories.numbered("dropped"),
            stories.named("reordered", None),
            payers.stranger_pays,
            shared_stories.combined(3, "clean", "plain", "three"),
            trouble.twice_same_day,
            trouble.name_with_foreign_number,
        ),
    ),
    (
        "vakifbank.xlsx",
        "vakifbank",
        "no-iban+text-amounts",
        (
            *_COMMON,
            stories.numbered("glued"),
            stories.numbered("transposed"),
            stories.named("misspelt"),
            stories.named("married"),
            payers.applicant_pays_for_other,
            prices.other_price("price-other-kind", prices.other_kind),
            trouble.reversed_same_day,
            shared_stories.wrong_sum,
            trouble.closed_application,
        ),
    ),
)


def example_statements() -> list[tuple[str, str, Corpus]]:
    """File name, disguise and corpus of each example, over one registry and one account."""
    registry = invent_registry(Random(SEED), PEOPLE, APPLICATIONS, cancelled=0)
    account = invent_account(SEED, LAYOUTS[STATEMENTS[0][1]])
    used: set[int] = set()
    made = []
    for name, layout_name, disguise, tales in STATEMENTS:
        layout = LAYOUTS[layout_name]
        maker = _told(registry, layout.house, layout.code, tales, name, used)
        used = maker.used
        made.append((name, disguise, finish(SEED, layout, maker, account)))
    return made


def _told(
    registry: Registry, house: str, code: str, tales: tuple[Story, ...], name: str, used: set[int]
) -> Maker:
    maker = Maker(Random(f"{SEED}:{name}"), registry, house, code)
    maker.used = set(used)
    for tale in tales:
        tale(maker)
    for _ in range(EVERYDAY):
        noise.unrelated(maker)
    noise.applicant_other_purpose(maker)
    noise.charge_with_receipt(maker)
    return maker


def write_examples(folder: Path) -> list[Path]:
    """Writes the example files (not the README beside them); returns the statements' paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, disguise, corpus in example_statements():
        container, changes = disguises.parse_disguise(disguise, corpus.layout.container)
        path = folder / name
        disguises.CONTAINERS[container][1](path, corpus.table(changes), changes)
        paths.append(path)
        if len(paths) == 1:
            corpus.write_lists(folder)
            (folder / "esignctl.toml").write_text(corpus.settings(), encoding="utf-8")
    return paths


if __name__ == "__main__":
    write_examples(Path(sys.argv[1] if len(sys.argv) > 1 else "examples"))
