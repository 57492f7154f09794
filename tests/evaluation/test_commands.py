"""`regulations` and `verify_digests`, as an operator types them."""

import io
import json

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections

from evaluation.models import PublishedSet
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from ocop.files.store import keep_made
from ocop.papers.models import Paper
from ocop.regulations import catalog, export
from tests.evaluation import makers


def run(*words, **options) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_export_prints_the_sets_of_a_regime():
    assert json.loads(run("regulations", "export", "--regime", "26/2026")) == export(catalog(), "26/2026")
    assert len(json.loads(run("regulations", "export"))) == len(catalog().sets)
    with pytest.raises(CommandError, match="No regime"):
        run("regulations", "export", "--regime", "1/1900")


def test_check_says_that_all_adds_up():
    assert run("regulations", "check").startswith(f"{len(catalog().sets)} sets of")


def test_score_answers_as_the_public_door_does(tmp_path, capsys):
    sheet = tmp_path / "sheet.json"
    sheet.write_text('{"1.1": 3}')
    answer = json.loads(run("regulations", "score", "--set", "QD26-01", "--sheet", str(sheet)))
    assert (answer["total"], answer["stars"]) == (3, 1)
    sheet.write_text('{"1.1": 9}')
    with pytest.raises(SystemExit) as refused:
        run("regulations", "score", "--set", "QD26-01", "--sheet", str(sheet))
    assert refused.value.code == 1
    with pytest.raises(CommandError):
        run("regulations", "score", "--set", "QD26-77", "--sheet", str(sheet))
    with pytest.raises(CommandError):
        run("regulations", "score", "--set", "QD26-01", "--sheet", str(tmp_path / "none.json"))


@pytest.mark.django_db
def test_publish_writes_what_is_new_and_nothing_twice():
    assert "none was new" in run("regulations", "publish", "--database", "default")
    assert PublishedSet.objects.count() == len(catalog().sets)
    assert set(connections) >= {"default", "owner"}


@pytest.fixture
def finished(running, tea, rice, tea_item, rice_item, members, chair):
    for item in (tea_item, rice_item):
        makers.score_all(item, members)
    for assessment in (tea, rice):
        ASSESSMENT.take("conclude", assessment, by=chair)
    return MEETING.take("conclude", running, by=chair)


def test_verify_digests_prints_a_line_a_thing(finished):
    assert f"ok      lai-chau meeting {finished.pk} {finished.digest}" in run("verify_digests").splitlines()


def test_verify_digests_finds_a_bent_digest(finished):
    type(finished).objects.filter(pk=finished.pk).update(digest="0" * 64)
    with pytest.raises(SystemExit) as found:
        run("verify_digests")
    assert found.value.code == 1


def test_verify_digests_finds_a_changed_paper(finished, settings):
    file = keep_made(b"%PDF-1.7 ...", "bien-ban.pdf", "application/pdf")
    Paper.objects.filter(pk=finished.minutes_id).update(file=file)
    assert "DIFFERS" not in run("verify_digests")
    default_storage.delete(file.path)
    with pytest.raises(SystemExit):
        run("verify_digests")
