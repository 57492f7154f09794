"""How much a dossier may hold altogether."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.files.kinds import MEGABYTE, most_bytes
from ocop.files.models import StoredFile
from products.models import Dossier, EvidenceLink


def demand_room(dossier: Dossier, size: int, *, instead_of: int = 0) -> None:
    """ValidationError where so many bytes more, in the place of `instead_of`, are too many for the dossier."""
    tied = EvidenceLink.objects.filter(dossier=dossier).values("paper__file")
    held = sum(StoredFile.objects.filter(pk__in=tied).values_list("size", flat=True)) - instead_of
    most = most_bytes("dossier")
    if held + size > most:
        words = _("Hồ sơ đã có %(held)s MB, thêm tệp này thì quá mức %(most)s MB. Hãy bỏ bớt hoặc nén tệp.")
        raise ValidationError({"file": words % {"held": held // MEGABYTE, "most": most // MEGABYTE}})
