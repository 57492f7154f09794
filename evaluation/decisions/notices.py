"""Telling producer and commune what came out, in the application and by a paper (QĐ 26/2026, Điều 7 khoản 3g)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from evaluation.models import Decision, DecisionItem, HandOver
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.papers.drafting import issue_paper, matter
from ocop.papers.models import Paper
from ocop.papers.signing import Signer
from ocop.regulations import shown
from products.law import regime
from products.models import Dossier
from products.people import nearest_holders, not_excluded, people_of

COMMUNE = "products.report_dossier"


def tell_result(item: DecisionItem, decision: Decision) -> None:
    """With the page that says why, and what lifts the star."""
    dossier = item.assessment.dossier
    words = {
        "certify": _("Được công nhận OCOP %(stars)s sao: %(product)s"),
        "send_up": _("Kết quả được phê duyệt, hồ sơ chuyển cấp trên: %(product)s"),
        "send_back": _("Hồ sơ trả về cấp dưới theo kết quả đánh giá: %(product)s"),
        "not_recognised": _("Chưa được công nhận OCOP: %(product)s"),
    }[item.outcome]
    notify(
        _concerned(dossier),
        kind="result",
        key=f"decision-{decision.pk}-{item.pk}",
        subject=words % {"stars": item.stars, "product": dossier.product.name},
        body=_("Theo Quyết định số %(number)s ngày %(day)s.")
        % {"number": decision.number, "day": f"{decision.dated_on:%d/%m/%Y}"},
        url=f"assessments/{item.assessment_id}/feedback/",
    )


def tell_answer(hand_over: HandOver) -> None:
    dossier = hand_over.assessment.dossier
    notify(
        [
            *_concerned(dossier),
            *not_excluded(dossier, nearest_holders("evaluation.change_decision", hand_over.unit)),
        ],
        kind="result",
        key=f"hand-over-{hand_over.pk}-answered",
        subject=_("Cấp trên đã trả lời, %(stars)s sao: %(product)s")
        % {"stars": hand_over.answer_stars, "product": dossier.product.name},
        body=_("Văn bản số %(number)s.") % {"number": hand_over.answer_number},
        url=f"dossiers/{dossier.pk}/",
    )


def tell_refusal(hand_over: HandOver) -> None:
    """The sender's own people: the producer hears of it with what there is to complete."""
    dossier = hand_over.assessment.dossier
    notify(
        not_excluded(dossier, nearest_holders("evaluation.change_decision", hand_over.unit)),
        kind="result",
        key=f"hand-over-{hand_over.pk}-refused",
        subject=_("Cấp trên trả lại hồ sơ: %(product)s") % {"product": dossier.product.name},
        body=hand_over.refusal,
        url=f"hand-overs/{hand_over.pk}/",
    )


def _concerned(dossier: Dossier) -> Iterable[User]:
    return not_excluded(
        dossier, [*people_of(dossier.product.producer), *nearest_holders(COMMUNE, dossier.unit)]
    )


def write_notice(item: DecisionItem, decision: Decision, *, by: User, signer: Signer) -> Paper:
    """The written notice of one product's result, to its producer and its commune; why, and what lifts the star."""
    dossier, result = item.assessment.dossier, item.assessment.result
    product, law = dossier.product, regime(dossier.regime)
    outcome = {
        "certify": f"được công nhận sản phẩm OCOP đạt hạng {item.stars} sao",
        "send_up": "được phê duyệt kết quả và chuyển hồ sơ lên cấp trên đánh giá",
        "send_back": "được trả về cấp dưới để xử lý theo quy định",
        "not_recognised": "chưa đạt hạng sao được công nhận",
    }[item.outcome]
    sentences = result.reasons.get("sentences", [])
    return issue_paper(
        decision.unit,
        "result_notice",
        f"Kết quả đánh giá, phân hạng sản phẩm OCOP “{product.name}”",
        {
            "to": [
                product.producer.name,
                f"Ủy ban nhân dân {dossier.unit.name[0].lower()}{dossier.unit.name[1:]}",
            ],
            "body": [
                {
                    "p": f"Căn cứ Quyết định số {law.decision} và Quyết định số {decision.number} ngày"
                    f" {decision.dated_on:%d/%m/%Y}, sản phẩm “{product.name}” của {product.producer.name}"
                    f" {outcome}."
                },
                {"p": f"Tổng điểm trung bình của Hội đồng: {shown(result.mean)} điểm."},
                *([{"p": "Nội dung cần lưu ý:"}, {"list": sentences}] if sentences else []),
                {"p": "Đề nghị chủ thể và Ủy ban nhân dân cấp xã biết, thực hiện"},
            ],
            "recipients": ["Như trên", "Lưu: VT"],
        },
        by=by,
        on=decision.dated_on,  # type: ignore[arg-type]
        signer=signer,
        about=matter(dossier),
    )
