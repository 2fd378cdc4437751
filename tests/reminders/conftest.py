"""A directorate with holders whose certificates end, and a mail server."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from esignctl.registry import arrivals, open_registry
from esignctl.registry.certificates import StoredCertificate
from esignctl.text import dates
from tests.cli.lists import PRICES, write
from tests.conftest import CommandLine, Outcome
from tests.reminders.post import Post, serving

NUMBERS = ("10000000146", "10000000214", "10000000382", "10000000450")
NAMES = ("Ayşe Nur;Yılmaz", "Can;Öztürk", "Işıl;Çağlar", "İbrahim;Şahin")
ACCOUNT = """
[account]
holder = "İl Sağlık Müdürlüğü"
bank = "Halkbank"
iban = "TR650001200933100006100037"
"""


@dataclass
class Office:
    """The program with its registry, and a mail server that it sends to."""

    run: CommandLine
    post: Post
    options: str = ""
    smtp: str = 'security = "none"'
    _count: int = 0
    _config: str = field(default="")

    def configure(self) -> None:
        """Write the configuration as it stands now."""
        self.run.write_config(
            f"{PRICES}{ACCOUNT}\n[institution]\nname = 'İl Sağlık Müdürlüğü'\n"
            f"[smtp]\nhost = '127.0.0.1'\nport = {self.post.port}\nsender = 'bim@il.example'\n"
            f"{self.smtp}\n[reminders]\n{self.options}\n"
        )

    def people(self, count: int = 1, group: str = "Aile Hekimi", email: bool = True) -> None:
        """Register some people."""
        rows = [
            f"{NUMBERS[each]};{NAMES[each]};{group};{f'kisi{each}@il.example' if email else ''}\n"
            for each in range(count)
        ]
        table = "T.C. Kimlik No;Adı;Soyadı;Grup;E-posta\n" + "".join(rows)
        assert self.run("person", "import", write(self.run.home, "p.csv", table)).exit_code == 0

    def certificate(self, days: int, holder: int = 0, kind: str = "nes", age: int = 1000) -> str:
        """One that ends in so many days; returns its fingerprint."""
        self._count += 1
        now = datetime.now(UTC)
        end = now + timedelta(days=days)
        begin = now - timedelta(days=age)
        fingerprint = f"{self._count:064X}"
        made = StoredCertificate(
            fingerprint,
            "CN=Deneme",
            "CN=Kamu SM",
            f"{self._count:X}",
            "Deneme",
            NUMBERS[holder],
            dates.utc_text(begin),
            dates.utc_text(end),
            kind,
            qualified=True,
            der=b"0",
        )
        with open_registry(self.run.registry) as registry, registry.write("test") as transaction:
            arrivals.add(transaction, [made])
        return fingerprint

    def remind(self, *arguments: str) -> Outcome:
        """``remind --json``."""
        self.configure()
        return self.run("remind", "--json", *arguments)

    def states(self, *arguments: str) -> list[tuple[int, str]]:
        """Threshold and state of each item of a run."""
        items = self.remind(*arguments).data["items"]
        return [(each["threshold"], each["state"]) for each in items]


@pytest.fixture
def office(run: CommandLine) -> Iterator[Office]:
    """The office, its mail server at work."""
    with serving(Post()) as post:
        yield Office(run, post)
