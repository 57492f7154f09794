"""A producer's data is given out to her: every row and file that this room keeps, to her own people alone."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from ocop.audit.models import Entry
from ocop.files.models import StoredFile
from products.models import Belongings, Producer
from products.producers.belongings import OWN, ask_for_belongings, rows_of
from products.tasks import make_belongings
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(draft, owner, lai_chau, run_task):
    def make():
        ask_for_belongings(draft.product.producer, by=owner)
        run_task(make_belongings, lai_chau.pk)
        return Belongings.objects.select_related("file").get()

    return make


def test_rows_and_files_are_all_there(draft, made, owner):
    with made().file.open() as content, zipfile.ZipFile(io.BytesIO(content.read())) as archive:
        rows = json.loads(archive.read("du-lieu.json"))
        assert rows["producer"][0]["name"] == draft.product.producer.name
        assert (
            rows["producerpersonal"][0]["permanent_address"]
            == draft.product.producer.personal.permanent_address
        )
        assert {row["key"] for row in rows["dossiersection"]} == set(
            draft.sections.values_list("key", flat=True)
        )
        papers = {it.pk: it.file for it in draft.product.producer.papers.all()}
        names = {int(name.split("/")[1].split(".")[0]): name for name in archive.namelist() if "/" in name}
        assert names.keys() == papers.keys()
        for pk, file in papers.items():
            with file.open() as kept:
                assert archive.read(names[pk]) == kept.read()


# What offices write about her, or make of what she has already; who asks to be taken for her is a third person.
NOT_HERS = {
    "belongings", "bounddossier", "claim", "clock", "communereport", "dossieruserpermission", "exclusion", "forwardingitem",
    "intakecheck", "merge", "paperconfirmation", "potential", "screening", "sectionopinion", "sectionsmeeting", "survey", "surveyanswer",
    "surveychange", "surveyphoto",
}  # fmt: skip


def test_every_table_of_hers_is_given_out_or_named_as_an_office_s():
    models = set(apps.get_app_config("products").get_models())
    of_hers, found = {Producer}, set()
    while of_hers - found:
        found |= of_hers
        of_hers = {it for it in models if any(f.related_model in found for f in it._meta.fields)}
    assert {it._meta.model_name for it in found} == {it._meta.model_name for it, _path in OWN} | NOT_HERS


def test_nothing_of_another_producer(draft, commune):
    factories.make_complete_dossier(commune, name="Mật ong bạc hà")
    rows = rows_of(draft.product.producer)
    assert [row["name"] for row in rows["product"]] == [draft.product.name]
    assert len(rows["dossier"]) == 1
    assert len(rows) == len(OWN)


def test_asked_for_again_the_old_file_goes(made):
    old = made().file
    new = made().file
    assert new.pk != old.pk
    assert not StoredFile.objects.filter(pk=old.pk).exists()
    assert Entry.objects.filter(action="producer.exported").count() == 2


def test_only_her_own_people_may(draft, officer, commune_officer, other_owner):
    for stranger in (officer, commune_officer, other_owner):
        with pytest.raises(PermissionDenied):
            ask_for_belongings(draft.product.producer, by=stranger)


def test_from_her_page(draft, made, owner, officer, signed_in, lai_chau, run_task):
    client, base = signed_in(owner), f"/lai-chau/producers/{draft.product.producer_id}/"
    assert "Xin bản dữ liệu" in client.get(base).content.decode()
    assert client.get(f"{base}belongings/").status_code == 404
    assert client.post(f"{base}belongings/").status_code == 302
    assert "Đang gom" in client.get(base).content.decode()
    run_task(make_belongings, lai_chau.pk)
    response = client.get(f"{base}belongings/", follow=True)
    assert b"".join(response.streaming_content).startswith(b"PK")
    assert "belongings" not in signed_in(officer).get(base).content.decode()
    assert signed_in(officer).get(f"{base}belongings/").status_code == 403
