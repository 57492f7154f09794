"""Whole meetings of nine under the two earlier laws, before real browsers; today's law has the long story."""

from __future__ import annotations

from ocop.orgs.models import Membership, OrgUnit
from ocop.tenancy.scope import tenant_scope
from tests import factories
from tests.e2e import nine
from tests.evaluation import makers


def test_a_districts_council_of_2024(cast, person):
    """QĐ 148/2023: the district scores first and certifies 3 stars."""
    with tenant_scope(cast.tenant):
        district = OrgUnit.objects.get(name="Huyện Phong Thổ")
        officer = factories.make_user("huyen.phongtho", "Trần Văn Thọ", role="officer", unit=district)
        factories.make_user("huyen.phongtho", "Trần Văn Thọ", role="advisory_member", unit=district)
        leader = factories.make_user("huyen.lanhdao", "Nguyễn Cảnh Đức", role="leader", unit=district)
        Membership.objects.filter(user=leader).update(signs_as="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")
        story = nine.Story(
            cast.tenant, "148", district, "district", "148/2023", "QD148-01", officer, leader, makers.make_members(prefix="h")
        )  # fmt: skip
        nine.prepare(story)
    nine.hold(story, person)


def test_a_provinces_council_of_2020(cast, person):
    """QĐ 1048/2019: what a district sent up from 50 points on, the province ranks."""
    with tenant_scope(cast.tenant):
        province = OrgUnit.objects.get(parent=None)
        factories.make_user("laichau.tinh", "Nguyễn Thị Hồng Thắm", role="advisory_member", unit=province)
        story = nine.Story(
            cast.tenant, "1048", province, "province", "1048/2019", "QD1048-01", cast.officer, cast.leader,
            makers.make_members(prefix="t"),
        )  # fmt: skip
        nine.prepare(story)
    nine.hold(story, person)
