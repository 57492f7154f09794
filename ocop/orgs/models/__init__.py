from ocop.orgs.models.departure import Departure
from ocop.orgs.models.governed import Governed
from ocop.orgs.models.membership import Membership, Person
from ocop.orgs.models.place import Place, PlaceSuccession
from ocop.orgs.models.unit import OrgUnit, UnitKind, UnitSuccession
from ocop.orgs.models.user import User

__all__ = [
    "Departure",
    "Governed",
    "Membership",
    "OrgUnit",
    "Person",
    "Place",
    "PlaceSuccession",
    "UnitKind",
    "UnitSuccession",
    "User",
]
