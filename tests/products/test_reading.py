"""The pre-check: what the machine reads on a paper is proposed, warned of, and taken over by a person alone."""

import datetime as dt
import io

import pytest
from fontpkg_be_vietnam_pro import ROOT
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from weasyprint import HTML

from ocop.files import text
from ocop.orgs.models.place import Place, PlaceSuccession
from products.models import PaperReading
from products.tasks import read_papers
from products.vault.addresses import is_elsewhere
from products.vault.papers import add_evidence
from products.vault.proposing import Proposal, is_anothers, propose
from tests.factories import BEFORE, LAST_DAY_BEFORE, upload

T = "/lai-chau"
LINES = [
    "CHI CỤC QUẢN LÝ CHẤT LƯỢNG NÔNG LÂM SẢN VÀ THỦY SẢN",
    "Số: 77/2026/GCN-ATTP",
    "GIẤY CHỨNG NHẬN",
    "Cơ sở đủ điều kiện an toàn thực phẩm",
    "Tên cơ sở: Hợp tác xã Chè Tam Đường",
    "Lai Châu, ngày 12 tháng 3 năm 2026",
    "Giấy chứng nhận có giá trị đến ngày 11 tháng 3 năm 2029",
]


def scan(blur=0, turn=0):
    """The paper as a photograph."""
    page = Image.new("RGB", (1700, 1300), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(ROOT / "files" / "BeVietnamPro-Regular.ttf"), 44)
    for number, line in enumerate(LINES):
        pen.text((90, 100 + 150 * number), line, "black", font)
    out = io.BytesIO()
    page.rotate(turn, expand=True).filter(ImageFilter.GaussianBlur(blur)).save(out, "JPEG", quality=90)
    return out.getvalue()


def printed():
    return HTML(string="".join(f"<p>{line}</p>" for line in LINES)).write_pdf()


READ = Proposal(
    "77/2026/GCN-ATTP", LINES[0], dt.date(2026, 3, 12), dt.date(2029, 3, 11), "Hợp tác xã Chè Tam Đường"
)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("\n".join(LINES), READ),
        ("", Proposal()),
        ("Số điện thoại 0213", Proposal()),
        ("Mã số doanh nghiệp: 6200034567\nĐăng ký lần đầu: ngày 05/01/2024",
         Proposal(number="6200034567", issued_on=dt.date(2024, 1, 5))),
        ("Hiệu lực đến: 31/02/2027", Proposal()),  # there is no such day
        ("Thời hạn đến hết ngày 31-12-2027", Proposal(expires_on=dt.date(2027, 12, 31))),
    ],
)  # fmt: skip
def test_what_stands_in_the_text(written, found):
    assert propose(written) == found


@pytest.mark.parametrize(
    ("owner", "is_so"),
    [
        ("Hợp tác xã Chè Tam Đường", True),
        ("HTX DV nông nghiệp MUONG SO", False),
        ("Ông Lò Văn Xuân", False),
        ("Hợp tác xã", False),
        ("", False),
    ],
)
def test_whose_name_it_bears(owner, is_so):
    assert is_anothers(owner, ["Hợp tác xã dịch vụ nông nghiệp Mường So", "Lò Văn Xuân"]) is is_so


HEAD = "TRUNG TÂM KIỂM NGHIỆM\nĐịa chỉ: số 5 đường 30/4, phường Tân Phong, tỉnh Lai Châu\n"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (f"{HEAD}Tên khách hàng: HTX Mường So\nĐịa chỉ: Bản Vàng Pheo, xã Mường So, tỉnh Lai Châu",
         "Bản Vàng Pheo, xã Mường So, tỉnh Lai Châu"),
        (f"{HEAD}Số: 12/KN", ""),  # the office's own
        ("Địa chỉ trụ sở chính: bản Nà Củng, xã\nMường So, huyện Phong Thổ", "bản Nà Củng, xã Mường So, huyện Phong Thổ"),
        ("Địa chỉ cơ sở sản xuất: bản Nà Củng\nĐiện thoại: 0213", "bản Nà Củng"),
    ],
)  # fmt: skip
def test_the_address_is_the_producers_not_the_offices(written, address):
    assert propose(written).address == address


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ("Bản Vàng Pheo, xã Mường So, tỉnh Lai Châu", False),
        ("BAN VANG PHEO, XA MUONG SO, TINH LAI CHAU", False),
        ("bản Vàng Pheo, X. Mường So, huyện Phong Thổ, tỉnh Lai Châu", False),
        ("xã Nậm Xe huyện Phong Thổ tỉnh Lai Châu", False),  # which Mường So took in on 01/07/2025
        ("xã Khổng Lào, huyện Phong Thổ, tỉnh Lai Châu", False),  # by the register of units
        ("xã Nậm Xe, tỉnh Lào Cai cũ", True),
        ("UBND xã Mường So, tỉnh Lai Châu", False),
        ("Ủy ban nhân dân xã Mường So", False),
        ("xã Dào San, huyện Phong Thổ, tỉnh Lai Châu", True),
        ("bản Nà Củng, xã Mường So, tỉnh Lai Châu", True),
        ("xã Mường So, tỉnh Điện Biên", True),
        ("Thành phố Hà Nội", True),
        ("phường Đoàn Kết, thành phố Lai Châu, tỉnh Lai Châu", True),
        ("Bản Vàng Pheo", False),
        ("Mường So, Phong Thổ, Lai Châu", False),  # nothing says which is what
        ("xã Mường", False),  # cut off
        ("", False),
    ],
)
def test_where_it_is_from(producer, said, is_so):
    old = Place.objects.create(
        code="03598",
        level="commune",
        kind="xã",
        name="Xã Nậm Xe",
        valid_from=BEFORE,
        valid_to=LAST_DAY_BEFORE,
    )
    PlaceSuccession.objects.create(earlier=old, later=producer.unit.place)
    producer.address = "bản Vàng Pheo, xã Mường So, tỉnh Lai Châu"
    assert is_elsewhere(said, producer) is is_so


def test_without_a_hamlet_in_the_register_none_is_missed(producer):
    producer.address = "Quốc lộ 12"
    assert not is_elsewhere("bản Nà Củng, xã Mường So, tỉnh Lai Châu", producer)
    assert is_elsewhere("bản Nà Củng, xã Sìn Hồ, tỉnh Lai Châu", producer)


def test_another_address_is_told_to_her_and_changes_nothing(lai_chau, draft, owner, signed_in, run_task):
    lines = ["Tên cơ sở: Hợp tác xã Mường So", "Địa chỉ: bản Nà Củng, xã Sìn Hồ, tỉnh Lai Châu", "Số: 12/GCN"]
    content = HTML(string="".join(f"<p>{line}</p>" for line in [*lines, "x" * 60])).write_pdf()
    paper = _added(draft, owner, "a.pdf", content)
    run_task(read_papers, lai_chau.pk)
    row = PaperReading.objects.get(paper=paper)
    assert (row.address, row.warnings) == ("bản Nà Củng, xã Sìn Hồ, tỉnh Lai Châu", ["elsewhere"])
    words = "Giấy ghi địa chỉ “bản Nà Củng, xã Sìn Hồ, tỉnh Lai Châu”, khác địa chỉ của chủ thể."
    for path in ("", f"{paper.pk}/"):
        assert words in signed_in(owner).get(f"{T}/dossiers/{draft.pk}/evidence/{path}").content.decode()
    assert (
        words
        in signed_in(owner).get(f"{T}/producers/{paper.producer_id}/papers/{paper.pk}/").content.decode()
    )


def _added(draft, owner, name, content, **facts):
    return add_evidence(draft, kind="test_report", by=owner, upload=upload(name, content), facts=facts)


def test_a_pdf_with_text_is_read_and_a_person_takes_it_over(lai_chau, draft, owner, signed_in, run_task):
    paper = _added(draft, owner, "a.pdf", printed(), issuer="Sở Y tế")
    tab, url = signed_in(owner), f"{T}/dossiers/{draft.pk}/evidence/{paper.pk}/"
    assert "Máy đang đọc giấy tờ" in tab.get(url).content.decode()
    run_task(read_papers, lai_chau.pk)
    run_task(read_papers, lai_chau.pk)
    row = PaperReading.objects.get(paper=paper)
    assert (row.outcome, row.attempts, row.number, row.warnings) == (
        "read",
        1,
        "77/2026/GCN-ATTP",
        ["anothers"],
    )
    paper.refresh_from_db()
    assert (paper.number, paper.expires_on) == ("", None)  # nothing is written before she confirms
    listed = tab.get(f"{T}/dossiers/{draft.pk}/evidence/").content.decode()
    assert "Máy đã đọc được thông tin trên giấy: xem và xác nhận" in listed
    page = tab.get(f"{url}?fill=1")
    assert "Giấy mang tên “Hợp tác xã Chè Tam Đường”, khác tên chủ thể." in page.content.decode()
    initial = page.context["form"].initial
    assert (initial["number"], initial["issuer"], initial["expires_on"]) == (
        "77/2026/GCN-ATTP", "Sở Y tế", dt.date(2029, 3, 11),
    )  # fmt: skip
    assert [row[0] for row in page.context["read"]] == ["Số", "Ngày cấp", "Có giá trị đến", "Nơi cấp"]
    given = {"kind": "test_report", "title": "Giấy", "number": "77/2026/GCN-ATTP", "expires_on": "11/03/2029"}
    assert tab.post(url, given).status_code == 302
    paper.refresh_from_db()
    assert (paper.number, paper.expires_on) == ("77/2026/GCN-ATTP", dt.date(2029, 3, 11))


def test_without_tesseract_a_scan_is_not_read_and_says_so(
    lai_chau, draft, owner, tenant_admin, signed_in, run_task, monkeypatch
):
    monkeypatch.setattr(text, "tesseract", lambda: "")
    paper = _added(draft, owner, "a.jpg", scan())
    run_task(read_papers, lai_chau.pk)
    assert PaperReading.objects.get(paper=paper).outcome == "unread"
    page = signed_in(owner).get(f"{T}/dossiers/{draft.pk}/evidence/{paper.pk}/").content.decode()
    assert "Máy không đọc được chữ trên tệp này; hãy tự điền." in page
    assert "Chưa cài Tesseract tiếng Việt" in signed_in(tenant_admin).get(f"{T}/admin/").content.decode()


@pytest.mark.skipif(not text.tesseract(), reason="no Tesseract with Vietnamese here")
def test_a_photograph_is_read(lai_chau, draft, owner, run_task):
    paper = _added(draft, owner, "a.jpg", scan())
    run_task(read_papers, lai_chau.pk)
    row = PaperReading.objects.get(paper=paper)
    assert (row.outcome, row.number, row.issued_on, row.expires_on) == (
        "read", "77/2026/GCN-ATTP", READ.issued_on, READ.expires_on,
    )  # fmt: skip
    assert row.warnings == ["anothers"]


@pytest.mark.skipif(not text.tesseract(), reason="no Tesseract with Vietnamese here")
def test_a_page_that_lies_on_its_side_is_told(draft, owner):
    assert text.read(_added(draft, owner, "a.jpg", scan(turn=90)).file).is_turned


def test_a_blurred_photograph_is_told(lai_chau, draft, owner, run_task):
    paper = _added(draft, owner, "a.jpg", scan(blur=9))
    run_task(read_papers, lai_chau.pk)
    assert "blurred" in PaperReading.objects.get(paper=paper).warnings
    assert not text.is_blurred(Image.open(io.BytesIO(scan())))
    assert not text.is_blurred(Image.new("RGB", (800, 600), "white"))  # an empty page is not a blurred one


def test_a_file_over_which_workers_die_is_left_alone(lai_chau, draft, owner, run_task, monkeypatch):
    paper = _added(draft, owner, "a.pdf", printed())

    PaperReading.objects.exclude(paper=paper).delete()

    def die(file):
        raise MemoryError

    monkeypatch.setattr(text, "read", die)
    for attempt in (1, 2, 3):
        with pytest.raises(MemoryError):
            run_task(read_papers, lai_chau.pk)
        PaperReading.objects.filter(paper=paper).update(
            attempts=attempt
        )  # the test's transaction took it back
    run_task(read_papers, lai_chau.pk)
    assert PaperReading.objects.get(paper=paper).outcome == "waiting"
