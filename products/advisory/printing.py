"""What the advisory team's report prints of its own work: extra tests with their results, visits with their answers."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.papers.content import Block, Photo, Table
from products.advisory.filling import Sheet, sheet_of
from products.advisory.photos import photos_of
from products.models import Dossier, ExtraTest, ExtraTestState, Survey, SurveyPhoto, SurveyState


def printed(dossier: Dossier) -> list[Block]:
    """Nothing where nobody tested or went; what was taken back or cancelled is not told."""
    tests = ExtraTest.objects.filter(dossier=dossier).exclude(state=ExtraTestState.WITHDRAWN).for_list()
    surveys = Survey.objects.filter(dossier=dossier, state=SurveyState.SIGNED).for_list()
    return [*_tests(list(tests)), *(block for it in surveys for block in _survey(it))]


def _tests(tests: list[ExtraTest]) -> list[Block]:
    if not tests:
        return []
    columns = [_("TT*"), _("Chỉ tiêu"), _("Lý do"), _("Nơi kiểm nghiệm"), _("Kết quả")]
    rows = [
        [str(n), it.parameters, it.reason, _laboratory(it), _result(it)]
        for n, it in enumerate(tests, start=1)
    ]
    return [{"h": _("Kiểm nghiệm thêm")}, {"table": {"columns": columns, "rows": rows}}]


def _laboratory(test: ExtraTest) -> str:
    told = next((it.paper.issuer for it in test.results.all() if it.is_accepted and it.paper.issuer), "")
    return told or test.laboratory or "–"


def _result(test: ExtraTest) -> str:
    """The accepted paper and what it shows; else where the request stands."""
    accepted = next((it for it in test.results.all() if it.is_accepted), None)
    if accepted is None:
        day = date_format(test.due_on, "SHORT_DATE_FORMAT")
        return _("%(state)s (hạn %(day)s)") % {"state": test.get_state_display(), "day": day}
    paper = " ".join(filter(None, [accepted.paper.title, accepted.paper.number]))
    return f"{paper}: {accepted.verdict}"


def _album(photos: list[Photo]) -> list[Block]:
    return [{"h": _("Ảnh khảo sát")}, {"photos": photos}] if photos else []


def _photos(survey: Survey, sheet: Sheet) -> list[Photo]:
    """In the order of the checklist, those of the visit as a whole behind."""
    order = {line.code: n for n, line in enumerate(sheet.lines)}
    kept = sorted(photos_of(survey), key=lambda it: order.get(it.item, len(order)) if it.item else len(order))
    texts = {line.code: line.text for line in sheet.lines}
    return [
        {"file": it.file_id, "caption": _caption(n, it, texts.get(it.item, ""))}
        for n, it in enumerate(kept, start=1)
    ]


def _caption(number: int, photo: SurveyPhoto, text: str) -> str:
    """What it was taken for, when, and where if the surveyor let that be kept."""
    what = _("mục %(code)s. %(text)s") % {"code": photo.item, "text": text} if text else _("toàn cảnh")
    when = date_format(timezone.localtime(photo.taken_at), "H:i d/m/Y")
    told = "; ".join(filter(None, [what, when, photo.place, photo.note]))
    return _("Ảnh %(number)s: %(told)s") % {"number": number, "told": told}


def _survey(survey: Survey) -> list[Block]:
    sheet = sheet_of(survey)
    people = ", ".join(line.strip() for line in sheet.people.note.splitlines() if line.strip())
    photos = _photos(survey, sheet)
    facts = [[_("Ngày khảo sát"), sheet.day], [_("Tham gia"), people]]
    if photos:
        facts.append([_("Số ảnh"), str(len(photos))])
    return [
        {"h": _("Khảo sát cơ sở ngày %(day)s") % {"day": sheet.day}},
        {"facts": facts},
        {"table": _table(sheet)},
        {"p": _("Kết luận khảo sát: %(words)s") % {"words": sheet.conclusion.note}},
        *_album(photos),
    ]


def _table(sheet: Sheet) -> Table:
    rows = [[line.code, line.text, line.shown, line.note] for _group, lines in sheet.groups for line in lines]
    return {"columns": [_("TT*"), _("Nội dung"), _("Trả lời"), _("Nhận xét")], "rows": rows}
