"""Mail: by a real SMTP server, or as files; what fails is tried again, and nobody is named."""

import asyncio
import socket
import ssl
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr
from structlog.testing import capture_logs

from hotline.notices import mail
from hotline.settings import MailSettings, SecretsSettings, Settings
from tests.conftest import TUESDAY_MORNING

LETTER = mail.Letter("service@qingtian.example", "晨曦資訊夥伴專線驗證碼", "您的驗證碼：042137\n")
USER, PASSWORD = "hotline", "a password of theirs"


class Postbox:
    """An SMTP server's handler; answers each delivery as told, else takes it."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.tries = 0
        self.taken: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.tries += 1
        if self.answers:
            return self.answers.pop(0)
        self.taken.append(envelope)
        return "250 OK"


def sign_in(server: Any, session: Any, envelope: Any, mechanism: str, told: Any) -> AuthResult:
    right = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=told == right, handled=False)


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
async def by_smtp(settings: Settings, postbox: Postbox) -> AsyncIterator[Settings]:
    def serve() -> SMTP:
        return SMTP(postbox, authenticator=sign_in, auth_require_tls=False)

    server = await asyncio.get_running_loop().create_server(serve, "127.0.0.1", 0)
    yield sending_to(settings, server.sockets[0].getsockname()[1])
    server.close()
    await server.wait_closed()


@pytest.fixture
async def by_starttls(
    settings: Settings, postbox: Postbox, tmp_path: Path
) -> AsyncIterator[Settings]:
    """A server that takes nothing in clear; who trusts its certificate is up to the test."""
    certificate, key = certificate_of_localhost(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def serve() -> SMTP:
        return SMTP(postbox, require_starttls=True, tls_context=context)

    server = await asyncio.get_running_loop().create_server(serve, "localhost", 0)
    port = server.sockets[0].getsockname()[1]
    yield sending_to(settings, port, host="localhost", starttls=True)
    server.close()
    await server.wait_closed()


def certificate_of_localhost(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "server.crt", folder / "server.key"
    pem = serialization.Encoding.PEM
    files[0].write_bytes(certificate.public_bytes(pem))
    files[1].write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files


def sending_to(settings: Settings, port: int, **more: Any) -> Settings:
    wish = {"host": "127.0.0.1", "port": port, "starttls": False, **more}
    sender = "晨曦專線 <hotline@daybreak.example>"
    return settings.model_copy(update={"mail": MailSettings(from_address=sender, **wish)})


def mode_of(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def content_of(file: Path) -> bytes:
    return file.read_bytes()


async def sent(settings: Settings) -> tuple[bool, list[Any]]:
    with capture_logs() as told:
        done = await mail.send(settings, LETTER, TUESDAY_MORNING, again_after_s=(0, 0))
    assert not any(
        secret in str(told) for secret in (LETTER.to, LETTER.subject, "042137", PASSWORD)
    )
    return done, [{k: v for k, v in entry.items() if k != "log_level"} for entry in told]


async def test_a_letter_reaches_the_server_whole(by_smtp: Settings, postbox: Postbox) -> None:
    assert await sent(by_smtp) == (True, [{"event": "mail_sent"}])
    [envelope] = postbox.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("hotline@daybreak.example", [LETTER.to])
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert message["Subject"] == LETTER.subject
    assert message["From"] == "晨曦專線 <hotline@daybreak.example>"
    assert message["Date"] == "Tue, 01 Dec 2026 10:15:00 +0800"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@daybreak.example>")
    assert message.get_content().strip() == LETTER.text.strip()


async def test_what_may_pass_is_tried_again(by_smtp: Settings, postbox: Postbox) -> None:
    postbox.answers = ["451 try again later", "451 try again later"]
    failed = {"event": "mail_failed", "why": "SMTPDataError", "code": 451}
    assert await sent(by_smtp) == (True, [failed, failed, {"event": "mail_sent"}])
    assert (postbox.tries, len(postbox.taken)) == (3, 1)


async def test_it_is_not_tried_for_ever(by_smtp: Settings, postbox: Postbox) -> None:
    postbox.answers = ["451 try again later"] * 9
    done, told = await sent(by_smtp)
    assert (done, len(told), postbox.tries) == (False, 3, 3)


async def test_a_refusal_is_not_tried_again(by_smtp: Settings, postbox: Postbox) -> None:
    postbox.answers = [f"550 <{LETTER.to}> does not live here"]
    failed = {"event": "mail_failed", "why": "SMTPDataError", "code": 550}
    assert await sent(by_smtp) == (False, [failed])


async def test_a_server_that_is_away_is_tried_again_and_logged_by_kind(
    settings: Settings,
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done, told = await sent(sending_to(settings, port))
    assert not done
    assert [entry["why"] for entry in told] == ["SMTPConnectError"] * 3


async def test_the_user_signs_in_with_the_secret(by_smtp: Settings, postbox: Postbox) -> None:
    named = by_smtp.model_copy(update={"mail": by_smtp.mail.model_copy(update={"user": USER})})
    for password, arrives in ((PASSWORD, True), ("another", False)):
        secrets = SecretsSettings(mail_password=SecretStr(password))
        done, told = await sent(named.model_copy(update={"secrets": secrets}))
        assert done is arrives
    assert told == [{"event": "mail_failed", "why": "SMTPAuthenticationError", "code": 535}]
    assert len(postbox.taken) == 1


async def test_nothing_is_said_in_clear_where_starttls_is_wanted(
    by_smtp: Settings, postbox: Postbox
) -> None:
    secret = by_smtp.model_copy(update={"mail": by_smtp.mail.model_copy(update={"starttls": True})})
    done, told = await sent(secret)
    assert (done, postbox.tries) == (False, 0)
    assert {entry["why"] for entry in told} == {"SMTPException"}


async def test_a_letter_goes_encrypted_to_a_server_that_is_trusted(
    by_starttls: Settings, postbox: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, told = await sent(by_starttls)
    assert (done, told[0]["why"]) == (False, "SSLCertVerificationError")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.crt"))
    assert await sent(by_starttls) == (True, [{"event": "mail_sent"}])
    assert len(postbox.taken) == 1


async def test_development_writes_a_file_and_the_log_names_it(settings: Settings) -> None:
    done, [entry] = await sent(settings)
    file = Path(entry["file"])
    assert (done, entry["event"]) == (True, "mail_written")
    assert file.parent == settings.var_dir / "mail"
    assert file.name.startswith("20261201T101500-")
    assert mode_of(file) == 0o600
    message = message_from_bytes(content_of(file), policy=policy.default)
    assert (message["To"], message["Subject"]) == (LETTER.to, LETTER.subject)


async def test_a_folder_that_cannot_be_written_is_logged(settings: Settings) -> None:
    (settings.var_dir / "mail").write_text("a file", encoding="ascii")
    assert await sent(settings) == (False, [{"event": "mail_failed", "why": "FileExistsError"}])


async def test_production_writes_no_mail_into_files(settings: Settings) -> None:
    production = settings.model_copy(update={"env": "production"})
    done, [entry] = await sent(production)
    assert (done, entry["why"]) == (False, "mail.host is not set")
    assert not (settings.var_dir / "mail").exists()
