"""The tenant's admin: every page opens at a fixed cost, what must not change does not, conflicts hold."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evaluation.models import Certificate
from ocop.audit.log import record
from ocop.audit.models import Change, Entry
from ocop.notices.models import AccountMail, NoticeMail
from ocop.orgs.models import Membership, OrgUnit, Person, User
from ocop.papers.models import ShutOut
from ocop.tenancy.scope import tenant_scope
from ocop.tenant_admin import tenant_admin_site
from plans.models import Round
from products.models import Dossier, Exclusion, Producer
from tests import factories
from tests.admin.makers import fill

ROOT = "/lai-chau/admin/"
MODELS = {model._meta.label_lower: model for model in tenant_admin_site._registry}
ADDABLE = ["orgs.membership", "orgs.orgunit", "orgs.person"]
# What can be changed at all; a kind that is not here is read only.
EDITABLE = {
    "notices.noticemail": {"due_at", "gave_up"},
    "orgs.membership": {"user", "role", "unit", "starts_on", "ends_on", "decision_number", "decision_on", "signs_as"},
    "orgs.orgunit": {"kind", "name", "opened_on", "closed_on", "superior_on_papers", "name_on_papers", "symbol",
                     "place_on_papers", "signs_for"},
    "orgs.person": {"name", "position", "phone"},
    "plans.round": {"name", "opens_on", "cutoff_on", "ends_on", "basis"},
    "products.producer": {"unit", "kind", "name", "registration_number", "registered_on", "tax_code", "address",
                          "phone", "email", "representative", "representative_position"},
    "products.producermember": {"starts_on", "ends_on"},
    "products.product": {"name", "specification", "description"},
    "evaluation.seat": {"agency", "order"},
    "promotion.event": {"name", "place", "starts_on", "ends_on"},
}  # fmt: skip
# Queries of the list, of the page of one with what stands below it, of the page that adds one.
COSTS = {
    "audit.change": (13, 13, None),
    "audit.entry": (14, 15, None),
    "evaluation.assessment": (14, 13, None),
    "evaluation.ballot": (14, 14, None),
    "evaluation.certificate": (14, 16, None),
    "evaluation.council": (14, 16, None),
    "evaluation.decision": (14, 20, None),
    "evaluation.handover": (13, 15, None),
    "evaluation.legacyimport": (14, 14, None),
    "evaluation.meeting": (13, 14, None),
    "evaluation.seat": (14, 16, None),
    "files.storedfile": (16, 14, None),
    "notices.notice": (15, 15, None),
    "notices.noticemail": (13, 13, None),
    "orgs.membership": (14, 19, 11),
    "orgs.orgunit": (13, 13, 11),
    "orgs.person": (14, 15, 11),
    "orgs.user": (14, 14, None),
    "papers.numberseries": (15, 14, None),
    "papers.paper": (15, 15, None),
    "plans.plan": (14, 17, None),
    "plans.round": (14, 14, None),
    "products.dossier": (14, 16, None),
    "products.exclusion": (14, 14, None),
    "products.producer": (13, 15, None),
    "products.producermember": (14, 16, None),
    "products.product": (13, 13, None),
    "promotion.event": (13, 15, None),
}


def address(kind: str, rest: str = "") -> str:
    return f"{ROOT}{kind.replace('.', '/')}/{rest}"


def change(kind: str, pk: int | None = None) -> str:
    return address(kind, f"{pk or first_of(kind).pk}/change/")


def first_of(kind: str) -> Any:
    model = MODELS[kind]
    return Membership.objects.earliest("pk").user if model is User else model._default_manager.earliest("pk")


def listed(client: Client, kind: str) -> set[int]:
    """The keys of the rows that a list shows."""
    return {row.pk for row in client.get(address(kind)).context["cl"].result_list}


@pytest.fixture
def admin(signed_in, tenant_admin) -> Client:
    return signed_in(tenant_admin)


@pytest.fixture
def filled(commune, province, officer, leader) -> None:
    fill(2, commune, province, officer=officer, leader=leader)


def cost(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200, url
    return len(seen)


@pytest.mark.parametrize("count", [1, 3])
def test_every_page_opens_at_the_same_cost(count, admin, commune, province, officer, leader):
    fill(count, commune, province, officer=officer, leader=leader)
    ContentType.objects.clear_cache()
    found = {
        kind: (
            cost(admin, address(kind)),
            cost(admin, change(kind)),
            cost(admin, address(kind, "add/")) if kind in ADDABLE else None,
        )
        for kind in sorted(MODELS)
    }
    assert found == COSTS


def test_only_what_may_be_repaired_has_a_field(rf, tenant_admin, filled):
    request = rf.get("/")
    request.user = tenant_admin
    found = {}
    for kind, model in MODELS.items():
        page, row = tenant_admin_site._registry[model], first_of(kind)
        assert not page.has_delete_permission(request, row)
        if page.has_change_permission(request, row):
            found[kind] = set(page.get_form(request, row, change=True).base_fields)
    assert found == EDITABLE


@pytest.mark.parametrize("kind", sorted(set(MODELS) - set(EDITABLE)))
def test_what_is_read_only_takes_no_change(admin, filled, kind):
    assert admin.post(change(kind), {}).status_code == 403
    assert admin.get(address(kind, "add/")).status_code == 403


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_nothing_is_deleted_or_done_in_bulk(admin, filled, kind):
    pk = first_of(kind).pk
    assert admin.post(address(kind, f"{pk}/delete/"), {"post": "yes"}).status_code == 403
    answer = admin.post(address(kind), {"action": "delete_selected", "_selected_action": [pk], "post": "yes"})
    assert answer.status_code in (200, 403)
    assert first_of(kind).pk == pk


@pytest.mark.parametrize("who", ["officer", "leader", "commune_officer", "nobody", "stranger"])
def test_who_has_not_the_right_is_sent_away(request, signed_in, filled, who):
    client = signed_in(request.getfixturevalue(who))
    for kind in MODELS:
        for url in (address(kind), change(kind)):
            assert client.get(url).status_code == 404, url


def test_there_is_one_login(client, lai_chau, tenant_admin):
    answer = client.post(f"{ROOT}login/", {"username": tenant_admin.username, "password": factories.PASSWORD})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/lai-chau/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_the_admin_of_another_tenant_sees_nothing_of_this_one(
    signed_in, filled, stranger, thai_nguyen_tenant
):
    ours = {kind: first_of(kind).pk for kind in MODELS}
    with tenant_scope(thai_nguyen_tenant.pk):
        theirs = factories.make_user("thainguyen.quantri", "Lê Văn Tám", role="tenant_admin", unit=OrgUnit.objects.get(parent=None))  # fmt: skip
    client = signed_in(theirs)
    for kind, pk in ours.items():
        url = address(kind).replace("lai-chau", "thai-nguyen")
        rows = client.get(url).context["cl"].result_list
        known = {"orgs.user": {stranger.pk, theirs.pk}}
        assert {row.pk for row in rows} <= known.get(kind, {row.pk for row in rows if row.tenant_id == thai_nguyen_tenant.pk} if kind != "orgs.user" else set())  # fmt: skip
        assert client.get(f"{url}{pk}/change/").status_code == 302


def test_an_admin_is_not_exempt_from_a_conflict(admin, tenant_admin, filled):
    shut, other = Dossier.objects.order_by("pk")
    kinds = ["products.dossier", "evaluation.assessment", "evaluation.ballot", "evaluation.handover", "products.exclusion"]  # fmt: skip
    before = {kind: listed(admin, kind) for kind in kinds}
    Exclusion.objects.create(dossier=shut, user=tenant_admin, ground="Góp vốn")
    for kind in kinds:
        dossiers = {_dossier_of(row) for row in MODELS[kind].objects.filter(pk__in=listed(admin, kind))}
        assert (len(before[kind]), dossiers) == (2, {other}), kind
    assert admin.get(change("products.dossier", shut.pk)).status_code == 302
    for page in (change("evaluation.decision"), change("evaluation.meeting")):
        names = {
            str(form.instance) for form in admin.get(page).context["inline_admin_formsets"][0].formset.forms
        }
        assert names == {other.product.name}


def _dossier_of(row: Any) -> Dossier:
    if isinstance(row, Dossier):
        return row
    return row.dossier if hasattr(row, "dossier") else row.assessment.dossier


def test_the_log_and_the_files_tell_nothing_of_a_conflict(admin, tenant_admin, commune, officer):
    shut = factories.make_complete_dossier(commune, state="reported", name="Chè bí mật")
    other = factories.make_complete_dossier(commune, state="reported", name="Chè thường")
    record("round.create", other.round, by=officer)
    everything = (
        listed(admin, "audit.entry"),
        listed(admin, "files.storedfile"),
        listed(admin, "papers.paper"),
    )
    Exclusion.objects.create(dossier=shut, user=tenant_admin, ground="Góp vốn")
    ShutOut.objects.create(user=tenant_admin, about=f"dossier-{shut.pk}")
    entries, files, papers = (
        listed(admin, kind) for kind in ("audit.entry", "files.storedfile", "papers.paper")
    )
    hidden = Entry.objects.filter(pk__in=everything[0] - entries)
    # Gone: what is told of the dossier, its evidence and its report. Still there: product, producer, all of the other.
    assert {entry.kind for entry in hidden} == {"products.dossier", "products.evidencepaper", "papers.paper"}
    assert not any(
        "bí mật" in entry.title for entry in Entry.objects.filter(pk__in=entries, kind="products.dossier")
    )
    assert {entry.kind for entry in Entry.objects.filter(pk__in=entries)} >= {
        "plans.round", "products.dossier", "products.evidencepaper", "products.product", "papers.paper",
    }  # fmt: skip
    assert everything[1] - files == {link.paper.file_id for link in shut.evidence.all()}
    assert everything[2] - papers == {shut.commune_report.paper_id}


def test_a_round_is_repaired_and_the_row_history_tells_what_it_said(admin, tenant_admin, commune):
    found = factories.make_round(commune, name="Đợt 1")
    page = admin.post(
        change("plans.round", found.pk),
        {"name": "Đợt 2", "opens_on": found.opens_on, "cutoff_on": found.cutoff_on, "ends_on": found.ends_on,
         "basis": found.basis, "regime": "1/1900"},
    )  # fmt: skip
    assert page.status_code == 302
    last = Change.objects.filter(kind="plans.round", object_id=found.pk).first()
    assert (last.before, last.after, last.by) == ({"name": "Đợt 1"}, {"name": "Đợt 2"}, tenant_admin)
    entry = Entry.objects.get(kind="plans.round", action="round.changed")
    assert (entry.actor, entry.data) == (tenant_admin, {"fields": ["Tên đợt"]})
    history = admin.get(address("plans.round", f"{found.pk}/history/"), follow=True)
    assert {row.object_id for row in history.context["cl"].result_list} == {found.pk}
    assert "Đợt 1 → Đợt 2" in history.content.decode()


def test_the_history_of_what_is_not_kept_is_the_log(admin, commune):
    producer = factories.make_producer(commune)
    history = admin.get(address("products.producer", f"{producer.pk}/history/"), follow=True)
    rows = history.context["cl"].result_list
    assert rows
    assert {(row.kind, row.object_id) for row in rows} == {("products.producer", producer.pk)}


def test_dates_of_a_round_in_the_wrong_order_are_said(admin, commune):
    found = factories.make_round(commune)
    page = admin.post(
        change("plans.round", found.pk),
        {"name": found.name, "opens_on": found.ends_on, "cutoff_on": found.cutoff_on, "ends_on": found.opens_on,
         "basis": found.basis},
    )  # fmt: skip
    assert "Ngày mở, hạn đề nghị và ngày kết thúc phải theo thứ tự." in page.content.decode()
    assert Round.objects.get(pk=found.pk).opens_on == found.opens_on


NEW = {
    "username": "xa.tanphong",
    "email": "tan.phong@example.vn",
    "name": "Lò Thị Hặc",
    "position": "Công chức",
    "phone": "",
}


def test_a_colleague_is_added_with_an_account_and_a_link_to_begin_with(admin):
    assert admin.post(address("orgs.person", "add/"), NEW).status_code == 302
    person = Person.objects.get(name="Lò Thị Hặc")
    assert (person.user.username, person.user.has_usable_password()) == ("xa.tanphong", False)
    mail = AccountMail.objects.get()
    assert mail.to == "tan.phong@example.vn"
    assert "/lai-chau/accounts/password/reset/key/" in mail.body


def test_who_has_an_account_elsewhere_gets_no_second_one(admin, stranger):
    facts = NEW | {"username": "khac", "email": stranger.email.upper()}
    assert admin.post(address("orgs.person", "add/"), facts).status_code == 302
    assert Person.objects.get(name="Lò Thị Hặc").user == stranger
    assert AccountMail.objects.count() == 0


def test_a_taken_name_and_a_person_twice_are_refused_at_their_fields(admin, officer):
    taken = admin.post(address("orgs.person", "add/"), NEW | {"username": officer.username.upper()})
    assert list(taken.context["adminform"].form.errors) == ["username"]
    twice = admin.post(address("orgs.person", "add/"), NEW | {"email": officer.email})
    assert list(twice.context["adminform"].form.errors) == ["email"]


def test_a_role_twice_is_refused_in_words(admin, officer, province):
    facts = {"user": officer.pk, "role": "officer", "unit": province.pk, "starts_on": factories.REFORM}
    page = admin.post(address("orgs.membership", "add/"), facts)
    assert page.context["adminform"].form.errors
    assert Membership.objects.filter(user=officer).count() == 1


def test_accounts_of_other_tenants_cannot_be_chosen(admin, stranger, officer, province):
    where = {"app_label": "orgs", "model_name": "membership", "field_name": "user", "term": ""}
    names = {row["text"] for row in admin.get(f"{ROOT}autocomplete/", where).json()["results"]}
    assert "Nguyễn Thị Hồng Thắm" in names
    assert not {"Trần Đức Thịnh", "thainguyen.ocop"} & names
    facts = {"user": stranger.pk, "role": "officer", "unit": province.pk, "starts_on": "2026-01-01"}
    page = admin.post(address("orgs.membership", "add/"), facts)
    assert list(page.context["adminform"].form.errors) == ["user"]


def test_a_mail_given_up_is_sent_again_and_its_subject_stays_its_readers(admin, filled):
    mail = NoticeMail.objects.earliest("pk")
    NoticeMail.objects.filter(pk=mail.pk).update(gave_up=True)
    for page in (address("notices.noticemail"), change("notices.noticemail"), address("notices.notice"), change("notices.notice")):  # fmt: skip
        assert "bí mật" not in admin.get(page).content.decode()
    answer = admin.post(
        change("notices.noticemail", mail.pk), {"due_at_0": "2026-11-26", "due_at_1": "08:00:00"}
    )
    assert answer.status_code == 302
    again = NoticeMail.objects.get(pk=mail.pk)
    assert (again.gave_up, again.subject) == (False, "Hồ sơ chè bí mật")


def test_a_unit_renamed_is_found_by_its_new_name(admin, commune):
    facts = {"kind": commune.kind, "name": "Xã Đồng Tâm", "opened_on": commune.opened_on}
    assert admin.post(change("orgs.orgunit", commune.pk), facts).status_code == 302
    assert listed_by(admin, "orgs.orgunit", "dong tam") == {commune.pk}


@pytest.mark.parametrize(
    "kind", ["evaluation.certificate", "products.producer", "papers.paper", "audit.entry"]
)
def test_lists_are_searched(admin, filled, kind):
    assert listed_by(admin, kind, "khong co gi nhu vay") == set()


def listed_by(client: Client, kind: str, words: str) -> set[int]:
    return {row.pk for row in client.get(address(kind), {"q": words}).context["cl"].result_list}


def test_names_are_those_of_this_tenant(admin, filled):
    assert Certificate.objects.count() == 2
    assert Producer.objects.exists()
    page = admin.get(address("products.producermember")).content.decode()
    assert "Người 0" in page
