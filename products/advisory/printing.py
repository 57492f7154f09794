"""What the advisory team's report prints of its own work: extra tests with their results, visits with their answers."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.papers.content import Block, Table
from products.advisory.filling import Sheet, sheet_of
from products.advisory.photos import photos_of
from products.models import Dossier, ExtraTest, ExtraTestState, Survey, SurveyState


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


def _survey(survey: Survey) -> list[Block]:
    sheet = sheet_of(survey)
    people = ", ".join(line.strip() for line in sheet.people.note.splitlines() if line.strip())
    photos = len(photos_of(survey))
    facts = [[_("Ngày khảo sát"), sheet.day], [_("Tham gia"), people]]
    if photos:
        facts.append([_("Số ảnh"), str(photos)])
    return [
        {"h": _("Khảo sát cơ sở ngày %(day)s") % {"day": sheet.day}},
        {"facts": facts},
        {"table": _table(sheet)},
        {"p": _("Kết luận khảo sát: %(words)s") % {"words": sheet.conclusion.note}},
    ]


def _table(sheet: Sheet) -> Table:
    rows = [[line.code, line.text, line.shown, line.note] for _group, lines in sheet.groups for line in lines]
    return {"columns": [_("TT*"), _("Nội dung"), _("Trả lời"), _("Nhận xét")], "rows": rows}
