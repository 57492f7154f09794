"""The steps of a paper: it gets its number, the worker makes its file, the signed copy comes back."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.audit.log import record
from ocop.files.store import keep_upload
from ocop.orgs.models import User
from ocop.papers.kinds import KINDS
from ocop.papers.letterhead import letterhead
from ocop.papers.models import Paper, PaperState
from ocop.papers.numbering import frozen, give_number, symbol_of, taken
from ocop.papers.signing import Signer
from ocop.tenancy.scope import active_tenant_id
from ocop.tenancy.tasks import kick
from ocop.workflow import Input, Step, Workflow

Data = Mapping[str, Any]


def _number_problems(paper: Paper, by: User, data: Data) -> Iterator[ValidationError]:
    number, on = data.get("number"), data.get("dated_on")
    if number is None or on is None:
        return
    if number < 1:
        yield ValidationError({"number": _("Số văn bản bắt đầu từ 1.")})
        return
    symbol = symbol_of(KINDS[paper.kind], letterhead(paper.unit), number)
    if reason := taken(paper.unit, symbol, on.year):
        yield ValidationError({"number": reason})


def _write_number(paper: Paper, by: User, data: Data) -> tuple[str, ...]:
    signer = Signer(data["signer_name"], data.get("signer_title") or "", data.get("signs_as") or "")
    written = give_number(paper, on=data["dated_on"], number=data.get("number"), signer=signer)
    paper.content = frozen(paper)
    return (*written, "content")


def _ask_for_file(paper: Paper, by: User, data: Data) -> None:
    kick("ocop.papers.render_papers", active_tenant_id())


def _keep_signed(paper: Paper, by: User, data: Data) -> tuple[str, ...]:
    paper.signed_file = keep_upload(data["file"], by=by)
    return ("signed_file",)


def _tell_hash(paper: Paper, by: User, data: Data) -> None:
    if kept := paper.signed_file:
        record("paper.signed_file", paper, by=by, data={"file": kept.pk, "sha256": kept.sha256})


PAPER = Workflow(
    gettext_lazy("Văn bản"),
    {
        "number": Step(
            gettext_lazy("Cấp số, ngày"),
            sources=frozenset([PaperState.DRAFT]),
            target=PaperState.NUMBERED,
            perm="papers.number_paper",
            inputs=(
                Input("dated_on", gettext_lazy("Ngày văn bản"), "date"),
                Input(
                    "number",
                    gettext_lazy("Số"),
                    "number",
                    required=False,
                    hint=gettext_lazy("Số do hệ thống văn bản cấp. Để trống thì lấy số tiếp theo trong sổ."),
                ),
                Input("signer_name", gettext_lazy("Người ký")),
                Input("signer_title", gettext_lazy("Chức vụ người ký"), required=False),
                Input(
                    "signs_as",
                    gettext_lazy("Thẩm quyền ký"),
                    required=False,
                    hint=gettext_lazy("Ví dụ: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH. Để trống là người đứng đầu."),
                ),
            ),
            problems=_number_problems,
            writes=_write_number,
            effect=_ask_for_file,
            is_final=True,
        ),
        "attach_signed": Step(
            gettext_lazy("Tải bản đã ký"),
            sources=frozenset([PaperState.RENDERED]),
            target=PaperState.RENDERED,
            perm="papers.number_paper",
            inputs=(Input("file", gettext_lazy("Bản đã ký, đóng dấu (PDF hoặc ảnh quét)"), "file"),),
            writes=_keep_signed,
            effect=_tell_hash,
        ),
        "cancel": Step(
            gettext_lazy("Hủy văn bản"),
            sources=frozenset([PaperState.DRAFT, PaperState.NUMBERED, PaperState.RENDERED]),
            target=PaperState.CANCELLED,
            perm="papers.number_paper",
            inputs=(Input("note", gettext_lazy("Lý do"), "lines"),),
        ),
    },
)

# A paper is cancelled by the room whose matter it is about, with what follows from it there; never on its own page.
TAKEN_HERE = Workflow(PAPER.title, {name: step for name, step in PAPER.items() if name != "cancel"})
