"""Text messages: numbers, letters and their cost, quiet hours, a gateway on the loopback."""

import json
import threading
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esignctl.reminders import gsm, quiet
from esignctl.reminders.gateway import presets
from esignctl.reminders.sms import mobile
from esignctl.text.dates import ISTANBUL
from tests.cli.lists import PRICES, write
from tests.conftest import CommandLine
from tests.reminders.conftest import ACCOUNT, NUMBERS, Office

EVENING, MORNING = time(21), time(9)


@pytest.mark.parametrize(
    "phone", ["0532 123 45 67", "5321234567", "+90 532 123 45 67", "0090-532-1234567"]
)
def test_mobile_numbers(phone: str) -> None:
    assert mobile(phone, "national") == "5321234567"
    assert mobile(phone, "international") == "905321234567"
    assert mobile(phone, "e164") == "+905321234567"


@pytest.mark.parametrize("phone", ["", "0312 123 45 67", "12", "yok", "0532 123"])
def test_what_is_no_mobile_number(phone: str) -> None:
    assert mobile(phone, "national") is None


@pytest.mark.parametrize(
    ("text", "encoding", "units", "messages"),
    [
        ("a" * 160, "gsm-7", 160, 1),
        ("a" * 161, "gsm-7", 161, 2),
        ("Ç" * 160, "gsm-7", 160, 1),
        ("a{}", "gsm-7", 5, 1),
        ("ğ" + "a" * 153, "gsm-7-turkish", 155, 1),
        ("ğ" + "a" * 154, "gsm-7-turkish", 156, 2),
        ("ж" * 70, "ucs-2", 70, 1),
        ("ж" * 71, "ucs-2", 71, 2),
        ("😀", "ucs-2", 2, 1),
    ],
)
def test_what_a_text_costs(text: str, encoding: str, units: int, messages: int) -> None:
    assert gsm.cost(text) == gsm.Cost(encoding, units, messages)  # type: ignore[arg-type]


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ISTANBUL).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-26T12:00", "2026-11-26T12:00"),
        ("2026-11-26T21:00", "2026-11-27T09:00"),
        ("2026-11-27T08:59", "2026-11-27T09:00"),
        ("2026-11-28T22:00", "2026-11-30T09:00"),  # a Saturday night
        ("2026-10-28T10:00", "2026-10-30T09:00"),  # the Republic's day and its eve
        ("2026-03-19T10:00", "2026-03-23T09:00"),  # the feast of Ramadan
    ],
)
def test_quiet_hours(now: str, opens: str) -> None:
    assert quiet.opens(here(now), EVENING, MORNING) == here(opens)


@settings(deadline=None)
@given(st.integers(0, 3000), st.integers(0, 23), st.integers(0, 23))
def test_what_opens_is_open(hours: int, begin: int, end: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC).fromtimestamp(1_767_225_600 + hours * 3600, UTC)
    opens = quiet.opens(now, time(begin), time(end))
    assert opens >= now
    assert quiet.opens(opens, time(begin), time(end)) == opens


class Gateway(ThreadingHTTPServer):
    """What it was asked, and what it answers."""

    asked: list[tuple[str, str]]
    headers: list[dict[str, str]]
    answer: tuple[int, str]


class Handler(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        server = self.server
        assert isinstance(server, Gateway)
        length = int(self.headers.get("Content-Length") or 0)
        server.headers.append(dict(self.headers))
        server.asked.append((self.path, self.rfile.read(length).decode()))
        status, text = server.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST = _answer  # noqa: N815 - the names of the library

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway(("127.0.0.1", 0), Handler)
    server.asked, server.headers = [], []
    server.answer = (200, '{"code": "00", "jobid": "1", "description": "queued"}')
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def texting(office: Office, gateway: Gateway) -> Office:
    """An office that sends text messages, at any hour, with one holder."""
    table = f"T.C. Kimlik No;Adı;Soyadı;Grup;Cep Telefonu\n{NUMBERS[0]};Ayşe;Yılmaz;Personel;{{}}\n"
    number = write(office.run.home, "p.csv", table.format("0532 123 45 67"))
    assert office.run("person", "import", number).exit_code == 0
    office.certificate(10)
    (office.run.home / "secret").write_text("sms-sifresi\n")
    configure(office.run, gateway)
    return office


def configure(run: CommandLine, gateway: Gateway, more: str = "") -> None:
    run.write_config(
        f"{PRICES}{ACCOUNT}\n[reminders]\nchannels = ['sms']\n"
        "quiet_from = '00:00'\nquiet_until = '00:00'\n"
        f"[sms]\ngateway = 'netgsm'\nurl = 'http://127.0.0.1:{gateway.server_port}/send'\n"
        f"username = 'bim'\npassword_file = 'secret'\nsender = 'SAGLIKMD'\n{more}\n"
    )


def open_today() -> bool:
    now = datetime.now(UTC)
    return quiet.opens(now, time(0), time(0)) == now


def test_a_message_goes_out_or_waits_for_a_working_day(texting: Office, gateway: Gateway) -> None:
    outcome = texting.run("remind", "--json")
    assert outcome.exit_code == 0, outcome.stdout
    (item,) = outcome.data["items"]
    if not open_today():
        assert item["state"] == "waiting"
        return
    assert item["state"] == "sent"
    ((path, body),) = gateway.asked
    assert path == "/send"
    said = json.loads(body)
    assert said["messages"][0]["no"] == "5321234567"
    assert said["msgheader"] == "SAGLIKMD"
    (headers,) = gateway.headers
    assert b64decode(headers["Authorization"].removeprefix("Basic ")) == b"bim:sms-sifresi"
    assert "sms-sifresi" not in path + body
    assert texting.run("remind", "--json").data["due"] == 0


@pytest.mark.parametrize(
    ("answer", "state", "exit_code"),
    [
        ((200, '{"code": "70"}'), "refused", 1),
        ((406, '{"code": "40"}'), "refused", 1),
        ((200, '{"code": "100"}'), "failed", 1),
        ((503, "bakımda"), "failed", 1),
        ((400, "bad"), "refused", 1),
    ],
)
def test_answers_of_a_gateway(
    texting: Office, gateway: Gateway, answer: tuple[int, str], state: str, exit_code: int
) -> None:
    gateway.answer = answer
    outcome = texting.run("remind", "--json")
    (item,) = outcome.data["items"]
    expected = (state, exit_code) if open_today() else ("waiting", 0)
    assert (item["state"], outcome.exit_code) == expected


@pytest.mark.parametrize("answer", [(401, ""), (200, '{"code":"30"}'), (406, '{"code": "30"}')])
def test_a_refused_log_in_stops_everything(
    texting: Office, gateway: Gateway, answer: tuple[int, str]
) -> None:
    gateway.answer = answer
    outcome = texting.run("remind", "--json")
    if open_today():
        assert outcome.exit_code == 5
        assert outcome.json["error"]["code"] == "SMS-GATEWAY-UNREACHABLE"
    assert "sms-sifresi" not in outcome.stdout + outcome.stderr


def test_a_night_postpones_and_loses_nothing(texting: Office, gateway: Gateway) -> None:
    text = texting.run.config.read_text()
    quiet_now = text.replace("quiet_until = '00:00'", "quiet_until = '23:59:59.999999'")
    texting.run.write_config(quiet_now)
    outcome = texting.run("remind", "--json")
    assert outcome.exit_code == 0
    assert [each["state"] for each in outcome.data["items"]] == ["waiting"]
    assert gateway.asked == []
    assert texting.run("remind", "--dry-run", "--json").data["due"] == 1


@pytest.mark.parametrize("name", presets())
def test_presets_are_whole(office: Office, name: str) -> None:
    office.people()
    office.certificate(10)
    office.run.write_config(
        f"{PRICES}{ACCOUNT}\n[reminders]\nchannels = ['sms']\n[sms]\ngateway = '{name}'\n"
        "username = 'x'\nsender = 'y'\n"
    )
    outcome = office.run("remind", "--json")
    assert outcome.exit_code == 0, outcome.stdout
    assert outcome.data["items"][0]["state"] == "no-address"


def test_a_gateway_that_is_not_described(office: Office) -> None:
    office.people()
    office.certificate(10)
    office.run.write_config(f"{PRICES}{ACCOUNT}\n[reminders]\nchannels = ['sms']\n[sms]\n")
    outcome = office.run("remind", "--json")
    assert outcome.exit_code == 4
    assert "sms.url" in outcome.json["error"]["message"]


def test_preview(office: Office) -> None:
    office.configure()
    data = office.run("reminders", "preview", "--language", "tr", "--json").data
    assert data["email"]["subject"] == "E-imza sertifikanızın süresi 30 gün sonra doluyor"
    assert "147,50" in data["email"]["text"]
    assert data["sms"]["encoding"] == "gsm-7-turkish"
    assert data["sms"]["messages"] >= 1
    staff = office.run("reminders", "preview", "--group", "staff", "--threshold", "0", "--json")
    assert staff.data["route"] == "wet-signature"
    assert "IBAN" not in json.dumps(staff.data)


def test_preview_masks_the_number(office: Office) -> None:
    office.configure()
    told = office.run("reminders", "preview").stdout
    assert "10000000146" not in told
    assert told.count("100****0146") == 1
    assert told.count("TR65 0001 2009 3310 0006 1000 37") == 2
    shown = office.run("reminders", "preview", "--show-ids").stdout
    assert shown.count("10000000146") == 1


def test_preview_of_one_way(office: Office) -> None:
    office.configure()
    data = office.run("reminders", "preview", "--channel", "sms", "--json").data
    assert set(data) == {"language", "route", "sms"}
    assert office.run("reminders", "preview", "--channel", "pigeon").exit_code == 2


def test_headers_carry_the_secret(texting: Office, gateway: Gateway) -> None:
    configure(texting.run, gateway, "[sms.headers]\nAuthorization = 'Bearer {password}'\n")
    config = texting.run.config.read_text().replace("[sms]\n", "[sms]\nauth = 'fields'\n")
    texting.run.write_config(config)
    assert texting.run("remind", "--json").exit_code == 0
    if open_today():
        assert gateway.headers[0]["Authorization"] == "Bearer sms-sifresi"


def test_headers_are_texts(texting: Office, gateway: Gateway) -> None:
    configure(texting.run, gateway, "[sms.headers]\nX = 1\n")
    outcome = texting.run("remind", "--json")
    assert outcome.exit_code == 4
    assert "sms.headers" in outcome.json["error"]["message"]


def test_what_a_sunday_postponed_goes_out_on_the_next_open_hour(
    texting: Office, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(texting.run, gateway)
    text = texting.run.config.read_text()
    for key, clock in (("quiet_from", "21:00"), ("quiet_until", "09:00")):
        text = text.replace(f"{key} = '00:00'", f"{key} = '{clock}'")
    texting.run.write_config(text)
    sunday = datetime.now(ISTANBUL) + timedelta(days=(6 - datetime.now(ISTANBUL).weekday()) % 7)

    def at(moment: datetime) -> dict[str, Any]:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
                return moment.astimezone(tz)

        monkeypatch.setattr("esignctl.cli.remind.datetime", Clock)
        monkeypatch.setattr("esignctl.reminders.sending.datetime", Clock)
        outcome = texting.run("remind", "--json")
        assert outcome.exit_code == 0, outcome.stdout
        return next(iter(outcome.data["items"]), {})

    waiting = at(sunday.replace(hour=10))
    assert waiting["state"] == "waiting"
    opens = datetime.fromisoformat(waiting["waits_until"])
    assert opens.astimezone(ISTANBUL).hour == 9
    assert at(opens - timedelta(minutes=1))["state"] == "waiting"
    assert gateway.asked == []
    assert at(opens)["state"] == "sent"
    assert at(opens + timedelta(hours=1)) == {}
    assert len(gateway.asked) == 1
