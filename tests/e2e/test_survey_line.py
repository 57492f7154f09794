"""A surveyor's pages on the line of a village: none heavier than a household's, however many photographs it has."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from ocop.files.store import keep_made
from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import tenant_scope
from products.advisory.surveys import save_answer, start_survey
from products.models import SurveyPhoto
from products.workflow import SURVEY
from tests import factories
from tests.e2e.line import MOST, Scales
from tests.e2e.test_phone import phone

PHOTOS = 40
PATIENCE = 120_000  # milliseconds: a page that is far too heavy is told by its weight


@pytest.fixture
def surveys(cast):
    """One that is open and one that was signed, each with forty photographs as large as they are kept."""
    with tenant_scope(cast.tenant):
        province, commune = OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name="Xã Mường So")
        advisor = factories.make_user("to.tuvan", "Trần Thị Tư", role="advisory_member", unit=province)
        dossier = factories.make_complete_dossier(commune, state="accepted")
        found = [start_survey(dossier, by=advisor, purpose=f"Nguồn chè {turn}") for turn in range(2)]
        for survey in found:
            _photograph(survey, advisor)
        _sign(found[1], advisor)
    return advisor, *found


def _photograph(survey, advisor):
    codes = [it["code"] for it in survey.checklist]
    for n in range(PHOTOS):
        file = keep_made(_shot(n % 4), "anh.jpg", "image/jpeg")
        SurveyPhoto.objects.create(
            survey=survey, key=f"{n}", item=codes[n % len(codes)], file=file, by=advisor, note=f"Ảnh {n}",
            taken_at=survey.created_at,
        )  # fmt: skip


def _shot(seed: int) -> bytes:
    """As heavy as a photograph of a yard: nothing in it packs well."""
    grain, kept = random.Random(seed), io.BytesIO()
    small = Image.frombytes("RGB", (300, 225), grain.randbytes(300 * 225 * 3))
    small.resize((2400, 1800)).save(kept, "JPEG", quality=88)
    return kept.getvalue()


def _sign(survey, advisor):
    said = {"held_on": ("2026-11-20", ""), "people": ("", "Trần Thị Tư"), "conclusion": ("", "Đúng hồ sơ.")}
    said |= {it["code"]: ("yes", "") for it in survey.checklist}
    for item, (value, note) in said.items():
        save_answer(survey, item, value, note=note, revision=0, key=f"k{item}", by=advisor)
    SURVEY.take("sign", survey, by=advisor)


def test_no_first_view_is_heavier_than_a_hundred_kilobytes(surveys, person, screens):
    advisor, still_open, signed = surveys
    surveyor = phone(person(advisor))
    surveyor.context.set_default_timeout(PATIENCE)
    scales = Scales(surveyor)
    scales.slow_down()
    pages = ["surveys/", "surveys/take/", f"surveys/{still_open.pk}/", f"surveys/{signed.pk}/", "surveys/device/",
             f"dossiers/{still_open.dossier_id}/surveys/new/"]  # fmt: skip
    found, told = {}, []
    for page in pages:
        found[page] = sum(scales.weigh(page).values())
        told.append(f"{found[page] / 1000:6.1f} KB {scales.seconds():5.1f} s  {page}")
    (screens / "survey-first-views.txt").write_text("\n".join(told) + "\n")
    assert {page: size for page, size in found.items() if size > MOST} == {}


def test_each_photograph_is_shown_in_forty_kilobytes(surveys, person):
    """Pictures come small, and only where one looks; the photograph itself is behind its picture."""
    advisor, _open, signed = surveys
    surveyor = phone(person(advisor))
    scales = Scales(surveyor)
    scales.weigh(f"surveys/{signed.pk}/")
    shown = surveyor.tab.locator(".photos img")
    for n in range(PHOTOS):
        shown.nth(n).scroll_into_view_if_needed()
        surveyor.tab.wait_for_function(
            "it => it.complete && it.naturalWidth", arg=shown.nth(n).element_handle()
        )
    surveyor.tab.wait_for_load_state("networkidle")
    seen = [size for name, size in scales.weights.items() if scales.began[name].endswith("small.jpg")]
    assert len(seen) == PHOTOS
    assert max(seen) < 40_000
    surveyor.look("survey-photos")
