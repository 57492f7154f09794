"""A village's line: it breaks, the tab is closed, the phone forgets. No file is sent from zero."""

from __future__ import annotations

import io
import random

import pikepdf
import pytest
from playwright.sync_api import expect

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.models import EvidencePaper
from tests import factories
from tests.e2e.scoring import SET

BYTES_A_SECOND = 400_000


def heavy_pdf(size: int) -> bytes:
    """One page that weighs so much and packs no smaller."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(595, 842))
    document.Root.Weight = document.make_stream(random.Random(26).randbytes(size))
    document.save(out)
    return out.getvalue()


class Sent:
    """What went over the line: where each piece began, how long it was, whether the server took it."""

    def __init__(self, context):
        self.pieces, self.taken = [], []
        context.on(
            "request",
            lambda it: it.method == "PATCH" and self.pieces.append(int(it.headers["upload-offset"])),
        )
        context.on("response", self._answered)

    def _answered(self, response):
        if response.request.method == "PATCH" and response.status == 200:
            begin = int(response.request.headers["upload-offset"])
            self.taken.append((begin, len(response.request.post_data_buffer or b"")))


class Line:
    """The line of one tab, slow as a village's."""

    def __init__(self, tab):
        self.session = tab.context.new_cdp_session(tab)
        self.session.send("Network.enable")
        self.set(offline=False)

    def set(self, *, offline):
        facts = {"latency": 150, "downloadThroughput": 1_000_000, "uploadThroughput": BYTES_A_SECOND}
        self.session.send("Network.emulateNetworkConditions", {"offline": offline, **facts})


@pytest.fixture
def draft(cast):
    with tenant_scope(cast.tenant):
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossier = factories.make_complete_dossier(commune, name="Khăn piêu", set_code=SET, owner=owner)
        return User.objects.get(pk=owner.pk), dossier.pk


def anew(producer, pk):
    """Close the tab and open the page in another."""
    producer.tab.close()
    producer.tab = producer.context.new_page()
    producer.tab.set_viewport_size({"width": 360, "height": 740})
    producer.go(f"dossiers/{pk}/evidence/")
    return producer.tab


def percent(row):
    return int(row.locator("progress").get_attribute("value") or 0)


def reach(tab, row, least):
    for _ in range(600):
        if percent(row) >= least:
            return
        tab.wait_for_timeout(50)
    pytest.fail(f"{least} % were not reached")


def test_three_cuts_a_closed_tab_and_a_phone_that_forgets(cast, draft, person):
    owner, pk = draft
    content = heavy_pdf(14_000_000)
    file = {"name": "phiếu kiểm nghiệm.pdf", "mimeType": "application/pdf", "buffer": content}
    producer = person(owner)
    producer.watch.is_cut = True
    tab, context = producer.tab, producer.context
    sent = Sent(context)
    tab.set_viewport_size({"width": 360, "height": 740})

    producer.go(f"dossiers/{pk}/evidence/")
    line = Line(tab)
    tab.locator("input[name=file]").set_input_files(file)
    row = tab.locator(".uploads li")
    for least in (5, 15, 25):  # three cuts
        reach(tab, row, least)
        line.set(offline=True)
        expect(row).to_contain_text("mất mạng, có mạng sẽ gửi tiếp")
        if least == 15:
            producer.look("12-cut")
        line.set(offline=False)
        expect(row).to_contain_text("đang gửi")
    reach(tab, row, 30)
    tab = anew(producer, pk)  # the tab is closed; the device has kept the file
    Line(tab)
    row = tab.locator(".uploads li")
    expect(row).to_contain_text("đang gửi")
    reach(tab, row, 40)
    tab.evaluate("indexedDB.deleteDatabase('ocop-files')")
    tab = anew(producer, pk)  # now it is not kept
    row = tab.locator(".uploads li")
    expect(row).to_contain_text("Chọn lại đúng tệp này để gửi tiếp từ")
    assert percent(row) >= 40
    producer.look("12-again")
    tab.locator("input[name=file]").set_input_files(file)
    tab.get_by_label("Loại giấy tờ").select_option("story")
    tab.get_by_label("Tên giấy tờ").fill("Phiếu kiểm nghiệm")
    tab.get_by_role(
        "button", name="Tải lên", exact=True
    ).click()  # pressed before the file is there: it waits
    producer.reads("Đã tải lên.")
    with tenant_scope(cast.tenant):
        paper = EvidencePaper.objects.get(title="Phiếu kiểm nghiệm")
        assert (paper.file.size, paper.file.name) == (len(content), "phiếu kiểm nghiệm.pdf")
    begins = [begin for begin, _length in sent.taken]
    assert begins == sorted(set(begins))  # no piece was taken twice
    assert begins.count(0) == sent.pieces.count(0) == 1  # and nothing was sent from zero
    again = len(sent.pieces) - len(sent.taken)
    assert again <= 8, (sent.pieces, sent.taken)  # what was cut off in its middle, and no more
