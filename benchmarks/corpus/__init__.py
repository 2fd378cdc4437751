"""A labelled corpus of bank statements: invented people, real layouts, the truth of every row.

``generate(seed, layout, people=…, applications=…, rows=…)`` makes a :class:`Corpus`;
``Corpus.write(folder, disguise=…)`` writes the files that a user would have, and truth.jsonl.
"""

from benchmarks.corpus.disguises import CHANGES, CONTAINERS
from benchmarks.corpus.layouts import LAYOUTS
from benchmarks.corpus.messages import MESSAGES
from benchmarks.corpus.model import Corpus, Truth, generate

__all__ = ["CHANGES", "CONTAINERS", "LAYOUTS", "MESSAGES", "Corpus", "Truth", "generate"]
