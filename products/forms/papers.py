"""A paper: the facts that can be read off it, what it proves, where it is pinned."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.files.kinds import ACCEPT_EVIDENCE, SIZES_OF_EVIDENCE
from ocop.regulations import EvidenceKind
from products.dossiers.whole import Whole
from products.vault.keeping import FACTS

NO_SUCH_KIND = _("Hãy chọn loại giấy tờ trong danh mục.")
NO_FILE = _("Hãy chọn tệp hoặc chụp ảnh giấy tờ.")


class PaperForm(forms.Form):
    """As it is put into the vault: no dossier is asked."""

    kind = forms.ChoiceField(
        label=_("Loại giấy tờ"),
        error_messages={"required": _("Hãy chọn loại giấy tờ."), "invalid_choice": NO_SUCH_KIND},
    )
    file = forms.FileField(
        label=_("Ảnh chụp hoặc tệp"),
        widget=forms.FileInput(attrs={"accept": ACCEPT_EVIDENCE}),
        help_text=SIZES_OF_EVIDENCE,
        error_messages={"required": NO_FILE, "empty": _("Tệp rỗng. Hãy chọn lại tệp.")},
    )
    received = forms.UUIDField(required=False, widget=forms.HiddenInput)  # of a file that came in pieces
    title = forms.CharField(label=_("Tên giấy tờ"), max_length=300, required=False)
    number = forms.CharField(label=_("Số"), max_length=80, required=False)
    issuer = forms.CharField(label=_("Nơi cấp"), max_length=200, required=False)
    issued_on = forms.DateField(label=_("Ngày cấp"), required=False)
    expires_on = forms.DateField(label=_("Có giá trị đến"), required=False)
    scope = forms.CharField(
        label=_("Phạm vi"),
        max_length=300,
        required=False,
        help_text=_("Sản phẩm, cơ sở hoặc lô mà giấy tờ nói tới."),
    )

    def __init__(
        self, *args: Any, kinds: Iterable[EvidenceKind], with_file: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "—"), *((it.code, it.name) for it in kinds)]  # type: ignore[attr-defined]
        if not with_file:
            del self.fields["file"], self.fields["received"]
        elif self.data.get("received"):
            self.fields["file"].required = False

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}

    def sent(self) -> dict[str, Any]:
        """The file as the domain functions take it: `upload`, or `key` of one that came in pieces; empty without one."""
        if file := self.cleaned_data.get("file"):
            return {"upload": file}
        return {"key": key} if (key := self.cleaned_data.get("received")) else {}


class EvidenceForm(PaperForm):
    """Of a dossier: what it proves as well; with `replaces` the file may be left out."""

    criteria = forms.MultipleChoiceField(
        label=_("Chứng minh cho tiêu chí"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Để trống thì gắn theo danh mục của quyết định."),
    )  # fmt: skip

    def __init__(self, *args: Any, whole: Whole, replaces: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, kinds=whole.regime.evidence, **kwargs)
        self.fields["criteria"].choices = [(it.code, f"{it.code} {it.name}") for it in whole.set.criteria]  # type: ignore[attr-defined]
        if replaces:
            file = self.fields["file"]
            file.required, file.label = False, _("Thay bằng tệp khác")
            file.help_text = _("Để trống thì giữ tệp cũ. Trang đã ghim được giữ nếu tệp mới có trang đó.")


class PinForm(forms.Form):
    page = forms.IntegerField(
        label=_("Trang chứng minh cho tiêu chí này"), min_value=1, localize=True,
        error_messages={"invalid": _("Hãy ghi số trang bằng chữ số.")},
    )  # fmt: skip

    def __init__(self, *args: Any, of_clip: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_clip:
            self.fields["page"].label = _("Giây chứng minh cho tiêu chí này")
            self.fields["page"].error_messages["invalid"] = _("Hãy ghi số giây bằng chữ số.")
