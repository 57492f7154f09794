"""What lists of certificates can be narrowed by, and the two public questions."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluation.certificates.validity import soon_days
from evaluation.models import CertificateState
from ocop.files.kinds import ACCEPT
from ocop.orgs.models import OrgUnit, UnitKind

STANDINGS = [
    ("", _("Tất cả")), ("valid", _("Đang có hiệu lực")), ("soon", _("Sắp hết hạn")), ("expired", _("Đã hết hạn")),
    ("revoked", _("Đã thu hồi")), ("replaced", _("Đã được thay thế")),
]  # fmt: skip
STARS = [("", _("Tất cả")), ("3", _("3 sao")), ("4", _("4 sao")), ("5", _("5 sao"))]


class CertificateFilter(forms.Form):
    """Words, stars, standing, and the days until the end."""

    q = forms.CharField(label=_("Sản phẩm, chủ thể hoặc số giấy"), required=False, max_length=200)
    stars = forms.ChoiceField(label=_("Hạng sao"), required=False, choices=STARS)
    standing = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=STANDINGS)
    within = forms.IntegerField(label=_("Hết hạn trong (ngày)"), required=False, min_value=0, max_value=1200)

    def narrow(self, certificates: Any, on: dt.date) -> Any:
        """The certificates that answer; what cannot be read narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        if given.get("stars"):
            certificates = certificates.filter(stars=given["stars"])
        if given.get("standing"):
            certificates = by_standing(certificates, given["standing"], on)
        if given.get("within") is not None:
            certificates = certificates.ending_between(on, on + dt.timedelta(days=given["within"]))
        return certificates.search(given.get("q", ""))


def by_standing(certificates: Any, standing: str, on: dt.date) -> Any:
    """The rows that `validity.standing` calls so (an extended one is still valid)."""
    soon = on + dt.timedelta(days=soon_days(on))
    match standing:
        case "valid":
            return certificates.valid_on(on)
        case "soon":
            return certificates.ending_between(on, soon)
        case "expired":
            over = Q(expires_on__lt=on) & (Q(extended_until__isnull=True) | Q(extended_until__lt=on))
            return certificates.filter(over, state=CertificateState.IN_FORCE)
        case _:
            return certificates.filter(state=standing)


class CheckForm(forms.Form):
    """A printed number, however it is typed."""

    number = forms.CharField(
        label=_("Số giấy chứng nhận"),
        max_length=60,
        help_text=_("Ghi như in trên giấy, ví dụ 07/2026/OCOP-LC; hoa, thường, khoảng trắng đều được."),
    )


class LegacyCertificateForm(forms.Form):
    """One certificate that was issued on paper; what may not be is said by the domain, once for page and API."""

    issuer = forms.ModelChoiceField(label=_("Cơ quan cấp"), queryset=OrgUnit.objects.none())
    issuer_name = forms.CharField(
        label=_("Tên cơ quan cấp khác"),
        max_length=200,
        required=False,
        help_text=_(
            "Khi cơ quan cấp ở ngoài tỉnh, ví dụ bộ cấp giấy 5 sao: chọn tỉnh ở trên và ghi tên ở đây."
        ),
    )
    number = forms.CharField(label=_("Số giấy chứng nhận"), max_length=60)
    stars = forms.TypedChoiceField(label=_("Hạng sao"), coerce=int, choices=STARS[1:])
    issued_on = forms.DateField(label=_("Ngày cấp"))
    ends_on = forms.DateField(
        label=_("Ngày hết hạn"), required=False, help_text=_("Để trống thì tính theo quy định lúc cấp.")
    )
    decision_number = forms.CharField(label=_("Theo quyết định số"), max_length=60, required=False)
    decision_on = forms.DateField(label=_("Ngày quyết định"), required=False)
    code = forms.CharField(label=_("Mã sản phẩm"), max_length=40, required=False)
    source = forms.FileField(
        label=_("Bản quét giấy chứng nhận"), widget=forms.FileInput(attrs={"accept": ACCEPT})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issuers = OrgUnit.objects.filter(kind__in=[UnitKind.MINISTRY, UnitKind.PROVINCE, UnitKind.DISTRICT])
        self.fields["issuer"].queryset = issuers  # type: ignore[attr-defined]


class ProductSearch(forms.Form):
    """Which product a certificate is recorded for."""

    q = forms.CharField(label=_("Tên sản phẩm hoặc chủ thể"), max_length=200, required=False)
