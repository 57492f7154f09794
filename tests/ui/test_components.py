"""Each component says in words what it shows, and says it to those who do not see it too."""

import re
from datetime import date, datetime
from types import SimpleNamespace
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from ocop import ui, ui_forms

LONG = "Hợp tác xã Sản xuất, kinh doanh và dịch vụ nông nghiệp tổng hợp Mường So"


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def shown(source: str, **context) -> str:
    """The tag's HTML with white space made plain."""
    html = engines["django"].from_string("{% load ui %}" + source).render(context)
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).strip()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def asking(path: str = "/", **attributes):
    request = RequestFactory().get(path)
    for name, value in attributes.items():
        setattr(request, name, value)
    return request


class TestHeading:
    def test_one_h1_with_its_state_and_its_action(self):
        crumbs = [("Sản phẩm", "/sp/"), (LONG, "")]
        html = shown(
            '{% heading name sub="Xã Mường So" crumbs=crumbs %}{% state "Nháp" %}{% endheading %}',
            name=LONG,
            crumbs=crumbs,
        )
        assert html.count("<h1>") == 1
        assert f"<h1>{LONG}</h1>" in html
        assert '<div class="row"><span class="state">Nháp</span></div>' in html
        assert f'<li><a href="/sp/">Sản phẩm</a></li><li aria-current="page">{LONG}</li>' in html

    def test_nothing_at_its_right_leaves_no_row(self):
        assert 'class="row"' not in shown('{% heading "Kế hoạch" %} {% endheading %}')


class TestWordsWithAMeaning:
    @pytest.mark.parametrize("count", [0, 1, 3, 5])
    def test_stars_are_five_outlines_and_a_label(self, count):
        html = shown("{% stars count %}", count=count)
        assert html.count("<svg") == 5
        assert html.count("star--on") == count
        assert f'role="img" aria-label="{count} sao"' in html

    def test_no_stars_yet_is_said(self):
        assert words(shown("{% stars None %}")) == "chưa chấm"

    def test_a_gate_names_its_star(self):
        html = shown("{% gate 4 %}")
        assert words(html) == "tối thiểu cho 4 sao"
        assert html.count("star--on") == 4

    @pytest.mark.parametrize(
        ("tag", "kind", "text"),
        [
            ("{% due 23 %}", "", "còn 23 ngày"),
            ("{% due 6 %}", "", "còn 6 ngày"),
            ("{% due 5 %}", "soon", "còn 5 ngày"),
            ("{% due 6 soon=7 working=True %}", "soon", "còn 6 ngày làm việc"),
            ("{% due 0 %}", "soon", "hạn cuối hôm nay"),
            ("{% due -2 %}", "late", "quá hạn 2 ngày"),
            ("{% due -1 working=True %}", "late", "quá hạn 1 ngày làm việc"),
            ("{% due None on=day %}", "", "trước 07/04/2027"),
            ("{% due 9 on=day %}", "", "còn 9 ngày , hạn 07/04/2027"),
        ],
    )
    def test_a_deadline_says_the_days_left(self, tag, kind, text):
        html = shown(tag, day=date(2027, 4, 7))
        assert words(html) == text
        assert re.findall(r"due--(\w+)", html) == ([kind] if kind else [])

    def test_a_state_is_words(self):
        assert (
            shown('{% state "Chờ bổ sung" "back" %}') == '<span class="state state--back">Chờ bổ sung</span>'
        )

    @pytest.mark.parametrize("state", ui.SEAL)
    def test_the_seal_says_the_public_state_first(self, state):
        html = shown("{% seal state 'Đến hết ngày 27/12/2029' %}", state=state)
        assert words(html) == f"{ui.SEAL[state][2]} Đến hết ngày 27/12/2029"

    def test_the_seal_knows_no_other_state(self):
        with pytest.raises(KeyError):
            ui.seal("fine", "")

    def test_what_people_typed_is_escaped(self):
        name = "<b>Chè & mật</b>"
        for tag in (
            "{% state name %}",
            "{% empty name %}",
            "{% heading name %}{% endheading %}",
            "{% btn name %}",
        ):
            assert "&lt;b&gt;Chè &amp; mật&lt;/b&gt;" in shown(tag, name=name)


class TestDoing:
    def test_a_button_is_a_link_when_it_leads_somewhere(self):
        assert shown('{% btn "Lập tờ trình" "/moi/" %}') == '<a class="btn" href="/moi/">Lập tờ trình </a>'
        assert 'type="submit" name="step" value="send"' in shown('{% btn "Nộp" name="step" value="send" %}')

    def test_a_blocked_button_says_why_and_leads_there(self):
        reasons = [("4 tiêu chí chưa chấm", "#c"), ("chưa khai xung đột lợi ích", "")]
        html = shown(
            '{% btn "Niêm phong" "/di/" reasons=reasons why="Chưa niêm phong được:" %}', reasons=reasons
        )
        described = re.search(r'aria-disabled="true" aria-describedby="([^"]+)"', html).group(1)
        assert f'class="blocked" id="{described}"' in html
        assert '<a href="#c">4 tiêu chí chưa chấm</a>' in html
        assert "<li>chưa khai xung đột lợi ích</li>" in html
        assert "/di/" not in html

    def test_an_icon_alone_has_a_name(self):
        assert words(shown('{% btn "Tải về" "/t/" icon="get" only_icon=True %}')) == "Tải về"

    def test_a_dialog_is_named_by_its_title(self):
        html = shown('{% dialog "d1" "Thu hồi?" %}<p>Không quay lại được.</p>{% enddialog %}')
        assert '<dialog class="dialog" id="d1" aria-labelledby="d1-title">' in html
        assert '<h2 class="dialog__title" id="d1-title">Thu hồi?</h2>' in html

    def test_an_empty_list_says_what_to_do_next(self):
        html = shown('{% empty "Chưa có hồ sơ" "Mời chủ thể." "/moi/" "Gửi lời mời" %}')
        assert words(html) == "Chưa có hồ sơ Mời chủ thể. Gửi lời mời"
        assert '<a class="btn" href="/moi/">' in html

    def test_messages_toast_what_is_done_and_keep_what_is_wrong(self):
        items = [Message(constants.SUCCESS, "Đã chuyển"), Message(constants.ERROR, "Chưa gửi được")]
        html = shown("{% messages items %}", items=items)
        assert '<p class="toast" role="status">Đã chuyển' in html
        assert re.search(r'class="note note--wrong" role="alert".*Chưa gửi được', html)


class Paper(forms.Form):
    name = forms.CharField(label="Tên chủ thể", help_text="Như giấy đăng ký")
    issued_on = forms.DateField(label="Ngày cấp")
    revenue = forms.DecimalField(label="Doanh thu", localize=True, required=False)
    kind = forms.ChoiceField(
        label="Lần", choices=[("a", "Lần đầu"), ("b", "Nâng hạng")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="Tôi cam kết")
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea, required=False)
    file = forms.FileField(label="Giấy tờ", required=False)

    def clean(self):
        raise forms.ValidationError("Hồ sơ đã nộp.")


class TestFields:
    def test_order_is_label_hint_error_input_saved(self):
        form = Paper({"issued_on": "hôm qua"})
        at = datetime(2026, 11, 22, 14, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        html = shown("{% field f saved=at %}", f=form["name"], at=at)
        marks = ['for="id_name"', 'id="id_name_hint"', 'id="id_name_error"', "<input", 'id="id_name_saved"']
        places = [html.index(mark) for mark in marks]
        assert places == sorted(places)
        assert 'aria-describedby="id_name_hint id_name_error id_name_saved"' in html
        assert 'aria-invalid="true"' in html
        assert words(html).endswith("Đã lưu 14:05")

    def test_a_field_that_saves_itself_has_its_live_line_before_the_first_save(self):
        html = shown('{% field f saved="" %}', f=Paper()["note"])
        assert '<span class="saved" id="id_note_saved" role="status"></span>' in html

    def test_dates_and_numbers_are_written_the_vietnamese_way(self):
        form = Paper(initial={"issued_on": date(2026, 11, 22), "revenue": 1234.5})
        day, money = (shown("{% field f %}", f=form["issued_on"]), shown("{% field f %}", f=form["revenue"]))
        assert 'value="22/11/2026"' in day
        assert 'inputmode="numeric"' in day
        assert "Ngày/tháng/năm" in day
        assert 'value="1.234,5"' in money
        assert 'inputmode="decimal"' in money

    def test_radios_are_a_fieldset_that_the_summary_can_reach(self):
        html = shown("{% field f %}", f=Paper({})["kind"])
        assert '<fieldset class="field" id="id_kind" tabindex="-1" aria-describedby="id_kind_error">' in html
        assert re.findall(r'<label class="pick" for="(id_kind_\d)">', html) == ["id_kind_0", "id_kind_1"]

    def test_a_checkbox_stands_in_its_label(self):
        html = shown("{% field f %}", f=Paper()["agreed"])
        assert re.search(
            r'<label class="pick" for="id_agreed"><input type="checkbox"[^>]*><span>Tôi cam kết', html
        )

    def test_only_optional_fields_say_so(self):
        assert "(không bắt buộc)" in shown("{% field f %}", f=Paper()["note"])
        assert "(không bắt buộc)" not in shown("{% field f %}", f=Paper()["name"])

    def test_the_summary_counts_and_leads_to_every_error(self):
        html = shown(
            "{% error_summary form %}", form=Paper({"name": LONG, "issued_on": "01/02/2026", "kind": "a"})
        )
        assert words(html).startswith("Còn 2 chỗ cần sửa Hồ sơ đã nộp.")
        assert re.findall(r'<a href="#(\w+)">', html) == ["id_agreed"]

    def test_the_summary_says_which_field_is_meant(self):
        html = shown("{% error_summary form %}", form=Paper({"name": LONG, "agreed": "on"}))
        assert re.findall(r'<a href="#id_kind">([^<]*)</a>', html) == [
            f"{Paper()['kind'].label}: Ô này còn trống, hãy điền hoặc chọn."
        ]

    def test_an_empty_choice_is_a_dash(self):
        class Choice(forms.Form):
            unit = forms.ChoiceField(choices=BLANK_CHOICE_DASH)

        assert re.findall(r"<option[^>]*>([^<]*)</option>", shown("{% field f %}", f=Choice()["unit"])) == [
            "—"
        ]

    def test_no_error_no_summary(self):
        assert shown("{% error_summary form %}", form=Paper()) == ""

    def test_uploads_work_as_a_plain_form(self):
        html = shown("{% upload f %}", f=Paper()["file"])
        assert '<input type="file" name="file"' in html
        assert 'data-upload="id_file_list"' in html
        assert 'type="submit" data-plain-send' in html

    def test_an_upload_says_how_to_mend_it(self):
        html = shown(
            "{% upload_item i %}", i={"name": "a.heic", "error": "Ảnh bị mờ. Chụp lại.", "remove_url": "/x/"}
        )
        assert words(html) == "a.heic Bỏ a.heic Ảnh bị mờ. Chụp lại."
        bar = shown(
            "{% upload_item i %}", i={"name": "a.pdf", "percent": 62, "paused": True, "meta": "3,1 MB"}
        )
        assert '<progress class="is-paused" max="100" value="62" aria-label="Đã gửi 62%">' in bar


class TestWhereThingsStand:
    @pytest.mark.parametrize("status", ui.TASK)
    def test_a_task_says_its_standing(self, status):
        html = shown(
            "{% tasks items %}", items=[{"status": status, "label": LONG, "url": "/v/", "sub": "11 loại"}]
        )
        assert words(html) == f"{LONG} 11 loại {ui.TASK[status][2]}"

    def test_a_task_with_a_deadline_keeps_both(self):
        html = shown(
            "{% tasks items due=True %}", items=[{"status": "doing", "label": "A", "url": "/", "days": 3}]
        )
        assert words(html) == "A còn 3 ngày , Đang làm"

    def test_the_road_marks_one_step(self):
        stops = [
            {"name": "Ý tưởng", "status": "done", "note": "03/11"},
            {"name": "Hội đồng", "status": "here"},
            {"name": "Chứng nhận", "status": "next"},
        ]
        html = shown("{% road stops %}", stops=stops)
        assert html.count('aria-current="step"') == 1
        assert 'aria-label="Con đường của hồ sơ"' in html
        assert words(html) == "Ý tưởng , xong 03/11 2 Hội đồng , đang ở đây 3 Chứng nhận , chưa tới"

    def test_the_road_has_six_stops_at_most(self):
        with pytest.raises(ValueError, match="6 stops at most, not 7"):
            ui.road([{"name": str(n), "status": "next"} for n in range(7)])

    def test_the_timeline_is_read_by_machines_too(self):
        at = datetime(2026, 11, 14, 16, 40, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        html = shown("{% timeline e %}", e=[{"at": at, "title": "Trả lại", "text": "Ảnh mờ", "bad": True}])
        assert '<time datetime="2026-11-14T16:40:00+07:00">14/11/2026 16:40</time>' in html
        assert '<li class="is-bad">' in html

    def test_a_figure_opens_its_list(self):
        html = shown('{% figure 1247 "lượt quét" "/scans/" unit="lượt" %}')
        assert words(html) == "1.247 lượt lượt quét"
        assert html.startswith('<a class="figure" href="/scans/">')


COLUMNS = [
    {"label": "Sản phẩm", "sort": "name"},
    {"label": "Chủ thể"},
    {"label": "Hạn", "sort": "due", "end": True},
]


class Find(forms.Form):
    q = forms.CharField(label="Tìm", required=False)
    at = forms.ChoiceField(
        label="Đang ở", required=False, choices=[("", "Mọi bước"), ("back", "Chờ bổ sung")]
    )
    mine = forms.BooleanField(label="Của tôi", required=False)


class TestLists:
    def test_a_table_keeps_its_roles_when_it_turns_into_cards(self):
        html = shown(
            '{% table columns label="Hồ sơ" sort="-due" %}<tr role="row"></tr>{% endtable %}',
            columns=COLUMNS,
            request=asking("/?at=back&after=x"),
        )
        assert '<table class="table" role="table" aria-label="Hồ sơ">' in html
        assert html.count('role="rowgroup"') == 2
        assert html.count('role="columnheader"') == 3
        assert html.count("aria-sort") == 1
        assert 'class="end" aria-sort="descending"><a href="?at=back&amp;sort=due">Hạn' in html

    def test_pressing_a_head_again_turns_the_order(self):
        assert ui_forms.head({"label": "Hạn", "sort": "due"}, "due")["turned"] == "-due"

    def test_each_filter_in_force_can_be_taken_off(self):
        request = asking("/?q=che&at=back&mine=on&sort=due&after=x")
        html = shown(
            '{% filters f label="Lọc" columns=c sort="due" %}',
            f=Find(request.GET),
            c=COLUMNS,
            request=request,
        )
        chips = re.findall(r'class="chip" href="([^"]+)"><span class="unseen">Bỏ lọc </span>([^<]+)', html)
        assert chips == [
            ("?at=back&amp;mine=on&amp;sort=due", "Tìm: che"),
            ("?q=che&amp;mine=on&amp;sort=due", "Đang ở: Chờ bổ sung"),
            ("?q=che&amp;at=back&amp;sort=due", "Của tôi"),
        ]
        assert re.findall(r'<option value="(-?due|-?name)"', html) == ["name", "-name", "due", "-due"]

    def test_the_pager_keeps_the_filters(self):
        html = shown('{% pager after="k9" %}', request=asking("/?at=back&before=k1"))
        assert 'href="?at=back&amp;after=k9"' in html
        assert html.count("<a ") == 1

    def test_one_page_needs_no_pager(self):
        assert shown("{% pager %}", request=asking("/?at=back")).strip() == ""

    def test_a_list_is_taken_away_as_it_is_filtered(self):
        html = shown('{% total 31 "hồ sơ" %}', request=asking("/?at=back&sort=due&after=k9"))
        assert 'href="?at=back&amp;sort=due&amp;format=xlsx"' in html

    def test_a_list_may_stay_where_it_is(self):
        html = shown('{% total 31 "sản phẩm" take_away=False %}', request=asking("/"))
        assert "xlsx" not in html

    def test_an_order_that_no_column_offers_is_named(self):
        assert ui_forms.orders(COLUMNS, "-pk")[0] == ("", "Mới nhất trước")
        assert [key for key, _words in ui_forms.orders(COLUMNS, "due")] == ["name", "-name", "due", "-due"]


class TestEvaluating:
    CARD: ClassVar = {
        "code": "1.5",
        "title": "Liên kết chuỗi",
        "where": "Phần A",
        "max": 3,
        "levels": [{"points": 0, "text": "Không có"}, {"points": 2, "text": "Trên 75%", "gates": [4]}],
    }

    def test_a_criterion_is_one_named_fieldset(self):
        html = shown('{% criterion c name="p" value=2 claim=0 %}<p>Sau</p>{% endcriterion %}', c=self.CARD)
        assert '<h2 id="crit-p">Liên kết chuỗi</h2>' in html
        assert '<fieldset class="levels" aria-labelledby="crit-p">' in html
        assert re.findall(r'value="(\d)" checked', html) == ["2"]
        levels = html.split('class="level"')[1:]
        assert ["Chủ thể tự chấm mức này" in level for level in levels] == [True, False]
        assert ["tối thiểu cho 4 sao" in level for level in levels] == [False, True]
        assert html.index("</fieldset>") < html.index("<p>Sau</p>")

    def test_a_sealed_ballot_cannot_be_changed(self):
        html = shown('{% criterion c name="p" locked=True %}{% endcriterion %}', c=self.CARD)
        assert 'aria-labelledby="crit-p" disabled>' in html

    def test_the_viewer_marks_the_open_paper(self):
        papers = [{"label": "Hợp đồng", "url": "/1/", "current": True}, {"label": "Hóa đơn", "url": "/2/"}]
        image = {"label": "Hợp đồng, trang 2", "url": "/1/", "page": 2, "pages": 6, "image_url": "/1/2.png"}
        html = shown("{% viewer papers image %}", papers=papers, image=image)
        assert html.count('aria-current="true"') == 1
        assert 'alt="Hợp đồng, trang 2"' in html
        assert "<iframe" in shown(
            "{% viewer papers pdf %}", papers=papers, pdf={"label": "Hợp đồng", "url": "/1/"}
        )


class TestMast:
    PERSON = SimpleNamespace(name="Nguyễn Thị Lan", position="Sở NN&MT")

    def page(self, **context):
        return shown("{% mast %}", tenant=SimpleNamespace(name="Lai Châu", slug="lai-chau"), **context)

    def test_a_person_sees_her_way_and_her_name(self):
        html = self.page(
            user=SimpleNamespace(is_authenticated=True),
            person=self.PERSON,
            nav=[("Việc của tôi", "/viec/", True), ("Hồ sơ", "/ho-so/", False)],
        )
        assert html.count('href="/viec/" aria-current="page"') == 2  # the bar and the small screen's menu
        assert html.count("aria-current") == 2
        assert "Nguyễn Thị Lan" in html
        assert "Sở NN&amp;MT" in html

    def test_the_public_sees_no_role(self):
        html = self.page(user=SimpleNamespace(is_authenticated=False), nav=[("Việc của tôi", "/viec/", True)])
        assert "<nav" not in html
        assert words(html).startswith("OCOP Lai Châu , về trang đầu")

    def test_context_is_whole_without_the_lead_of_a_tenant(self):
        request = asking()
        request.COOKIES["theme"] = "dark"
        expected = {"tenant": None, "person": None, "nav": (), "unread": 0, "theme": "dark"}
        assert ui.context(request) == expected

    def test_a_theme_nobody_offers_is_not_taken(self):
        request = asking()
        request.COOKIES["theme"] = '"><script>'
        assert ui.context(request)["theme"] == ""
