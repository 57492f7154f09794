"""The kinds of paper: what stands in the number, what is printed over the text, which template lays it out."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Kind:
    """One row of the table; `heading` is what NĐ 30/2020 prints in capitals (a letter has none)."""

    label: Words
    abbreviation: str  # in the number: QĐ, BC, BB, KH, TB; "" for a letter, which names who drafted it
    heading: str
    template: str
    body: str = ""  # a council or team that uses its authority's seal has numbers of its own: HĐOCOP
    signs_for: str | None = None  # over the signer's office; None: the unit's own "TM. …", "": nobody

    @property
    def series(self) -> str:
        """Papers of one unit that share these letters share one series, whatever they are about."""
        return "-".join(part for part in (self.abbreviation or "CV", self.body) if part)


DECISION, REPORT, MINUTES, LETTER = (
    f"papers/{name}.html" for name in ("decision", "report", "minutes", "letter")
)
COUNCIL, TEAM = "HĐOCOP", "TTV"

KINDS: dict[str, Kind] = {
    "plan": Kind(_("Kế hoạch"), "KH", "KẾ HOẠCH", REPORT),
    "council_decision": Kind(_("Quyết định thành lập Hội đồng"), "QĐ", "QUYẾT ĐỊNH", DECISION, signs_for=""),
    "recognition_decision": Kind(
        _("Quyết định công nhận, cấp Giấy chứng nhận"), "QĐ", "QUYẾT ĐỊNH", DECISION, signs_for=""
    ),
    "approval_decision": Kind(
        _("Quyết định phê duyệt kết quả đánh giá"), "QĐ", "QUYẾT ĐỊNH", DECISION, signs_for=""
    ),
    "revocation_decision": Kind(
        _("Quyết định thu hồi Giấy chứng nhận"), "QĐ", "QUYẾT ĐỊNH", DECISION, signs_for=""
    ),
    "business_plan": Kind(_("Phương án sản xuất kinh doanh"), "PA", "PHƯƠNG ÁN", REPORT, signs_for=""),
    "commune_report": Kind(_("Báo cáo của xã (Mẫu 03)"), "BC", "BÁO CÁO", REPORT),
    "sections_minutes": Kind(_("Biên bản họp các bộ phận của xã"), "BB", "BIÊN BẢN", MINUTES),
    "team_report": Kind(_("Báo cáo thẩm định của Tổ tư vấn"), "BC", "BÁO CÁO", REPORT, TEAM, "TM. TỔ TƯ VẤN"),
    "council_report": Kind(_("Báo cáo của Hội đồng"), "BC", "BÁO CÁO", REPORT, COUNCIL, "TM. HỘI ĐỒNG"),
    "submission": Kind(_("Tờ trình của Hội đồng"), "TTr", "TỜ TRÌNH", REPORT, COUNCIL, "TM. HỘI ĐỒNG"),
    "council_minutes": Kind(_("Biên bản họp Hội đồng"), "BB", "BIÊN BẢN", MINUTES, COUNCIL, "TM. HỘI ĐỒNG"),
    "meeting_invitation": Kind(_("Giấy mời họp"), "GM", "GIẤY MỜI", REPORT, COUNCIL, "TM. HỘI ĐỒNG"),
    "opinion_letter": Kind(_("Công văn lấy ý kiến bằng văn bản"), "", "", LETTER, COUNCIL, "TM. HỘI ĐỒNG"),
    "supplement_letter": Kind(_("Công văn đề nghị bổ sung hồ sơ"), "", "", LETTER),
    "forwarding_letter": Kind(_("Công văn đề nghị đánh giá, phân hạng"), "", "", LETTER),
    "result_notice": Kind(_("Thông báo kết quả đánh giá, phân hạng"), "TB", "THÔNG BÁO", REPORT),
    "hand_over_letter": Kind(_("Công văn chuyển hồ sơ lên cấp trên"), "", "", LETTER),
    "expiry_notice": Kind(_("Thông báo Giấy chứng nhận sắp hết hạn"), "TB", "THÔNG BÁO", REPORT),
}
CHOICES = [(code, kind.label) for code, kind in KINDS.items()]
