"""The way of a dossier: producer → commune → province → evaluation (QĐ 26/2026, Điều 7).

`data` may carry `at` (a moment) where what happened is recorded later; everything else happens now.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.orgs.models import User
from ocop.papers.models import PaperState
from ocop.workflow import Input, Step, Workflow
from products import clocks, law
from products.checking import Desk, desk_of, faults, forget_changed, unchecked
from products.completeness import gaps
from products.models import CommuneReport, Dossier, DossierState, SupplementRequest
from products.people import nearest_holders, people_of
from products.receipts import freeze, give_code
from products.reporting import draft_report, missing_findings, take_back
from products.samples import send_on
from products.telling import tell, tell_desk, tell_filed, tell_producer, tell_supplement
from products.whole import load

S = DossierState
Data = Mapping[str, Any]


def _at(data: Data) -> dt.datetime:
    return data.get("at") or timezone.now()


def _on(data: Data) -> dt.date:
    return timezone.localdate(_at(data))


def _desk(dossier: Dossier, state: str) -> Desk:
    desk = desk_of(dossier, state)
    if desk is None:
        raise ValueError(f"nobody checks a dossier that is {state}")
    return desk


# ── filing ──


def _incomplete(dossier: Dossier, by: User, data: Data) -> Iterable[str | ValidationError]:
    if data.get("confirmed") is False:
        yield ValidationError({"confirmed": _("Hãy xác nhận lời cam đoan.")})
    yield from (gap.text for gap in gaps(load(dossier), _on(data)))


def _first_code(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    if dossier.code:
        return ()
    dossier.code = give_code(dossier)
    return ("code",)


def _filed(dossier: Dossier, by: User, data: Data) -> None:
    desk = _desk(dossier, S.SUBMITTED)
    version = freeze(dossier, by=by, at=_at(data), on=_on(data))
    clocks.start(dossier, desk.tier, desk.unit, on=_on(data))
    _after_filing(dossier, desk, version)


def _refiled(state: str) -> Any:
    """A supplement was brought to the desk of this state."""

    def effect(dossier: Dossier, by: User, data: Data) -> None:
        desk = _desk(dossier, state)
        dossier.supplements.filter(answered_at=None).update(answered_at=_at(data))
        version = freeze(dossier, by=by, at=_at(data), on=_on(data))
        forget_changed(dossier, version)
        clocks.reckon(dossier)
        _after_filing(dossier, desk, version)

    return effect


def _after_filing(dossier: Dossier, desk: Desk, version: Any) -> None:
    running = dossier.clocks.running().order_by("due_on").first()
    tell_desk(dossier, desk.unit, desk.permission, version, running.due_on if running else None)
    tell_filed(dossier, version)


# ── checking ──


def _nothing_to_ask(dossier: Dossier, by: User, data: Data) -> Iterable[str | ValidationError]:
    desk = _desk(dossier, dossier.state)
    if not faults(load(dossier), desk.unit):
        yield _("Chưa đánh dấu mục nào thiếu hoặc chưa đúng.")
    due_on = data.get("due_on")
    if due_on and due_on < _on(data):
        yield ValidationError({"due_on": _("Hạn bổ sung phải từ hôm nay trở đi.")})


def _asked(state: str) -> Any:
    """The desk of this state asks for a supplement."""

    def effect(dossier: Dossier, by: User, data: Data) -> None:
        desk = _desk(dossier, state)
        items = faults(load(dossier), desk.unit)
        if note := str(data.get("note") or "").strip():
            items.append({"item": "", "label": _("Lưu ý chung"), "verdict": "", "reason": note})
        asked = SupplementRequest.objects.create(
            dossier=dossier,
            unit=desk.unit,
            asked_by=by,
            asked_at=_at(data),
            due_on=data["due_on"],
            items=items,
        )
        clocks.reckon(dossier)
        tell_supplement(dossier, asked)

    return effect


# ── the commune's report ──


def _not_reportable(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    for name in missing_findings(dossier):
        yield _("Chưa ghi nhận xét “%(finding)s”.") % {"finding": name}
    yield from _not_all_right(dossier, by, data)


def _not_all_right(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    whole, desk = load(dossier), _desk(dossier, dossier.state)
    for item in unchecked(whole, desk.unit):
        yield _("Chưa kiểm tra “%(item)s”.") % {"item": item.label}
    for fault in faults(whole, desk.unit):
        yield _("“%(item)s” chưa đạt: %(reason)s") % {"item": fault["label"], "reason": fault["reason"]}


def _reported(dossier: Dossier, by: User, data: Data) -> None:
    paper = draft_report(dossier, by=by)
    body = _("Cấp số và ký báo cáo rồi chuyển hồ sơ lên.")
    key, people = f"report-{paper.pk}", nearest_holders("products.forward_dossier", dossier.unit)
    tell(dossier, people, what="reported", key=key, subject=_("Đã lập báo cáo: %(product)s"), body=body)


def _taken_back(dossier: Dossier, by: User, data: Data) -> None:
    """The commune's clock went on all the time; who was to send it on, and the producer, are told why not."""
    paper = take_back(dossier, str(data["note"]), by=by)
    people = [
        *nearest_holders("products.forward_dossier", dossier.unit),
        *people_of(dossier.product.producer),
    ]
    number = paper.symbol if paper else ""
    body = f"{number}: {data['note']}" if number else str(data["note"])
    tell(
        dossier,
        [user for user in people if user.pk != by.pk],
        what="report_taken_back",
        key=f"report-back-{paper.pk if paper else 0}",
        subject=_("Xã rút báo cáo về để làm lại: %(product)s"),
        body=body,
    )


def _unnumbered(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    report = CommuneReport.objects.filter(dossier=dossier).select_related("paper").first()
    if report is None or report.paper is None:
        yield _("Chưa có báo cáo của xã.")
    elif report.paper.state == PaperState.DRAFT:
        yield _("Báo cáo của xã chưa có số: cấp số ở trang văn bản trước khi chuyển.")


def _forwarded(dossier: Dossier, by: User, data: Data) -> None:
    clocks.stop(dossier, on=_on(data))
    send_on(dossier, unit=dossier.unit, by=by, at=_at(data))
    desk = _desk(dossier, S.FORWARDED)
    clocks.start(dossier, desk.tier, desk.unit, on=_on(data), rules=frozenset([dossier.kind]))
    version = dossier.versions.last()
    receipt = version.receipt if version else ""
    people = nearest_holders(desk.permission, desk.unit)
    body = _("%(unit)s đề nghị đánh giá, số tiếp nhận %(receipt)s.") % {
        "unit": dossier.unit,
        "receipt": receipt,
    }
    tell(
        dossier,
        people,
        what="forwarded",
        key="forwarded",
        subject=_("Xã chuyển hồ sơ: %(product)s"),
        body=body,
    )
    tell_producer(dossier, "sent_on", _("Xã đã chuyển hồ sơ lên: %(product)s"), str(desk.unit))


# ── what the province does ──


def _accepted(dossier: Dossier, by: User, data: Data) -> None:
    tell_producer(dossier, "accepted", _("Hồ sơ hợp lệ, đưa vào đánh giá: %(product)s"))


def _withdrawn(dossier: Dossier, by: User, data: Data) -> None:
    clocks.stop(dossier, on=_on(data))
    if not dossier.code:
        return
    first = law.first_tier(dossier.regime)
    people = nearest_holders("products.check_dossier", law.unit_at(dossier.unit, first))
    body = str(data["note"])
    tell(
        dossier,
        people,
        what="withdrawn",
        key="withdrawn",
        subject=_("Chủ thể rút hồ sơ: %(product)s"),
        body=body,
    )


def _not_lapsed(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    """Only what an earlier law left unfinished past its last day (QĐ 26/2026, Điều 12 khoản 2)."""
    last = law.last_day_of(dossier.regime, dossier.kind)
    if last is None or _on(data) <= last:
        decision = law.regime(dossier.regime).decision
        until = date_format(last, "SHORT_DATE_FORMAT") if last else ""
        words = _("Hồ sơ còn được hoàn thành theo Quyết định %(law)s%(until)s.")
        yield words % {"law": decision, "until": _(" đến hết ngày %s") % until if until else ""}


def _lapsed(dossier: Dossier, by: User, data: Data) -> None:
    clocks.stop(dossier, on=_on(data))
    body = _(
        "Thời hạn hoàn thành theo quy định cũ đã hết. Hãy nộp lại theo quy định hiện hành: nội dung đã có được giữ."
    )
    tell_producer(dossier, "lapsed", _("Hồ sơ hết hạn: %(product)s"), body)


def _not_sent_back(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    """Only evaluation knows that a tier above sent the file back: it takes this step with `refusal`."""
    if not data.get("refusal"):
        yield _("Hồ sơ đang đánh giá, không bị trả lại.")


def _complete(dossier: Dossier, by: User, data: Data) -> None:
    desk = _desk(dossier, S.FORWARDED)
    reason = str(data.get("note") or "")
    asked = SupplementRequest.objects.create(
        dossier=dossier, unit=desk.unit, asked_by=by, asked_at=_at(data), due_on=data["due_on"],
        items=[{"item": "", "label": _("Cấp trên trả lại"), "verdict": "", "reason": reason}],
    )  # fmt: skip
    tell_supplement(dossier, asked)


def _undecided(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    """Only evaluation knows the decision: it takes these steps with `decision`, which no page or API asks for."""
    if not data.get("decision"):
        yield _("Kết quả do quyết định công nhận đưa ra, không ghi trực tiếp ở hồ sơ.")


def _stopped(dossier: Dossier, by: User, data: Data) -> None:
    """Evaluation tells the result itself; here only the clocks end."""
    clocks.stop(dossier, on=_on(data))


_CONFIRM = Input(
    "confirmed",
    gettext_lazy("Tôi cam đoan nội dung hồ sơ là đúng và chịu trách nhiệm về nội dung đó."),
    "flag",
)
_DUE = Input("due_on", gettext_lazy("Bổ sung trước hết ngày"), "date")
_NOTE = Input("note", gettext_lazy("Lưu ý chung"), "lines", required=False)
_REASON = Input("note", gettext_lazy("Lý do"), "lines")

DOSSIER = Workflow(
    gettext_lazy("Hồ sơ"),
    {
        "submit": Step(
            gettext_lazy("Nộp cho xã"), frozenset([S.DRAFT]), S.SUBMITTED, "products.submit_dossier",
            inputs=(_CONFIRM,), problems=_incomplete, writes=_first_code, effect=_filed,
        ),
        "resubmit": Step(
            gettext_lazy("Nộp lại cho xã"), frozenset([S.COMMUNE_RETURNED]), S.SUBMITTED, "products.submit_dossier",
            inputs=(_CONFIRM,), problems=_incomplete, effect=_refiled(S.SUBMITTED),
        ),
        "answer_return": Step(
            gettext_lazy("Nộp bổ sung"), frozenset([S.RETURNED]), S.FORWARDED, "products.submit_dossier",
            inputs=(_CONFIRM,), problems=_incomplete, effect=_refiled(S.FORWARDED),
        ),
        "ask_supplement": Step(
            gettext_lazy("Yêu cầu bổ sung"), frozenset([S.SUBMITTED]), S.COMMUNE_RETURNED, "products.check_dossier",
            inputs=(_DUE, _NOTE), problems=_nothing_to_ask, effect=_asked(S.SUBMITTED),
        ),
        "report": Step(
            gettext_lazy("Lập báo cáo"), frozenset([S.SUBMITTED]), S.REPORTED, "products.report_dossier",
            problems=_not_reportable, effect=_reported,
        ),
        "forward": Step(
            gettext_lazy("Chuyển hồ sơ lên"), frozenset([S.REPORTED]), S.FORWARDED, "products.forward_dossier",
            problems=_unnumbered, effect=_forwarded,
        ),
        "take_back_report": Step(
            gettext_lazy("Rút báo cáo về"), frozenset([S.REPORTED]), S.SUBMITTED, "products.report_dossier",
            inputs=(_REASON,), effect=_taken_back,
        ),
        "return": Step(
            gettext_lazy("Trả lại để bổ sung"), frozenset([S.FORWARDED]), S.RETURNED, "products.return_dossier",
            inputs=(_DUE, _NOTE), problems=_nothing_to_ask, effect=_asked(S.FORWARDED),
        ),
        "accept": Step(
            gettext_lazy("Tiếp nhận vào đánh giá"), frozenset([S.FORWARDED]), S.ACCEPTED, "products.accept_dossier",
            problems=_not_all_right, effect=_accepted,
        ),
        "complete": Step(
            gettext_lazy("Yêu cầu hoàn thiện"), frozenset([S.ACCEPTED]), S.RETURNED, "products.return_dossier",
            inputs=(_DUE, _NOTE), problems=_not_sent_back, effect=_complete,
        ),
        "withdraw": Step(
            gettext_lazy("Rút hồ sơ"),
            frozenset([S.DRAFT, S.SUBMITTED, S.COMMUNE_RETURNED, S.REPORTED, S.FORWARDED, S.RETURNED]), S.WITHDRAWN,
            "products.withdraw_dossier", inputs=(_REASON,), effect=_withdrawn, is_final=True,
        ),
        "lapse": Step(
            gettext_lazy("Kết thúc vì hết hạn theo quy định cũ"),
            frozenset([S.DRAFT, S.SUBMITTED, S.COMMUNE_RETURNED, S.REPORTED, S.FORWARDED, S.RETURNED, S.ACCEPTED]),
            S.LAPSED, "products.accept_dossier", problems=_not_lapsed, effect=_lapsed, is_final=True,
        ),
        "recognise": Step(
            gettext_lazy("Công nhận"), frozenset([S.ACCEPTED]), S.RECOGNISED, "products.conclude_dossier",
            problems=_undecided, effect=_stopped, is_final=True,
        ),
        "not_recognise": Step(
            gettext_lazy("Không công nhận"), frozenset([S.ACCEPTED]), S.NOT_RECOGNISED, "products.conclude_dossier",
            problems=_undecided, effect=_stopped, is_final=True,
        ),
    },
)  # fmt: skip

BY_EVALUATION = frozenset(["complete", "recognise", "not_recognise"])


def out_of_place(dossier: Dossier, on: dt.date) -> frozenset[str]:
    """Steps that cannot be meant: nothing lapses while its law's last day has not passed."""
    last = law.last_day_of(dossier.regime, dossier.kind)
    return frozenset() if last is not None and on > last else frozenset(["lapse"])


# The steps that people take on the dossier itself; the result comes from evaluation's decision.
TAKEN_HERE = DOSSIER.without(BY_EVALUATION)
