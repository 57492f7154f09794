"""The law as data: regimes and criteria sets read from files, pure functions over them. No Django here."""

from .carrying import carry_over
from .catalog import DATA, Catalog, catalog, load_catalog
from .comparing import Difference, differences, regime_differences
from .deadlines import Calendar, Supplement, add_months, days_left, deadline
from .documents import allowed, digest, figures, figures_of, set_document
from .exports import export
from .mean_paths import path_from_mean
from .operator_files import check, documents_in
from .paths import Step, after, path_to
from .preview import preview
from .product_codes import product_code, read_product_code
from .regimes import (
    Band,
    Category,
    CertificateRule,
    DeadlineRule,
    DossierKind,
    EvidenceKind,
    Finding,
    Form,
    MonthDay,
    Package,
    Policy,
    Regime,
    RevocationGround,
    RoundRule,
    SendUp,
    Tier,
)
from .rounds import (
    RenewalWindow,
    RoundWindow,
    expires_on,
    extension_limit,
    finish_by,
    renewal_window,
    round_for,
    round_windows,
)
from .routing import Outcome, certifier, next_tier
from .scoring import Result, combine, json_number, needs_rescore, quorum_needed, score, shown
from .sentences import RegulationsError, Sentence
from .sets import Case, CriteriaSet, Criterion, Doubt, Group, KnockOut, Level, Part, Rejection, Section
from .sheets import Mark, Sheet, SheetError, read_mark, read_sheet
from .stars import GateStanding, MissedGate, Verdict, band_of, gate_standings, stars
from .wording import with_wording

__all__ = [
    "DATA",
    "Band",
    "Calendar",
    "Case",
    "Catalog",
    "Category",
    "CertificateRule",
    "CriteriaSet",
    "Criterion",
    "DeadlineRule",
    "Difference",
    "DossierKind",
    "Doubt",
    "EvidenceKind",
    "Finding",
    "Form",
    "GateStanding",
    "Group",
    "KnockOut",
    "Level",
    "Mark",
    "MissedGate",
    "MonthDay",
    "Outcome",
    "Package",
    "Part",
    "Policy",
    "Regime",
    "RegulationsError",
    "Rejection",
    "RenewalWindow",
    "Result",
    "RevocationGround",
    "RoundRule",
    "RoundWindow",
    "Section",
    "SendUp",
    "Sentence",
    "Sheet",
    "SheetError",
    "Step",
    "Supplement",
    "Tier",
    "Verdict",
    "add_months",
    "after",
    "allowed",
    "band_of",
    "carry_over",
    "catalog",
    "certifier",
    "check",
    "combine",
    "days_left",
    "deadline",
    "differences",
    "digest",
    "documents_in",
    "expires_on",
    "export",
    "extension_limit",
    "figures",
    "figures_of",
    "finish_by",
    "gate_standings",
    "json_number",
    "load_catalog",
    "needs_rescore",
    "next_tier",
    "path_from_mean",
    "path_to",
    "preview",
    "product_code",
    "quorum_needed",
    "read_mark",
    "read_product_code",
    "read_sheet",
    "regime_differences",
    "renewal_window",
    "round_for",
    "round_windows",
    "score",
    "set_document",
    "shown",
    "stars",
    "with_wording",
]
