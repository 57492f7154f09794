"""clamd: spoken to over a real socket, by its own protocol; where it says nothing, nothing is kept."""

import shutil
import socket
import subprocess
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.files import scanner
from ocop.files.models import StoredFile
from ocop.files.store import keep_upload
from tests.files import broken

MARK = b"OCOP-TEST-VIRUS"


class Clamd(threading.Thread):
    """Speaks zINSTREAM and zVERSION; finds MARK; `mood` makes it fail as real ones do."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.mood, self.seen = "", b""
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen()

    def run(self):
        while True:
            try:
                line, _where = self.listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as given:
                self._answer(line, given)

    def _answer(self, line, given):
        command = b""
        while not command.endswith(b"\0"):
            command += given.read(1)
        if command == b"zVERSION\0":
            line.sendall(b"ClamAV 1.4.3/27000\0")
            return
        assert command == b"zINSTREAM\0"
        if self.mood == "hangs up":
            return
        self.seen = b""
        while size := int.from_bytes(given.read(4), "big"):
            self.seen += given.read(size)
        if self.mood == "too large":
            line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
        elif self.mood == "silent":
            time.sleep(2)
        else:
            line.sendall(b"stream: Ocop.Test-1 FOUND\0" if MARK in self.seen else b"stream: OK\0")


@pytest.fixture
def clamd(tmp_path_factory, settings):
    path = str(tmp_path_factory.mktemp("clamd") / "clamd.ctl")
    settings.CLAMD, settings.CLAMD_SECONDS = path, 1
    server = Clamd(path)
    server.start()
    yield server
    server.listener.shutdown(socket.SHUT_RDWR)
    server.listener.close()
    server.join(3)


def keep(content):
    return keep_upload(SimpleUploadedFile("a.pdf", content), by=None)


def refusal(content):
    with pytest.raises(ValidationError) as refused:
        keep(content)
    assert not StoredFile.objects.exists()
    return refused.value.messages


def test_every_byte_is_seen_and_a_clean_file_is_kept(lai_chau, clamd):
    content = broken.scanned_pdf(300)
    assert keep(content).size == len(content) == len(clamd.seen)
    assert clamd.seen == content


def test_a_virus_is_refused_by_name(lai_chau, clamd):
    assert refusal(broken.pdf() + b"\n" + MARK) == [
        "Tệp có mã độc (Ocop.Test-1) nên không nhận. Hãy quét vi-rút máy của bạn rồi gửi tệp khác."
    ]


@pytest.mark.parametrize("mood", ["hangs up", "too large", "silent"])
def test_a_scanner_that_gives_no_verdict_lets_nothing_through(lai_chau, clamd, mood):
    clamd.mood = mood
    assert refusal(broken.pdf()) == [
        "Máy quét vi-rút không trả lời nên tệp chưa được nhận. Hãy thử lại sau ít phút."
    ]


@pytest.mark.parametrize("address", ["/no/such/socket", "127.0.0.1:9"])
def test_a_scanner_that_is_not_there_lets_nothing_through(lai_chau, settings, address):
    settings.CLAMD = address
    assert refusal(broken.pdf()) == [
        "Máy quét vi-rút không trả lời nên tệp chưa được nhận. Hãy thử lại sau ít phút."
    ]


def test_the_admin_is_told_what_is_off(lai_chau, tenant_admin, signed_in, settings, clamd):
    def page():
        return signed_in(tenant_admin).get("/lai-chau/admin/").content.decode()

    assert scanner.version() == "ClamAV 1.4.3/27000"
    assert "quét vi-rút" not in page()
    settings.CLAMD = "/no/such/socket"
    assert "Máy quét vi-rút không trả lời: không ai tải tệp lên được." in page()
    settings.CLAMD = ""
    assert "Chưa bật quét vi-rút: tệp tải lên không được quét." in page()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("clamd") is None, reason="clamd is not installed here")
def test_the_real_clamd(lai_chau, tmp_path, settings):
    """With a list of one signature of our own."""
    names, path = tmp_path / "names", tmp_path / "real.ctl"
    names.mkdir()
    names.chmod(0o755)
    (names / "ours.ndb").write_text(f"Ocop.Test:0:*:{MARK.hex()}\n")
    (tmp_path / "clamd.conf").write_text(
        f"LocalSocket {path}\nDatabaseDirectory {names}\nForeground yes\nUser root\nOfficialDatabaseOnly no\n"
    )
    process = subprocess.Popen(
        [shutil.which("clamd"), "-c", str(tmp_path / "clamd.conf"), "-F"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        for _ in range(300):
            if path.exists() or process.poll() is not None:
                break
            time.sleep(0.1)
        assert path.exists(), process.stdout.read()
        settings.CLAMD, settings.CLAMD_SECONDS = str(path), 20
        assert scanner.version().startswith("ClamAV")
        assert refusal(broken.pdf() + b"\n" + MARK)[0].startswith("Tệp có mã độc (Ocop.Test")
        assert keep(broken.pdf()).pages == 2
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
