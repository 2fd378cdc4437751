"""``remind --digest``: the weekly table, by mail and by chat."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from tests.reminders.conftest import NUMBERS, Office


def test_the_table_goes_to_the_officer(office: Office) -> None:
    office.people(2)
    office.certificate(10)
    office.certificate(-3, holder=1)
    office.remind()
    office.post.taken.clear()
    office.options = "digest = 'yetkili@il.example'"
    outcome = office.remind("--digest")
    assert outcome.exit_code == 0, outcome.stdout
    assert outcome.data["sent_to"] == ["email"]
    (message,) = office.post.taken
    assert message["To"] == "yetkili@il.example"
    text = message.get_content()
    assert "Ayşe Nur Yılmaz" in text
    assert "2 sent" in text
    assert NUMBERS[0] not in text


def test_the_team_gets_numbers_only(office: Office) -> None:
    got: list[dict[str, Any]] = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    office.people()
    office.certificate(10)
    with HTTPServer(("127.0.0.1", 0), Chat) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (office.run.home / "chat").write_text(f"json://127.0.0.1:{server.server_port}\n")
        office.options = "webhook_file = 'chat'"
        outcome = office.remind("--digest")
        server.shutdown()
    assert outcome.exit_code == 0, outcome.stdout
    (message,) = got
    assert "End within 30 days: 1" in message["message"]
    assert "Yılmaz" not in json.dumps(message, ensure_ascii=False)


def test_a_chat_that_is_not_there(office: Office) -> None:
    (office.run.home / "chat").write_text("nonsense\n")
    office.options = "webhook_file = 'chat'"
    outcome = office.remind("--digest")
    assert outcome.exit_code == 5
    assert outcome.json["error"]["code"] == "WEBHOOK-FAILED"


def test_a_dry_run_sends_nothing(office: Office) -> None:
    office.people()
    office.certificate(10)
    assert len(office.remind("--digest", "--dry-run").data["rows"]) == 1
    assert office.post.taken == []


def test_without_anybody_to_send_it_to_the_key_is_named(office: Office) -> None:
    outcome = office.remind("--digest")
    assert outcome.exit_code == 4
    assert "reminders.digest" in outcome.json["error"]["message"]


def test_the_schedule_has_a_weekly_run_then(office: Office) -> None:
    office.options = "digest = 'yetkili@il.example'"
    office.configure()
    outcome = office.run("reminders", "schedule", "--for", "cron", "--json")
    daily, weekly = outcome.data["files"]["crontab"].splitlines()
    assert daily.startswith("30 9 * * * ")
    assert weekly.startswith("30 9 * * 1 ")
    assert weekly.endswith("remind --digest # esignctl-reminders-digest")
