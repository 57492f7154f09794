"""Who knocks at every door, and the groups that the tables name."""

from __future__ import annotations

CAST = (
    "anonymous",
    "nobody",  # signed in, known here, without a role
    "stranger",  # the provincial officer of another province
    "producer",  # the one whose dossier, product and certificate they are
    "other_producer",
    "commune_officer",  # of the producer's commune
    "other_commune_officer",
    "advisor",
    "member",  # of the council that meets; sheets of her own
    "recused",  # an officer with a seat on that council, shut out of the one product by her declaration
    "secretary",
    "chair",
    "officer",
    "leader",
    "tenant_admin",
    "observer",
    "sector_officer",  # of the department that confirms certificates of eligibility
)  # fmt: skip

EVERYBODY = frozenset(CAST)
SIGNED_IN = EVERYBODY - {"anonymous"}

PRODUCER = frozenset(["producer"])
CLAIMANT = frozenset(["nobody"])  # who says that a producer in the register is hers
COMMUNE = frozenset(["commune_officer"])
COMMUNES = COMMUNE | {"other_commune_officer"}
ADVISOR = frozenset(["advisor"])
OFFICER = frozenset(["officer"])  # not shut out of the product
OFFICERS = OFFICER | {"recused"}
LEADER = frozenset(["leader"])
ADMIN = frozenset(["tenant_admin"])
OBSERVER = frozenset(["observer"])
SECTOR = frozenset(["sector_officer"])
AUTHORITY = OFFICERS | LEADER
CHAIR = frozenset(["chair"])
SECRETARY = frozenset(["secretary"])
LEADING = CHAIR | SECRETARY
COUNCIL = LEADING | {"member", "recused"}

# who reads what by role; architecture.md, "Rights"
READ_PLANS = COMMUNES | ADVISOR | AUTHORITY | ADMIN | OBSERVER
READ_PRODUCTS = PRODUCER | COMMUNE | ADVISOR | AUTHORITY
READ_THE_PRODUCT = READ_PRODUCTS - {"recused"}  # whose dossier is before the council
# the council as well, once each has declared; the recused, an officer, is shut out of it
READ_THE_DOSSIER = PRODUCER | COMMUNE | ADVISOR | OFFICER | LEADER | (COUNCIL - {"recused"})
READ_CERTIFICATES = PRODUCER | COMMUNE | AUTHORITY | OBSERVER
