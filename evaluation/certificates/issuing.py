"""Making certificates: numbered by issuer and year, their words frozen, the product's earlier ones replaced."""

import datetime as dt

from evaluation.models import Certificate, CertificateState, Decision, DecisionItem
from evaluation.workflow.certificate import CERTIFICATE
from ocop.orgs.models import OrgUnit, UnitKind, User
from ocop.papers.letterhead import initials, letterhead, place_of
from ocop.papers.numbering import next_number
from ocop.papers.signing import Signer
from ocop.regulations import expires_on
from products.law import regime
from products.models import Dossier, Producer

SERIES = "GCN"
NATIONAL = "QG"  # the five stars are the nation's: "sản phẩm OCOP cấp quốc gia"


def issue_certificate(decision: Decision, item: DecisionItem, *, by: User, signer: Signer) -> Certificate:
    """The row of one certificate; its PDF is made by a worker. 36 months and the code are the regime's."""
    dossier: Dossier = item.assessment.dossier
    issued: dt.date = decision.dated_on  # type: ignore[assignment]
    head = letterhead(decision.unit)
    certificate = Certificate.objects.create(
        unit=decision.unit,
        product=dossier.product,
        producer=dossier.product.producer,
        dossier=dossier,
        decision=decision,
        number=next_certificate_number(decision.unit, issued.year),
        decision_number=decision.number,
        decision_on=issued,
        code=dossier.code,
        regime=dossier.regime,
        set_code=dossier.set_code,
        stars=item.stars,
        product_name=dossier.product.name,
        producer_name=dossier.product.producer.name,
        producer_address=address_of(dossier.product.producer),
        issuer_name=head.authority_in_text,
        signer_name=signer.name,
        signer_title=signer.signs_as or head.head,
        issued_on=issued,
        expires_on=expires_on(regime(dossier.regime), issued),
    )
    replace_earlier(certificate, by=by)
    return certificate


def replace_earlier(certificate: Certificate, *, by: User) -> None:
    """A renewal or a higher star: what the product held before is replaced, never deleted."""
    earlier = Certificate.objects.filter(product=certificate.product_id, state=CertificateState.IN_FORCE)
    for one in earlier.filter(issued_on__lte=certificate.issued_on).exclude(pk=certificate.pk):
        CERTIFICATE.take("replace", one, by=by, data={"by": certificate, "note": certificate.number})


def next_certificate_number(unit: OrgUnit, year: int) -> str:
    """07/2026/OCOP-LC: the register is the issuer's own and begins anew each year."""
    number = next_number(unit, SERIES, year)
    return f"{number:02d}/{year}/OCOP-{'-'.join(_places(unit))}"


def _places(unit: OrgUnit) -> list[str]:
    """LC for a province, LC-PT for a district in it; a province of before hangs under today's and is named once."""
    above = _places(unit.parent) if unit.parent else []
    own = NATIONAL if unit.kind == UnitKind.MINISTRY else initials(place_of(unit)).upper()
    return above if above[-1:] == [own] else [*above, own]


def address_of(producer: Producer) -> str:
    """As printed: the producer's own address, else the commune and the province."""
    if producer.address:
        return producer.address
    places = [producer.unit.name]
    parent = producer.unit.parent
    while parent is not None:
        places.append(parent.name[0].lower() + parent.name[1:])
        parent = parent.parent
    return ", ".join(places)
