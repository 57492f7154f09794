"""The minutes of the commune's sections' meeting as a paper of their own; nobody must make them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.papers.content import Block, PaperContent, Signature, Table
from ocop.papers.drafting import draft_paper, matter, redraft_paper
from ocop.papers.models import Paper, PaperState
from ocop.papers.workflow import PAPER
from ocop.written import in_vietnamese
from products.models import Dossier, DossierState, SectionsMeeting
from products.people import demand

KIND = "sections_minutes"
RIGHT = "products.report_dossier"
AT_THE_COMMUNE = (DossierState.SUBMITTED, DossierState.REPORTED)


@transaction.atomic
def draft_minutes(dossier: Dossier, *, by: User) -> Paper:
    """The draft, made once however often it is asked for; ValidationError where nobody met or the file went on."""
    meeting = _meeting_at_the_commune(dossier, by)
    if meeting.minutes is None:
        words, content = title_of(meeting), minutes(meeting)
        meeting.minutes = draft_paper(meeting.dossier.unit, KIND, words, content, by=by, about=matter(meeting.dossier))  # fmt: skip
        meeting.save(update_fields=["minutes"])
        record("dossier.minutes", meeting.dossier, by=by, unit=meeting.dossier.unit)
    return meeting.minutes


@transaction.atomic
def drop_minutes(dossier: Dossier, reason: str, *, by: User) -> None:
    """Cancel the paper with its number and its reason; the meeting may be written anew, the next has the next number."""
    meeting = _meeting_at_the_commune(dossier, by)
    if meeting.minutes is None:
        raise ValidationError(_("Cuộc họp này chưa có biên bản."), code="stale")
    PAPER.take("cancel", meeting.minutes, by=by, data={"note": reason})
    meeting.minutes = None
    meeting.save(update_fields=["minutes"])
    record("dossier.drop_minutes", meeting.dossier, by=by, unit=meeting.dossier.unit, data={"note": reason})


def demand_unnumbered(meeting: SectionsMeeting) -> None:
    """What numbered minutes say stays as they say it."""
    paper = meeting.minutes
    if paper is not None and paper.state != PaperState.DRAFT:
        words = _("Biên bản họp đã có số %(symbol)s: hủy biên bản đó trước khi sửa cuộc họp.")
        raise ValidationError(words % {"symbol": paper.symbol})


def renew_minutes(meeting: SectionsMeeting, *, by: User) -> None:
    """The draft says what the meeting says now."""
    if meeting.minutes is not None:
        redraft_paper(meeting.minutes, title_of(meeting), minutes(meeting), by=by)


def _meeting_at_the_commune(dossier: Dossier, by: User) -> SectionsMeeting:
    """The meeting under its dossier's lock: the second of two clicks sees what the first has made."""
    fresh = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    demand(by, RIGHT, fresh)
    if fresh.state not in AT_THE_COMMUNE:
        raise ValidationError(_("Hồ sơ không còn ở xã nên không lập hay hủy biên bản được."), code="stale")
    meetings = SectionsMeeting.objects.select_related("minutes__unit", "written_by", "dossier__unit")
    meeting = meetings.filter(dossier=fresh).first()
    if meeting is None:
        raise ValidationError(_("Chưa ghi cuộc họp nào để lập biên bản."), code="stale")
    return meeting


@in_vietnamese()
def title_of(meeting: SectionsMeeting) -> str:
    product = meeting.dossier.product.name
    return _("Họp các bộ phận của xã về hồ sơ sản phẩm OCOP: %(product)s") % {"product": product}


@in_vietnamese()
def minutes(meeting: SectionsMeeting) -> PaperContent:
    """Who met about what, what each said, what was concluded; the chair and who wrote it down sign."""
    writer = meeting.written_by.get_full_name()
    body: list[Block] = [
        {"h": _("I. Thông tin chung")},
        {"facts": _facts(meeting, writer)},
        {"h": _("II. Người dự và ý kiến")},
        {"table": opinions_table(meeting)},
        {"h": _("III. Kết luận")},
        *_conclusion(meeting),
    ]
    signatures: list[Signature] = [
        {"office": _("NGƯỜI GHI BIÊN BẢN"), "name": writer},
        {"office": _("CHỦ TRÌ"), "name": meeting.chaired_by},
    ]
    return {"body": body, "signatures": signatures}


def _conclusion(meeting: SectionsMeeting) -> list[Block]:
    """A paragraph for each line that was written."""
    lines = meeting.conclusion.splitlines() or [_("Cuộc họp không ghi kết luận chung.")]
    return [{"p": line} for line in lines]


def _facts(meeting: SectionsMeeting, writer: str) -> list[list[str]]:
    dossier, producer = meeting.dossier, meeting.dossier.product.producer
    facts = [
        [_("Ngày họp"), date_format(meeting.held_on, "SHORT_DATE_FORMAT")],
        [_("Chủ trì"), meeting.chaired_by],
        [_("Người ghi biên bản"), writer],
        [_("Sản phẩm"), dossier.product.name],
        [_("Mã sản phẩm"), dossier.code],
        [_("Chủ thể"), f"{producer.name} ({producer.get_kind_display()})"],
    ]
    filed = dossier.versions.last()
    if filed is not None:
        day = date_format(timezone.localtime(filed.submitted_at), "SHORT_DATE_FORMAT")
        facts.append([_("Tiếp nhận"), _("%(receipt)s ngày %(day)s") % {"receipt": filed.receipt, "day": day}])
    return facts


def opinions_table(meeting: SectionsMeeting) -> Table:
    rows = [[str(n), it.section, it.name, it.opinion] for n, it in enumerate(meeting.opinions.all(), start=1)]
    return {"columns": [_("TT*"), _("Bộ phận"), _("Người dự"), _("Ý kiến")], "rows": rows}
