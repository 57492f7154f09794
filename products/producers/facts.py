"""What the register holds of a producer, and what of it only the commune changes once it was confirmed."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.orgs.models import User
from products.models import Producer, ProducerState
from products.producers.doubles import holder_of

FACTS = (
    "registration_number", "registered_on", "tax_code", "address", "phone", "email", "representative",
    "representative_position",
)  # fmt: skip
# What says who she is: dossiers, decisions and certificates rest on it.
CONFIRMED = ("name", "kind", "registration_number", "registered_on", "tax_code")


def fixed_for(producer: Producer, user: User) -> frozenset[str]:
    """The facts that this person may not change by herself; what was left blank anybody of hers may fill."""
    if producer.state != ProducerState.APPROVED or user.has_perm("products.register_producer", producer):
        return frozenset()
    return frozenset(name for name in CONFIRMED if getattr(producer, name))


def why_fixed() -> str:
    return _("Xã đã xác nhận mục này. Nếu ghi sai, hãy gửi đề nghị sửa.")


def check_producer(producer: Producer) -> None:
    """ValidationError names each fact that cannot stand; a number stands once."""
    if holder_of(producer.registration_number, besides=producer.pk):
        raise number_taken(producer)
    producer.full_clean(exclude=["sort_key", "name_ascii", "created_by"])


def number_taken(producer: Producer) -> ValidationError:
    """A number stands once: whose it is, and the way out."""
    holder = holder_of(producer.registration_number, besides=producer.pk)
    words = _("“%(name)s” (%(unit)s) đã đăng ký số này. Nếu là cơ sở của bạn, hãy xin nhận chủ thể đó.")
    facts = {"name": holder and holder.name, "unit": holder and holder.unit}
    return ValidationError({"registration_number": words % facts})
