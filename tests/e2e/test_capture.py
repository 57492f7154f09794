"""A paper before a phone's camera: corners set, straightened, two pages one PDF, sent like any other file."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.models import EvidencePaper
from tests import factories
from tests.e2e.scoring import SET

CORNERS = [(300, 250), (1500, 400), (1380, 2150), (200, 1950)]  # of the paper in the photograph


def photograph(mark: str) -> bytes:
    """A white paper askew on a dark table, red in the middle of it, as a camera sees it."""
    picture = Image.new("RGB", (1800, 2400), "#333322")
    pen = ImageDraw.Draw(picture)
    pen.polygon(CORNERS, fill="white")
    x, y = (sum(corner[axis] for corner in CORNERS) // 4 for axis in (0, 1))
    pen.rectangle((x - 120, y - 120, x + 120, y + 120), fill=mark)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


@pytest.fixture
def draft(cast):
    with tenant_scope(cast.tenant):
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossier = factories.make_complete_dossier(commune, name="Khăn piêu", set_code=SET, owner=owner)
        return User.objects.get(pk=owner.pk), dossier.pk


def shoot(tab, mark):
    tab.locator("input[data-camera-of]").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph(mark)}
    )
    stage = tab.locator(".capture__stage canvas")
    stage.wait_for()
    stage.scroll_into_view_if_needed()
    for handle, (x, y) in zip(tab.locator(".capture__corner").all(), CORNERS, strict=True):
        box, seen = stage.bounding_box(), handle.bounding_box()
        tab.mouse.move(seen["x"] + seen["width"] / 2, seen["y"] + seen["height"] / 2)
        tab.mouse.down()
        tab.mouse.move(box["x"] + x * box["width"] / 1800, box["y"] + y * box["height"] / 2400, steps=4)
        tab.mouse.up()


def test_two_photographs_become_one_straight_pdf(cast, draft, person):
    owner, pk = draft
    producer = person(owner)
    tab = producer.tab
    tab.set_viewport_size({"width": 360, "height": 1400})
    producer.go(f"dossiers/{pk}/evidence/")
    shoot(tab, "red")
    producer.look("14-corners")
    tab.set_viewport_size({"width": 360, "height": 1400})
    tab.get_by_role("button", name="Nắn thẳng và thêm trang").click()
    tab.locator(".capture__pages img").wait_for()
    shoot(tab, "blue")
    corner = tab.locator(".capture__corner").first
    corner.focus()
    before = corner.evaluate("it => it.style.left")
    tab.keyboard.press("ArrowRight")
    assert corner.evaluate("it => it.style.left") != before  # by keyboard too
    tab.keyboard.press("ArrowLeft")
    tab.get_by_role("button", name="Nắn thẳng và thêm trang").click()
    tab.locator(".capture__pages li").nth(1).wait_for()
    producer.look("14-pages")
    tab.get_by_role("button", name="Ghép các trang và gửi").click()
    tab.get_by_label("Loại giấy tờ").select_option("story")
    tab.get_by_label("Tên giấy tờ").fill("Giấy chụp")
    producer.reads("đã nhận; điền thông tin")
    tab.get_by_role("button", name="Tải lên", exact=True).click()
    producer.reads("Đã tải lên.")
    with tenant_scope(cast.tenant):
        file = EvidencePaper.objects.get(title="Giấy chụp").file
        assert (file.pages, file.content_type) == (2, "application/pdf")
        assert file.size < 400_000  # two photographs of some megabytes each on a phone
        with file.open() as content:
            document = pypdfium2.PdfDocument(content.read())
    pages = [document[number].render(scale=0.5).to_pil() for number in range(2)]
    document.close()
    for page, mark in zip(pages, ((255, 0, 0), (0, 0, 255)), strict=True):
        w, h = page.size
        for x, y in (
            (3, 3),
            (w - 4, 3),
            (3, h - 4),
            (w - 4, h - 4),
            (w // 2, 12),
        ):  # nothing of the table is left
            assert min(page.getpixel((x, y))) > 225, (x, y, page.getpixel((x, y)))
        got = page.getpixel((w // 2, h // 2))
        assert all(abs(one - other) < 40 for one, other in zip(got, mark, strict=True)), got
