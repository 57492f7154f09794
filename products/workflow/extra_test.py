"""An extra test on its way: a result is brought, accepted or refused with words; the request may be taken back."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow
from products.advisory.extra_tests import (
    ASK,
    BRING,
    keep_result,
    reckon,
    tell_askers,
    tell_producer_of_test,
)
from products.models import ExtraTest, ExtraTestState
from products.models.dossier import FINISHED
from products.workflow.shared import Data, day_of, moment_of

S = ExtraTestState


def too_late(test: ExtraTest, by: User, data: Data) -> Iterable[str]:
    if test.dossier.state in FINISHED:
        yield _("Hồ sơ đã kết thúc, không nhận kết quả nữa.")


def bring(test: ExtraTest, by: User, data: Data) -> Iterable[str]:
    """`data` is what `keep_result` takes."""
    names = ("paper", "upload", "facts", "note", "at")
    keep_result(test, by=by, **{name: data[name] for name in names if data.get(name)})
    return ()


def brought(test: ExtraTest, by: User, data: Data) -> None:
    reckon(test)
    tell_askers(test, "brought", _("Có kết quả kiểm nghiệm thêm: %(product)s"), test.parameters)


def in_the_past(test: ExtraTest, by: User, data: Data) -> Iterable[ValidationError]:
    if data.get("due_on") and data["due_on"] < day_of(data):
        yield ValidationError({"due_on": _("Hạn phải từ hôm nay trở đi.")})


def ended(test: ExtraTest, by: User, data: Data) -> Iterable[str]:
    test.ended_at = moment_of(data)
    return ("ended_at",)


def new_term(test: ExtraTest, by: User, data: Data) -> Iterable[str]:
    if not data.get("due_on"):
        return ()
    test.due_on = data["due_on"]
    return ("due_on",)


def _judged(test: ExtraTest, by: User, data: Data, *, is_accepted: bool) -> None:
    test.results.filter(is_accepted=None).update(
        is_accepted=is_accepted, verdict=str(data["note"]).strip(), judged_by=by, judged_at=moment_of(data)
    )
    reckon(test)


def accepted(test: ExtraTest, by: User, data: Data) -> None:
    _judged(test, by, data, is_accepted=True)
    words = _("Đã chấp nhận kết quả kiểm nghiệm thêm: %(product)s")
    tell_producer_of_test(test, "accepted", words, str(data["note"]))


def refused(test: ExtraTest, by: User, data: Data) -> None:
    _judged(test, by, data, is_accepted=False)
    day = date_format(test.due_on, "SHORT_DATE_FORMAT")
    body = "\n".join([str(data["note"]), _("Có kết quả khác trước hết ngày %(day)s.") % {"day": day}])
    words = _("Kết quả kiểm nghiệm thêm chưa dùng được: %(product)s")
    tell_producer_of_test(test, "refused", words, body)


def withdrawn(test: ExtraTest, by: User, data: Data) -> None:
    reckon(test)
    words = _("Đã rút yêu cầu kiểm nghiệm thêm: %(product)s")
    tell_producer_of_test(test, "withdrawn", words, str(data["note"]))


def _step(label: Any, sources: Iterable[str], target: str, perm: str, **more: Any) -> Step:
    return Step(label, frozenset(sources), target, perm, **more)


EXTRA_TEST = Workflow(
    gettext_lazy("Kiểm nghiệm thêm"),
    {
        "bring": _step(
            gettext_lazy("Nộp kết quả"), [S.ASKED, S.REFUSED], S.BROUGHT, BRING,
            problems=too_late, writes=bring, effect=brought,
        ),
        "accept": _step(
            gettext_lazy("Chấp nhận kết quả"), [S.BROUGHT], S.ACCEPTED, ASK,
            inputs=(Input("note", gettext_lazy("Kết quả cho thấy"), "lines"),), writes=ended, effect=accepted,
        ),
        "refuse": _step(
            gettext_lazy("Chưa dùng được"), [S.BROUGHT], S.REFUSED, ASK, is_aside=True,
            inputs=(Input("note", gettext_lazy("Vì sao chưa dùng được"), "lines"),
                    Input("due_on", gettext_lazy("Hạn mới"), "date", required=False)),
            problems=in_the_past, writes=new_term, effect=refused,
        ),
        "withdraw": _step(
            gettext_lazy("Rút yêu cầu"), [S.ASKED, S.BROUGHT, S.REFUSED], S.WITHDRAWN, ASK, is_aside=True,
            inputs=(Input("note", gettext_lazy("Lý do rút"), "lines"),), writes=ended, effect=withdrawn,
        ),
    },
)  # fmt: skip
BY_ITS_OWN_PAGE = frozenset(["bring"])  # asks for a paper of the vault or a file
