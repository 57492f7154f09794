"""Roles by membership: where they reach, for how long, and what they never give."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.utils.functional import SimpleLazyObject

from ocop.orgs.memberships import end_membership, grant_membership
from ocop.orgs.models import Membership, OrgUnit, User
from ocop.orgs.rights import forget_roles, held_roles, units_where
from ocop.orgs.roles import PERMISSIONS, ROLES, roles_with
from ocop.tenancy.scope import no_tenant, tenant_scope
from products.models import DossierUserPermission
from tests import factories
from tests.evaluation.makers import make_accepted_dossier


def communes_seen(user):
    return set(
        OrgUnit.objects.filter(units_where(user, "products.view_dossier", "parent")).values_list(
            "name", flat=True
        )
    )


def test_a_role_reaches_its_unit_and_all_below(officer, province, commune):
    assert officer.has_perm("products.accept_dossier", province)
    assert officer.has_perm("products.accept_dossier", commune)


def test_a_role_does_not_reach_a_neighbour(commune_officer, commune, other_commune, province):
    assert commune_officer.has_perm("products.check_dossier", commune)
    assert not commune_officer.has_perm("products.check_dossier", other_commune)
    assert not commune_officer.has_perm("products.check_dossier", province)


def test_a_role_follows_the_successor_of_a_closed_unit(commune_officer):
    old = OrgUnit.objects.get(name="Xã Khổng Lào")
    assert commune_officer.has_perm("products.view_dossier", old)


def test_a_role_ends_with_its_term(commune_officer, commune):
    membership = Membership.objects.get(user=commune_officer)
    end_membership(membership, on=dt.date(2025, 12, 31))
    forget_roles(commune_officer)
    assert held_roles(commune_officer) == []
    assert not commune_officer.has_perm("products.check_dossier", commune)


def test_an_officer_of_another_province_has_no_role_here(stranger, province):
    assert held_roles(stranger) == []
    assert not stranger.has_perm("products.view_dossier", province)


def test_one_account_holds_roles_in_two_tenants(officer, thai_nguyen_tenant, stranger):
    with tenant_scope(thai_nguyen_tenant.pk):
        root = OrgUnit.objects.get(parent=None)
        grant_membership(officer, "observer", root, starts_on=factories.REFORM)
        forget_roles(officer)
        assert [held.role for held in held_roles(officer)] == ["observer"]
        assert not officer.has_perm("products.accept_dossier", root)
    forget_roles(officer)
    assert [held.role for held in held_roles(officer)] == ["officer"]
    assert set(officer.tenants.values_list("slug", flat=True)) == {"lai-chau", "thai-nguyen"}


def test_a_superuser_is_one_on_the_global_admin_only(lai_chau, province):
    root = User.objects.create_superuser("goc", "goc@example.vn", "mat-khau-thu-2026")
    assert not root.has_perm("products.accept_dossier", province)
    assert not root.has_perm("orgs.use_admin")
    with no_tenant():
        assert root.has_perm("orgs.change_user")


def test_a_superuser_may_do_nothing_with_what_is_granted_one_by_one(lai_chau, commune):
    root = User.objects.create_superuser("goc", "goc@example.vn", "mat-khau-thu-2026")
    dossier = make_accepted_dossier(commune)
    assert not root.has_perm("products.accept_dossier", dossier)
    assert not root.has_perm("products.view_dossier", dossier)


def test_a_grant_is_for_one_object_and_one_permission(nobody, commune):
    shared, other = make_accepted_dossier(commune), make_accepted_dossier(commune, "Gạo Séng cù")
    permission = Permission.objects.get(codename="view_dossier", content_type__app_label="products")
    DossierUserPermission.objects.create(user=nobody, permission=permission, content_object=shared)
    assert nobody.has_perm("products.view_dossier", shared)
    assert not nobody.has_perm("products.change_dossier", shared)
    assert not nobody.has_perm("products.view_dossier", other)


def test_a_deactivated_account_may_do_nothing(officer, province):
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert not officer.has_perm("products.accept_dossier", province)


def test_a_misspelt_permission_is_an_error_not_a_refusal():
    with pytest.raises(ValueError, match=r"products\.accept_dosier"):
        roles_with("products.accept_dosier")


def test_no_role_may_both_draft_and_issue_a_decision():
    both = {"evaluation.change_decision", "evaluation.issue_decision"}
    assert [name for name, role in ROLES.items() if both <= role.permissions] == []


def test_permissions_are_written_as_app_and_verb():
    assert [p for p in PERMISSIONS if p.count(".") != 1 or "_" not in p] == []


def test_roles_are_read_once_a_request_and_again_after_a_grant(officer, province, django_assert_num_queries):
    def again() -> User:
        return User.objects.get(pk=officer.pk)

    user = SimpleLazyObject(again)  # as request.user is
    held_roles(user)
    with django_assert_num_queries(0):
        assert user.has_perm("products.accept_dossier", province)
    grant_membership(user, "observer", province, starts_on=factories.REFORM)
    forget_roles(user)
    assert {held.role for held in held_roles(user)} == {"officer", "observer"}
