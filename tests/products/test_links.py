"""Addresses of a paper's bytes: they end, they are one person's, and the right is asked all the same."""

import datetime as dt

import pytest
import time_machine

from ocop.audit.models import Entry
from ocop.files.links import LASTS, STEP
from products.models import Exclusion
from tests.factories import tie_clip

T = "/lai-chau"
NOW = dt.datetime(2026, 11, 22, 3, 2, tzinfo=dt.UTC)
WORDS = "Liên kết tới tệp chỉ dùng được trong ít phút"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as frozen:
        yield frozen


@pytest.fixture
def paper(draft):
    return draft.evidence.order_by("pk").first().paper


def _keyed(tab, url):
    """Where the door leads."""
    answer = tab.get(url)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (302, "private, no-store")
    assert answer.headers["Location"].startswith(f"{url}?key=")
    return answer.headers["Location"]


def _status(answer):
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


@pytest.mark.parametrize("path", ["file/", "pages/1.png", "pages/1.jpg"])
def test_an_address_opens_for_minutes_and_then_shows_the_way_back(clock, paper, owner, signed_in, path):
    tab, url = signed_in(owner), f"{T}/evidence/{paper.pk}/{path}"
    there = _keyed(tab, url)
    for seconds in (0, LASTS):
        clock.move_to(NOW + dt.timedelta(seconds=seconds))
        assert _status(tab.get(there)) == 200
    clock.move_to(NOW + dt.timedelta(seconds=LASTS + STEP))
    told = Entry.objects.about(paper).count()
    answer = tab.get(there)
    assert answer.status_code == 410
    page = answer.content.decode()
    assert WORDS in page
    assert f'href="{T}/evidence/{paper.pk}/"' in page
    assert Entry.objects.about(paper).count() == told
    assert _status(tab.get(url, follow=True)) == 200


def test_it_is_one_persons_and_of_one_paper(draft, paper, owner, commune_officer, other_owner, signed_in):
    tab, url = signed_in(owner), f"{T}/evidence/{paper.pk}/file/"
    there = _keyed(tab, url)
    key = there.partition("?")[2]
    assert signed_in(commune_officer).get(there).status_code == 410  # who may see it by an address of her own
    assert signed_in(other_owner).get(there).status_code == 404  # who may not learns nothing
    other = draft.evidence.exclude(paper=paper).first().paper
    assert tab.get(f"{T}/evidence/{other.pk}/file/?{key}").status_code == 410
    assert tab.get(f"{T}/evidence/{paper.pk}/pages/1.png?{key}").status_code == 410
    forged = key[4:-1] + ("B" if key.endswith("A") else "A")
    for bad in ("", "1", "9999999999:x", "9999999999", "²:a", "%00", forged, "a" * 5000):
        assert tab.get(f"{url}?key={bad}").status_code == 410, bad


def test_a_right_that_ends_ends_the_address(make, advisor, signed_in):
    dossier = make("forwarded")
    paper, tab = dossier.evidence.order_by("pk").first().paper, signed_in(advisor)
    there = _keyed(tab, f"{T}/evidence/{paper.pk}/pages/1.png")
    assert tab.get(there).status_code == 200
    Exclusion.objects.create(dossier=dossier, user=advisor, ground="Em của giám đốc")
    assert tab.get(there).status_code == 404


def test_a_page_keeps_its_address_a_while_so_that_a_browser_knows_it(clock, paper, owner, signed_in):
    tab, url = signed_in(owner), f"{T}/evidence/{paper.pk}/pages/1.png"
    there = _keyed(tab, url)
    assert tab.get(there).headers["Cache-Control"] == f"private, max-age={LASTS}, immutable"
    clock.move_to(NOW + dt.timedelta(minutes=2))
    assert _keyed(tab, url) == there
    clock.move_to(NOW + dt.timedelta(seconds=STEP))
    assert _keyed(tab, url) != there


def test_a_clip_lasts_as_long_as_it_plays(clock, draft, owner, signed_in):
    clip, tab = tie_clip(draft), signed_in(owner)
    there = _keyed(tab, f"{T}/evidence/{clip.pk}/clip/")
    clock.move_to(NOW + dt.timedelta(seconds=LASTS + STEP - 120 + clip.file.seconds))
    assert _status(tab.get(there, headers={"Range": "bytes=0-99"})) == 206
    clock.shift(STEP)
    assert tab.get(there).status_code == 410


def test_a_program_is_told_in_json(clock, paper, owner, signed_in):
    tab, url = signed_in(owner), f"{T}/api/evidence/{paper.pk}/file/"
    there = _keyed(tab, url)
    assert _status(tab.get(there)) == 200
    clock.shift(LASTS + STEP)
    answer = tab.get(there)
    assert (answer.status_code, answer.json()) == (
        410,
        {"detail": "Liên kết tới tệp đã hết hạn hoặc của người khác."},
    )
