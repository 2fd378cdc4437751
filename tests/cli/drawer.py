"""A registry with certificates that begin and end so many days from now."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from esignctl.registry import arrivals, open_registry, people
from esignctl.registry.certificates import StoredCertificate
from esignctl.text.dates import ISTANBUL, utc_text
from tests.conftest import CommandLine, Outcome

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.astimezone(ISTANBUL).date()
BASE = StoredCertificate(
    fingerprint="",
    subject="CN=Ayşe Nur Yılmaz",
    issuer="CN=Kamu Elektronik Sertifika Hizmet Sağlayıcısı - Sürüm 6",
    serial="",
    holder="Ayşe Nur Yılmaz",
    tckn="",
    not_before="",
    not_after="",
    kind="nes",
    qualified=True,
    der=b"\x30\x00",
)


@dataclass(frozen=True)
class Drawer:
    """A registry that certificates are put into; each is named by its serial number."""

    run: CommandLine

    def put(
        self,
        serial: str,
        *,
        begins: int = -400,
        ends: int,
        tckn: str = "",
        kind: str = "nes",
        revoked: int | None = None,
        holder: str = "Ayşe Nur Yılmaz",
    ) -> None:
        """A certificate that begins and ends so many days from now."""
        held = replace(
            BASE,
            fingerprint=f"{int(serial, 16):064X}",
            serial=serial,
            tckn=tckn,
            kind=kind,
            holder=holder,
            not_before=utc_text(NOW + timedelta(begins)),
            not_after=utc_text(NOW + timedelta(ends)),
        )
        with open_registry(self.run.registry) as registry, registry.write("test") as transaction:
            arrivals.add(transaction, [held])
            if revoked is not None:
                at = utc_text(NOW + timedelta(revoked))
                transaction.connection.execute(
                    "UPDATE certificates SET revoked_at = ? WHERE serial = ?", (at, serial)
                )

    def know(self, *persons: people.Person) -> None:
        """Register people."""
        with open_registry(self.run.registry) as registry, registry.write("test") as transaction:
            people.add(transaction, persons)

    def list(self, *options: str) -> Outcome:
        """``cert list`` with the options."""
        return self.run("cert", "list", *options, "--json")

    def listed(self, *options: str) -> dict[str, str]:
        """Serial numbers and states, in the order of the list."""
        return {each["serial"]: each["state"] for each in self.list(*options).data["certificates"]}
