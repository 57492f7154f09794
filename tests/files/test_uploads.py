"""A file in pieces: none lost, none doubled, another's never touched, given up after days."""

import datetime as dt
import hashlib
import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.files import tasks, uploads
from ocop.files.models import StoredFile, Upload
from ocop.tenancy.scope import tenant_scope
from tests.files import broken

PDF = broken.scanned_pdf(100) + b"\n" * 500


def begun(by, content=PDF, place="dossier-1", name="giấy.pdf"):
    digest = uploads.fingerprint(io.BytesIO(content), len(content))
    return uploads.begin(place, name=name, size=len(content), digest=digest, by=by)


def sent(by, content=PDF, **more):
    upload = begun(by, content, **more)
    return uploads.append(upload, 0, content)


def part_of(upload):
    return Path(default_storage.path(f"{upload.tenant_id}/uploads/{upload.key}.part"))


def test_piece_after_piece_becomes_the_file(officer, django_capture_on_commit_callbacks):
    upload = begun(officer)
    for at in range(0, len(PDF), 10_000):
        upload = uploads.append(
            upload, at, PDF[at : at + 10_000], sha256=hashlib.sha256(PDF[at : at + 10_000]).hexdigest()
        )
    assert (upload.received, upload.state) == (len(PDF), "whole")
    with django_capture_on_commit_callbacks(execute=True):
        done = uploads.finish(upload)
    assert (done.state, done.file.name, done.file.sha256) == (
        "kept",
        "giấy.pdf",
        hashlib.sha256(PDF).hexdigest(),
    )
    assert done.file.advice == [{"code": "dpi", "n": 100, "page": 1}]
    assert not part_of(done).exists()
    assert uploads.finish(done).file == done.file  # asked twice


def test_a_second_device_goes_on_where_the_first_stopped(officer):
    first = uploads.append(begun(officer), 0, PDF[:1000])
    second = begun(officer)
    assert (second.pk, second.received) == (first.pk, 1000)
    uploads.append(second, 1000, PDF[1000:1500])
    with pytest.raises(uploads.OutOfStepError) as late:  # the first one sends the same piece
        uploads.append(first, 1000, PDF[1000:1500])
    assert late.value.received == 1500
    with pytest.raises(uploads.OutOfStepError):  # and one from before
        uploads.append(first, 0, PDF[:1000])
    assert part_of(first).read_bytes() == PDF[:1500]


def test_bytes_that_a_killed_worker_left_are_written_over(officer):
    upload = uploads.append(begun(officer), 0, PDF[:1000])
    with part_of(upload).open("ab") as part:
        part.write(b"half of a piece")
    uploads.append(upload, 1000, PDF[1000:])
    assert uploads.finish(upload).state == "kept"


@pytest.mark.parametrize(
    ("offset", "piece", "sha256", "words"),
    [
        (0, b"", "", "Mảnh tệp rỗng hoặc dài quá phần còn thiếu."),
        (0, PDF + b"x", "", "Mảnh tệp rỗng hoặc dài quá phần còn thiếu."),
        (0, PDF[:9], "0" * 64, "Mảnh tệp hỏng trên đường truyền; hãy gửi lại mảnh này."),
    ],
)
def test_a_piece_that_does_not_fit_is_refused(officer, offset, piece, sha256, words):
    upload = begun(officer)
    with pytest.raises(ValidationError) as refused:
        uploads.append(upload, offset, piece, sha256=sha256)
    assert refused.value.messages == [words]
    assert not part_of(upload).exists()


def test_a_piece_is_no_longer_than_a_megabyte(officer, monkeypatch):
    monkeypatch.setattr(uploads, "CHUNK", 100)
    with pytest.raises(ValidationError):
        uploads.append(begun(officer), 0, PDF[:101])


def test_what_is_not_whole_is_not_finished(officer):
    with pytest.raises(ValidationError, match="chưa gửi xong"):
        uploads.finish(uploads.append(begun(officer), 0, PDF[:1000]))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            b"MZ\x90\x00" + bytes(500),
            "Đây là chương trình hoặc tập lệnh, không phải giấy tờ. Hệ thống không nhận.",
        ),
        (
            broken.locked_pdf(),
            "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu (in hoặc lưu lại thành PDF) rồi tải lên.",
        ),
    ],
)
def test_why_it_is_not_kept_is_written_down(officer, content, words, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        done = uploads.finish(sent(officer, content))
    assert (done.state, done.refused) == ("refused", words)
    assert not part_of(done).exists()
    assert not StoredFile.objects.exists()
    with pytest.raises(ValidationError) as refused:
        uploads.take(done.key, "dossier-1", by=officer)
    assert refused.value.message_dict == {"file": [words]}
    assert begun(officer, content).pk != done.pk  # a new try begins anew


def test_a_file_that_changed_at_home_is_told_apart(officer):
    upload = begun(officer)
    uploads.append(upload, 0, PDF[:-600] + b"x" * 600)
    assert uploads.finish(upload).refused == "Tệp trên máy đã đổi trong lúc gửi. Hãy chọn lại tệp để gửi lại."


def test_a_part_that_the_server_lost_is_said(officer):
    upload = sent(officer)
    part_of(upload).unlink()
    assert uploads.finish(upload).refused == "Máy chủ không còn phần đã gửi. Hãy chọn lại tệp để gửi lại."


def test_it_is_taken_once_by_its_owner_for_its_place(officer, leader):
    upload = uploads.finish(sent(officer))
    for key, place, by in ((upload.key, "dossier-2", officer), (upload.key, "dossier-1", leader)):
        with pytest.raises(ValidationError) as refused:
            uploads.take(key, place, by=by)
        assert refused.value.message_dict == {"file": ["Hãy chọn lại tệp."]}
    assert uploads.take(upload.key, "dossier-1", by=officer).file == upload.file
    assert not Upload.objects.waiting().exists()
    half = begun(officer)
    with pytest.raises(ValidationError, match="chưa gửi xong"):
        uploads.take(half.key, "dossier-1", by=officer)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "Tệp rỗng. Hãy chọn lại tệp."),
        (200 * 1024 * 1024, "Tệp nặng 201 MB, lớn hơn mức lớn nhất 100 MB. Hãy nén hoặc tách tệp."),
    ],
)
def test_a_size_that_cannot_be_is_refused_before_a_byte_is_sent(officer, size, words):
    with pytest.raises(ValidationError) as refused:
        uploads.begin("dossier-1", name="a.pdf", size=size, digest="0" * 64, by=officer)
    assert refused.value.message_dict == {"size": [words]}


def test_nobody_fills_the_disk_with_what_she_begins(officer, leader, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_WAITING", 2)
    begun(officer, PDF), begun(officer, PDF + b"1")
    with pytest.raises(ValidationError, match="đang có 2 tệp gửi dở"):
        begun(officer, PDF + b"2")
    begun(leader, PDF + b"2")


def test_the_database_keeps_it_within_its_size_and_once(officer):
    upload = begun(officer)
    with pytest.raises(IntegrityError, match="files_upload_within_its_size"), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(received=upload.size + 1)
    with pytest.raises(IntegrityError, match="files_upload_open_once"), transaction.atomic():
        Upload.objects.create(
            by=officer, place=upload.place, name="b", size=upload.size, digest=upload.digest
        )


def test_what_nobody_goes_on_with_is_given_up_after_days(
    lai_chau, officer, run_task, django_capture_on_commit_callbacks
):
    half = uploads.append(begun(officer), 0, PDF[:1000])
    whole = uploads.finish(sent(officer, PDF + b"1"))
    used = uploads.finish(sent(officer, PDF + b"2"))
    uploads.take(used.key, "dossier-1", by=officer)
    fresh = uploads.append(begun(officer, PDF + b"3"), 0, PDF[:1000])
    Upload.objects.exclude(pk=fresh.pk).update(touched_at=timezone.now() - dt.timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        run_task(tasks.sweep_uploads, lai_chau.pk)
        run_task(tasks.sweep_uploads, lai_chau.pk)
    assert set(Upload.objects.all()) == {used, fresh}
    assert [part_of(it).exists() for it in (half, fresh)] == [False, True]
    assert [default_storage.exists(it.file.path) for it in (whole, used)] == [False, True]
    assert not StoredFile.objects.filter(pk=whole.file_id).exists()


def test_bytes_that_another_file_has_too_stay(officer, django_capture_on_commit_callbacks):
    whole = uploads.finish(sent(officer))
    other = uploads.finish(sent(officer, place="dossier-2"))
    with django_capture_on_commit_callbacks(execute=True):
        uploads.give_up(whole)
    assert default_storage.exists(other.file.path)


def test_another_tenant_sees_none(lai_chau, officer, thai_nguyen_tenant):
    upload = begun(officer)
    with tenant_scope(thai_nguyen_tenant.pk):
        assert not Upload.objects.filter(key=upload.key).exists()
