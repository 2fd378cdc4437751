"""Mail as it goes out, and servers that do not take it."""

import socket
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from tests.certificates.authority import Authority
from tests.reminders.conftest import Office
from tests.reminders.post import Post, serving


def reminded(office: Office, count: int = 3) -> None:
    office.people(count)
    for holder in range(count):
        office.certificate(10, holder)


class TestMessage:
    """What the holder gets."""

    def test_headers(self, office: Office) -> None:
        reminded(office, 1)
        office.remind()
        (message,) = office.post.taken
        assert message["To"] == "Ayşe Nur Yılmaz <kisi0@il.example>"
        assert message["From"] == "İl Sağlık Müdürlüğü <bim@il.example>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Message-ID"].endswith("@il.example>")
        assert message["Date"].datetime.tzinfo is not None
        assert message["List-Unsubscribe"] is None

    def test_in_turkish(self, office: Office) -> None:
        office.options = ""
        reminded(office, 1)
        office.configure()
        office.run.write_config('language = "tr"\n' + office.run.config.read_text("utf-8"))
        assert office.run("remind").exit_code == 0
        (message,) = office.post.taken
        assert message["Subject"] == "E-imza sertifikanızın süresi 10 gün sonra doluyor"
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        assert text is not None
        assert html is not None
        assert "Sayın Ayşe Nur Yılmaz" in text.get_content()
        assert "147,50 TL" in text.get_content()
        assert "TR65 0001 2009 3310 0006 1000 37" in html.get_content()
        assert all(line.isascii() for line in message.as_bytes().decode("latin-1").splitlines())

    def test_the_last_day_comes_as_a_calendar_entry(self, office: Office) -> None:
        reminded(office, 1)
        office.remind()
        (attached,) = office.post.taken[0].iter_attachments()
        assert attached.get_content_type() == "text/calendar"
        assert "BEGIN:VEVENT" in attached.get_content()

    def test_own_templates(self, office: Office) -> None:
        reminded(office, 1)
        folder = office.run.home / "templates" / "reminders" / "en"
        folder.mkdir(parents=True)
        (folder / "mail.subject.txt").write_text("Hello {{ notice.name }}", "utf-8")
        office.remind()
        assert office.post.taken[0]["Subject"] == "Hello Ayşe Nur Yılmaz"

    @pytest.mark.parametrize("text", ["{{ notice.nme }}", "{% if %}", "{{ 1 / 0 }}"])
    def test_a_broken_template_sends_nothing(self, office: Office, text: str) -> None:
        reminded(office, 1)
        folder = office.run.home / "templates" / "reminders" / "en"
        folder.mkdir(parents=True)
        (folder / "mail.txt").write_text(f"first\n{text}\n", "utf-8")
        outcome = office.remind()
        assert outcome.exit_code == 4
        assert outcome.json["error"]["code"] == "REMINDER-TEMPLATE-WRONG"
        assert "line 2" in outcome.json["error"]["message"]
        assert office.post.taken == []


class TestConnection:
    """One connection, and servers that cannot be used."""

    def test_one_for_all(self, office: Office) -> None:
        reminded(office)
        assert office.remind().data["sent"] == 3
        assert office.post.connections == 1

    @pytest.mark.parametrize(
        ("host", "words"),
        [("127.0.0.1", "bağlantı geri çevrildi"), ("x.invalid", "sunucunun adı bilinmiyor")],
    )
    def test_why_it_is_not_reached_in_turkish(self, office: Office, host: str, words: str) -> None:
        reminded(office, 1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            office.post.port = free.getsockname()[1]
        office.configure()
        config = office.run.config.read_text(encoding="utf-8")
        office.run.write_config(config.replace("127.0.0.1", host))
        outcome = replace(office.run, language="tr")("remind", "--json")
        assert outcome.exit_code == 5
        assert words in outcome.json["error"]["message"]

    def test_nobody_listens(self, office: Office) -> None:
        reminded(office, 1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            working, office.post.port = office.post.port, free.getsockname()[1]
        outcome = office.remind()
        assert outcome.exit_code == 5
        assert outcome.json["error"]["code"] == "MAIL-SERVER-UNREACHABLE"
        office.post.port = working
        assert office.states() == [(14, "sent")]
        (kept,) = office.run("reminders", "list", "--json").data["reminders"]
        assert kept["attempts"] == 1

    @pytest.mark.parametrize("security", ["tls", "starttls"])
    def test_a_certificate_that_nobody_vouches_for(
        self, office: Office, security: str, tmp_path: Path
    ) -> None:
        reminded(office, 1)
        context = server_context(tmp_path)
        tls, starttls = (context, None) if security == "tls" else (None, context)
        with serving(Post(), tls=tls, starttls=starttls) as post:
            office.post, office.smtp = post, f'security = "{security}"'
            outcome = office.remind()
        assert outcome.exit_code == 5
        assert "certificate" in outcome.json["error"]["message"]
        assert post.taken == []

    def test_a_server_without_starttls(self, office: Office) -> None:
        reminded(office, 1)
        office.smtp = 'security = "starttls"'
        assert office.remind().exit_code == 5
        assert office.post.taken == []

    def test_log_in_with_a_password_file(self, office: Office) -> None:
        reminded(office, 1)
        (office.run.home / "secret").write_text("sifre-42\n")
        with serving(Post(), users={"bim": "sifre-42"}) as post:
            office.post = post
            office.smtp = 'security = "none"\nusername = "bim"\npassword_file = "secret"'
            assert office.states() == [(14, "sent")]

    def test_a_wrong_password(self, office: Office) -> None:
        reminded(office, 1)
        (office.run.home / "secret").write_text("yanlis-42\n")
        with serving(Post(), users={"bim": "sifre-42"}) as post:
            office.post = post
            office.smtp = 'security = "none"\nusername = "bim"\npassword_file = "secret"'
            outcome = office.remind()
        assert outcome.exit_code == 5
        assert "535" in outcome.json["error"]["message"]
        assert "yanlis-42" not in outcome.stdout + outcome.stderr

    def test_a_sender_that_is_not_taken(self, office: Office) -> None:
        reminded(office, 1)
        office.post.sender = lambda _address: "550 not yours"
        assert office.remind().exit_code == 5
        office.post.sender = lambda _address: "250 OK"
        assert office.states() == [(14, "sent")]

    def test_without_a_server_the_key_is_named(self, office: Office) -> None:
        reminded(office, 1)
        office.run.write_config("[account]\niban = 'TR650001200933100006100037'\n")
        outcome = office.run("remind", "--json")
        assert outcome.exit_code == 4
        assert "smtp.host" in outcome.json["error"]["message"]


class TestDelivery:
    """What the server says to single messages."""

    def test_a_refusal_is_final_for_this_threshold(self, office: Office) -> None:
        reminded(office)
        office.post.recipient = lambda to: "550 no such user" if "kisi1" in to else "250 OK"
        outcome = office.remind()
        assert outcome.exit_code == 1
        assert (outcome.data["sent"], outcome.data["failed"]) == (2, 1)
        assert [each["code"] for each in outcome.json["findings"]] == ["REMINDERS-REFUSED"]
        assert office.states() == []

    def test_the_servers_answer_is_kept_without_the_address(self, office: Office) -> None:
        reminded(office, 1)
        office.post.recipient = lambda to: f"550 5.1.1 <{to}> unknown"
        (item,) = office.remind().data["items"]
        assert item["problem"] == "550 5.1.1 <…> unknown"

    def test_retry_sends_it_again(self, office: Office) -> None:
        reminded(office, 1)
        office.post.recipient = lambda _to: "550 no"
        office.remind()
        office.post.recipient = lambda _to: "250 OK"
        assert office.run("reminders", "retry").exit_code == 0
        assert office.states() == [(14, "sent")]

    def test_greylisting_is_tried_again_next_time_with_the_same_message_id(
        self, office: Office
    ) -> None:
        reminded(office, 1)
        office.post.recipient = lambda _to: "451 try later"
        outcome = office.remind()
        assert outcome.exit_code == 1
        assert outcome.data["failed"] == 1
        before = office.run("reminders", "list", "--json").data["reminders"][0]["message_id"]
        office.post.recipient = lambda _to: "250 OK"
        assert office.states() == [(14, "sent")]
        assert office.post.taken[0]["Message-ID"] == f"<{before}@il.example>"

    def test_after_a_second_failure_it_waits(self, office: Office) -> None:
        reminded(office, 1)
        office.post.recipient = lambda _to: "451 try later"
        assert office.states() == [(14, "failed")]
        assert office.states() == [(14, "failed")]
        outcome = office.remind()
        assert outcome.exit_code == 0
        (item,) = outcome.data["items"]
        assert item["state"] == "waiting"
        assert item["waits_until"] > item["not_after"][:4]

    def test_a_connection_that_breaks_in_the_middle(self, office: Office) -> None:
        reminded(office)
        office.post.hang_up_at = 2
        outcome = office.remind()
        assert outcome.exit_code == 1
        assert (outcome.data["sent"], outcome.data["failed"]) == (2, 1)
        assert office.remind().data["sent"] == 1
        assert sorted(office.post.to) == [f"kisi{each}@il.example" for each in range(3)]

    def test_a_server_that_ends_the_connection_is_asked_again(self, office: Office) -> None:
        reminded(office)
        said = iter(["421 closing"])
        office.post.recipient = lambda _to: next(said, "250 OK")
        outcome = office.remind()
        assert (outcome.data["sent"], outcome.data["failed"]) == (2, 1)
        assert office.remind().data["sent"] == 1

    def test_a_sender_that_is_not_taken_for_now(self, office: Office) -> None:
        reminded(office, 1)
        office.post.sender = lambda _address: "451 busy"
        assert office.states() == [(14, "failed")]

    def test_people_without_an_address_are_counted(self, office: Office) -> None:
        office.people(1, email=False)
        office.certificate(10)
        outcome = office.remind()
        assert outcome.exit_code == 0
        assert (outcome.data["due"], outcome.data["skipped"]) == (1, 1)
        assert [each["code"] for each in outcome.json["findings"]] == ["REMINDERS-NO-ADDRESS"]


class TestQuiet:
    """As cron sees it."""

    def test_silent_when_all_is_well(self, office: Office) -> None:
        reminded(office)
        office.configure()
        outcome = office.run.process("remind")
        assert (outcome.exit_code, outcome.stdout, outcome.stderr) == (0, "", "")

    def test_a_line_for_each_failure(self, office: Office) -> None:
        reminded(office)
        office.post.recipient = lambda to: "250 OK" if "kisi2" in to else "550 no"
        office.configure()
        outcome = office.run.process("remind")
        assert outcome.exit_code == 1
        assert len(outcome.stdout.splitlines()) == 2


def server_context(folder: Path) -> ssl.SSLContext:
    """A server certificate of an authority that the system does not know."""
    own = Authority.root(name="127.0.0.1", key_name="post-rsa")
    from cryptography.hazmat.primitives import serialization

    (folder / "server.pem").write_bytes(
        own.pem
        + own.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context
