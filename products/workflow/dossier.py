"""The way of a dossier: producer → commune → province → evaluation (QĐ 26/2026, Điều 7)."""

import datetime as dt

from django.utils.translation import gettext_lazy

from ocop.workflow import Input, Step, Workflow
from products import law
from products.models import Dossier
from products.workflow.desk import (
    accepted,
    asked,
    asked_to_complete,
    not_all_right,
    not_sent_back,
    nothing_to_ask,
)
from products.workflow.ending import lapsed, not_lapsed, stopped, undecided, withdrawn
from products.workflow.filing import filed, first_code, incomplete, refiled
from products.workflow.report import forwarded, not_reportable, reported, taken_back, unnumbered
from products.workflow.shared import S

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
            inputs=(_CONFIRM,), problems=incomplete, writes=first_code, effect=filed,
        ),
        "resubmit": Step(
            gettext_lazy("Nộp lại cho xã"), frozenset([S.COMMUNE_RETURNED]), S.SUBMITTED, "products.submit_dossier",
            inputs=(_CONFIRM,), problems=incomplete, effect=refiled(S.SUBMITTED),
        ),
        "answer_return": Step(
            gettext_lazy("Nộp bổ sung"), frozenset([S.RETURNED]), S.FORWARDED, "products.submit_dossier",
            inputs=(_CONFIRM,), problems=incomplete, effect=refiled(S.FORWARDED),
        ),
        "ask_supplement": Step(
            gettext_lazy("Yêu cầu bổ sung"), frozenset([S.SUBMITTED]), S.COMMUNE_RETURNED, "products.check_dossier",
            inputs=(_DUE, _NOTE), problems=nothing_to_ask, effect=asked(S.SUBMITTED),
        ),
        "report": Step(
            gettext_lazy("Lập báo cáo"), frozenset([S.SUBMITTED]), S.REPORTED, "products.report_dossier",
            problems=not_reportable, effect=reported,
        ),
        "forward": Step(
            gettext_lazy("Chuyển hồ sơ lên"), frozenset([S.REPORTED]), S.FORWARDED, "products.forward_dossier",
            problems=unnumbered, effect=forwarded,
        ),
        "take_back_report": Step(
            gettext_lazy("Rút báo cáo về"), frozenset([S.REPORTED]), S.SUBMITTED, "products.report_dossier",
            inputs=(_REASON,), effect=taken_back, is_aside=True,
        ),
        "return": Step(
            gettext_lazy("Trả lại để bổ sung"), frozenset([S.FORWARDED]), S.RETURNED, "products.return_dossier",
            inputs=(_DUE, _NOTE), problems=nothing_to_ask, effect=asked(S.FORWARDED),
        ),
        "accept": Step(
            gettext_lazy("Tiếp nhận vào đánh giá"), frozenset([S.FORWARDED]), S.ACCEPTED, "products.accept_dossier",
            problems=not_all_right, effect=accepted,
        ),
        "complete": Step(
            gettext_lazy("Yêu cầu hoàn thiện"), frozenset([S.ACCEPTED]), S.RETURNED, "products.return_dossier",
            inputs=(_DUE, _NOTE), problems=not_sent_back, effect=asked_to_complete,
        ),
        "withdraw": Step(
            gettext_lazy("Rút hồ sơ"),
            frozenset([S.DRAFT, S.SUBMITTED, S.COMMUNE_RETURNED, S.REPORTED, S.FORWARDED, S.RETURNED]), S.WITHDRAWN,
            "products.withdraw_dossier", inputs=(_REASON,), effect=withdrawn, is_final=True, is_aside=True,
        ),
        "lapse": Step(
            gettext_lazy("Kết thúc vì hết hạn theo quy định cũ"),
            frozenset([S.DRAFT, S.SUBMITTED, S.COMMUNE_RETURNED, S.REPORTED, S.FORWARDED, S.RETURNED, S.ACCEPTED]),
            S.LAPSED, "products.accept_dossier", problems=not_lapsed, effect=lapsed, is_final=True, is_aside=True,
        ),
        "recognise": Step(
            gettext_lazy("Công nhận"), frozenset([S.ACCEPTED]), S.RECOGNISED, "products.conclude_dossier",
            problems=undecided, effect=stopped, is_final=True,
        ),
        "not_recognise": Step(
            gettext_lazy("Không công nhận"), frozenset([S.ACCEPTED]), S.NOT_RECOGNISED, "products.conclude_dossier",
            problems=undecided, effect=stopped, is_final=True,
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
