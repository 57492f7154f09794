"""Forms of the producer's and the officers' pages; rules live in the domain functions they feed."""

from products.forms.alerts import AlertDaysForm
from products.forms.confirming import ConfirmFilter, ConfirmForm, OfficeForm
from products.forms.dossiers import (
    CheckForm,
    SampleArrivalForm,
    SampleForm,
    SampleUseForm,
    StartForm,
    section_form,
)
from products.forms.lists import DossierFilter, ProducerFilter, ProductFilter, VaultFilter
from products.forms.papers import EvidenceForm, PaperForm, PinForm
from products.forms.producers import (
    CorrectionForm,
    EndForm,
    LegalPaperForm,
    NewAccountForm,
    OfficerForm,
    PersonalForm,
    PersonForm,
    ProducerForm,
    RegisterForm,
    SizeForm,
)
from products.forms.products import ProductForm

__all__ = [
    "AlertDaysForm",
    "CheckForm",
    "ConfirmFilter",
    "ConfirmForm",
    "CorrectionForm",
    "DossierFilter",
    "EndForm",
    "EvidenceForm",
    "LegalPaperForm",
    "NewAccountForm",
    "OfficeForm",
    "OfficerForm",
    "PaperForm",
    "PersonForm",
    "PersonalForm",
    "PinForm",
    "ProducerFilter",
    "ProducerForm",
    "ProductFilter",
    "ProductForm",
    "RegisterForm",
    "SampleArrivalForm",
    "SampleForm",
    "SampleUseForm",
    "SizeForm",
    "StartForm",
    "VaultFilter",
    "section_form",
]
