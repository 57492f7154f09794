"""A certificate that the tier above issued, outside this tenant: recorded as it is, its scan kept."""

from evaluation.certificates.issuing import address_of, replace_earlier
from evaluation.models import Certificate, HandOver
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.regulations import expires_on
from products.law import regime
from products.workflow import DOSSIER


def record_superior_certificate(hand_over: HandOver, *, number: str, by: User) -> Certificate:
    """The row of a certificate that is not ours; without a number of its own it is cited by its decision."""
    dossier, answered = hand_over.assessment.dossier, hand_over.answered_on
    if answered is None or hand_over.answer_stars is None:
        raise ValueError("an answer has its day and its stars")
    law, product = regime(dossier.regime), dossier.product
    certificate = Certificate.objects.create(
        unit=hand_over.unit,
        product=product,
        producer=product.producer,
        dossier=dossier,
        number=number or hand_over.answer_number,
        decision_number=hand_over.answer_number,
        decision_on=answered,
        code=dossier.code,
        regime=dossier.regime,
        set_code=dossier.set_code,
        stars=hand_over.answer_stars,
        product_name=product.name,
        producer_name=product.producer.name,
        producer_address=address_of(product.producer),
        issuer_name=dict(law.ministries).get("nnmt", law.tier(hand_over.to_tier).name),
        issued_on=answered,
        expires_on=expires_on(law, answered),
        is_recorded=True,
        source_file=hand_over.answer_file,
    )
    record("certificate.record", certificate, by=by, after=certificate.state)
    replace_earlier(certificate, by=by)
    data = {"decision": hand_over.answer_number, "on": answered, "note": hand_over.answer_number}
    DOSSIER.take("recognise", dossier, by=by, data=data)
    return certificate
