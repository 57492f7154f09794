"""Each finding stands beside what the dossier itself says: shares reckoned, papers opened at their page."""

import pytest

from ocop.law import law
from products.desks.facts import BASES, criteria_of, facts_of
from products.dossiers.filling import save_section
from products.dossiers.whole import load
from products.models import EvidenceLink
from products.vault.papers import add_evidence
from products.vault.pins import pin_page
from products.workflow import DOSSIER
from tests.factories import SECTION_VALUES, check_all, pdf, upload

T = "/lai-chau"


def _said(dossier, finding):
    return {it.label: it for it in facts_of(load(dossier), finding)}


@pytest.mark.parametrize(
    ("local", "everybody", "words", "wrong"),
    [
        (29, 32, "29 trong 32 của địa phương (90,6%)", False),
        (32, 32, "32 trong 32 của địa phương (100,0%)", False),
        (0, 1200, "0 trong 1.200 của địa phương (0,0%)", False),
        (33, 32, "33 của địa phương, nhiều hơn tổng số 32", True),
    ],
)
def test_the_share_of_local_labour(draft, owner, local, everybody, words, wrong):
    save_section(draft, "general", {"workers": everybody, "local_workers": local}, by=owner)
    fact = _said(draft, "local_labour")["Số lao động"]
    assert (fact.value, fact.wrong) == (words, wrong)


def test_no_share_without_both_numbers_or_of_nobody(draft, owner):
    assert "Nguyên liệu chính dùng trong năm gần nhất (kg)" not in _said(draft, "local_material")
    save_section(draft, "general", {"workers": 0, "local_workers": 0}, by=owner)
    assert "Số lao động" not in _said(draft, "local_labour")


def test_local_material_has_its_answer_and_share(draft, owner):
    save_section(draft, "production", {"material": 60000, "local_material": 48000}, by=owner)
    said = _said(draft, "local_material")
    assert (
        said["Nguyên liệu chính dùng trong năm gần nhất (kg)"].value
        == "48.000 trong 60.000 của địa phương (80,0%)"
    )
    assert said["Vùng nguyên liệu"].value == SECTION_VALUES["production"]["materials"]


def test_a_paper_opens_at_the_page_that_proves(draft, owner):
    """The list of the insured, tied to the criterion of local labour, pinned to its third page."""
    whole = load(draft)
    code = criteria_of(whole, BASES["local_labour"])[0].code
    paper = add_evidence(
        draft, kind="local_labour", by=owner, upload=upload("bhxh.pdf", pdf(pages=4)),
        facts={"number": "15/BHXH", "title": "Danh sách đóng bảo hiểm"},
    )  # fmt: skip
    assert EvidenceLink.objects.filter(dossier=draft, paper=paper, criterion=code).exists()
    pin_page(draft, paper, code, 3, by=owner)
    facts = [it for it in facts_of(load(draft), "local_labour") if it.paper]
    assert [(it.paper, it.page, it.value) for it in facts] == [
        (paper.pk, 3, "Danh sách đóng bảo hiểm, số 15/BHXH, trang 3")
    ]


def test_the_claim_is_told_with_its_level_and_reason(draft):
    whole = load(draft)
    criterion = criteria_of(whole, BASES["local_labour"])[0]
    fact = _said(draft, "local_labour")[f"Chủ thể tự chấm {criterion.code} {criterion.name}"]
    level = criterion.levels[-1]
    assert fact.value.startswith(f"{level.points}/{criterion.points} điểm. {level.label[:20]}")
    assert fact.value.endswith(f"Lý do {criterion.code}")


@pytest.mark.parametrize("finding", sorted(BASES))
def test_every_set_of_the_law_in_force_has_the_criterion_of_the_finding(finding):
    without = [
        code
        for code, of_set in law().sets.items()
        if code.startswith("QD26")
        and not any(it.name.casefold().startswith(BASES[finding].criteria) for it in of_set.criteria)
    ]
    # a guest house uses no material, and a landscape keeps a heritage
    assert without in ([], ["QD26-26"])


def test_the_page_shows_them_and_the_report_prints_them(make, commune_officer, signed_in):
    dossier = make("submitted")
    tab = signed_in(commune_officer)
    assert "30 trong 32 của địa phương (93,8%)" in tab.get(f"{T}/dossiers/{dossier.pk}/findings/").text
    check_all(dossier, commune_officer)
    for code in BASES:
        tab.post(f"{T}/dossiers/{dossier.pk}/findings/", {code: "Đúng như hồ sơ."})
    dossier = DOSSIER.take("report", dossier, by=commune_officer)
    body = dossier.commune_report.paper.content["body"]
    lists = [line for block in body for line in block.get("list", ())]
    assert "Số lao động: 30 trong 32 của địa phương (93,8%)" in lists
    assert not [line for line in lists if "tự chấm" in line]  # Mẫu 03 gives no points
