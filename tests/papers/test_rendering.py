from __future__ import annotations

import datetime as dt
import hashlib
import re
import subprocess

import pytest
from django.template.loader import render_to_string

from ocop.papers.models import Paper, PaperState
from ocop.papers.tasks import render_papers
from ocop.papers.workflow import PAPER

ON = dt.date(2026, 2, 5)


def text_of(paper: Paper) -> str:
    with paper.file.open() as stored:
        done = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=stored.read(), capture_output=True, check=True
        )
    return done.stdout.decode()


def number(paper, by, **data):
    return PAPER.take("number", paper, by=by, data={"dated_on": ON, "signer_name": "Hà Trọng Hải", **data})


def test_a_numbered_paper_becomes_a_pdf_laid_out_as_the_decree_wants(draft, leader, lai_chau, run_task):
    number(draft, leader, signs_as="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")

    run_task(render_papers, lai_chau.pk)

    paper = Paper.objects.get(pk=draft.pk)
    assert paper.state == PaperState.RENDERED
    words = " ".join(text_of(paper).split())
    for printed in (
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 01/QĐ-UBND",
        "Lai Châu, ngày 05 tháng 02 năm 2026",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAI CHÂU",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "của Thủ tướng Chính phủ.",
        "Điều 1. Công nhận 02 sản phẩm",
        "thi hành Quyết định này./.",
        "- Lưu: VT, NNMT.",
        "KT. CHỦ TỊCH",
        "Hà Trọng Hải",
        "Chè Shan tuyết <b>cổ thụ</b>",
        "(Kèm theo Quyết định số 01/QĐ-UBND ngày 05 tháng 02 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh Lai Châu)",
    ):
        assert printed in words, printed
    assert "DỰ THẢO" not in words
    with paper.file.open() as stored:
        assert hashlib.sha256(stored.read()).hexdigest() == paper.file.sha256


@pytest.mark.parametrize("last", ["Đúng như hồ sơ", "Đúng như hồ sơ."])
def test_a_paper_ends_with_one_full_stop_and_a_stroke(last):
    printed = render_to_string("papers/_blocks.html", {"blocks": [{"p": "Đầu."}, {"p": last}]})
    assert re.findall(r"<p>(.*)</p>", printed) == ["Đầu.", "Đúng như hồ sơ./."]
