"""The public catalogue: what anybody may read, and what nobody may."""

import datetime as dt

import pytest
from django.utils import timezone

from evaluation.models import Certificate
from ocop.orgs.models import OrgUnit
from promotion.queries import sets_of_category
from tests import factories
from tests.promotion.makers import SECRETS, make_certificate, make_product, revoked

CATALOGUE, API = "/lai-chau/catalogue/", "/lai-chau/api/catalogue/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def shop(province, commune):
    """Five products: valid 3★ and 4★, expired, revoked, never certified."""
    today, town = timezone.localdate(), OrgUnit.objects.get(name="Phường Tân Phong")
    made = {
        "tea": make_product(commune, "Chè Shan tuyết cổ thụ"),
        "rice": make_product(town, "Gạo séng cù", set_code="QD26-03"),
        "honey": make_product(commune, "Mật ong bạc hà", set_code="QD26-08"),
        "wine": make_product(commune, "Rượu ngô men lá", set_code="QD26-14"),
        "draft": make_product(commune, "Sản phẩm chưa công nhận"),
    }
    make_certificate(made["tea"], province, stars=3, number="01/GCN-2026")
    make_certificate(made["rice"], province, stars=4)
    make_certificate(made["honey"], province, issued_on=today - 1200 * DAY)
    revoked(made["wine"], province, on=today - 5 * DAY)
    return made


def names(page):
    return [row[0].product_name for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Chè Shan tuyết cổ thụ", "Gạo séng cù"]),
        ("?q=che+shan", ["Chè Shan tuyết cổ thụ"]),
        ("?q=GẠO", ["Gạo séng cù"]),
        ("?q=hop+tac+xa+gao", ["Gạo séng cù"]),
        ("?q=shan+hop+tac", ["Chè Shan tuyết cổ thụ"]),
        ("?q=che+gao", []),
        ("?q=01/gcn", ["Chè Shan tuyết cổ thụ"]),
        ("?stars=4", ["Gạo séng cù"]),
        ("?category=I", ["Chè Shan tuyết cổ thụ", "Gạo séng cù"]),
        ("?category=II", []),
        ("?category=II&state=all", ["Rượu ngô men lá"]),
        ("?state=all", ["Chè Shan tuyết cổ thụ", "Gạo séng cù", "Mật ong bạc hà", "Rượu ngô men lá"]),
        ("?stars=nine&commune=999999&category=Z", ["Chè Shan tuyết cổ thụ", "Gạo séng cù"]),
        ("?q=san+pham+chua&state=all", []),
    ],
)
def test_anybody_finds_what_is_certified(client, shop, query, found):
    assert names(client.get(CATALOGUE + query)) == found


@pytest.mark.parametrize(
    ("category", "found"), [("III", [19, 20, 21, 22]), ("IV", [23, 24, 25]), ("V", []), ("VI", [26])]
)
def test_a_category_of_today_holds_the_sets_of_before(category, found):
    before = [int(it[-2:]) for it in sets_of_category(category) if it.startswith("QD1048-")]
    assert before == found


def test_a_commune_shows_what_its_predecessors_left_it(client, province, commune, shop):
    old = make_product(OrgUnit.objects.get(name="Xã Khổng Lào"), "Chuối Khổng Lào")
    make_certificate(old, province)
    page = client.get(f"{CATALOGUE}?commune={commune.pk}")
    assert names(page) == ["Chè Shan tuyết cổ thụ", "Chuối Khổng Lào"]


def test_a_product_stands_once_with_its_newest_rank(client, province, shop):
    make_certificate(shop["tea"], province, stars=4, issued_on=timezone.localdate() - DAY)
    page = client.get(CATALOGUE)
    assert [(row[0].product_name, row[0].stars) for row in page.context["rows"]] == [
        ("Chè Shan tuyết cổ thụ", 4),
        ("Gạo séng cù", 4),
    ]


@pytest.mark.parametrize(
    ("name", "word"),
    [("tea", "Đang có hiệu lực"), ("honey", "Đã hết hạn"), ("wine", "Đã thu hồi")],
)
def test_the_page_says_how_it_stands_before_its_name(client, shop, name, word):
    page = client.get(f"{CATALOGUE}{shop[name].pk}/").content.decode()
    main = page[page.index("<main") :]
    assert main.index(word) < main.index("<h1")


def test_the_page_tells_the_history_of_stars(client, province, shop):
    make_certificate(shop["tea"], province, stars=5, number="99/GCN")
    page = client.get(f"{CATALOGUE}{shop['tea'].pk}/")
    assert [(it.stars, kind) for it, _word, kind in page.context["history"]] == [(5, "live"), (3, "live")]
    assert page.context["certificate"].number == "99/GCN"


def test_what_was_never_certified_is_not_there(client, shop):
    draft = shop["draft"].pk
    assert [client.get(url).status_code for url in (f"{CATALOGUE}{draft}/", f"{API}{draft}/")] == [404, 404]


@pytest.mark.parametrize("state", ["draft", "submitted", "not_recognised"])
def test_a_dossier_on_its_way_or_refused_leaves_no_trace(client, commune, shop, state):
    dossier = factories.make_complete_dossier(commune, state=state, name="Măng khô bí mật")
    pages = [
        client.get(url).content.decode()
        for url in (CATALOGUE, f"{CATALOGUE}?state=all", API, f"{API}?state=all")
    ]
    assert [page for page in pages if "Măng khô" in page] == []
    assert client.get(f"{CATALOGUE}{dossier.product_id}/").status_code == 404


def test_no_page_and_no_answer_gives_away_a_person(client, shop):
    urls = [CATALOGUE, f"{CATALOGUE}?state=all", API, f"{API}?state=all"]
    urls += [f"{base}{it.pk}/" for it in shop.values() if it != shop["draft"] for base in (CATALOGUE, API)]
    leaks = [
        (url, secret)
        for url in urls
        for secret in (*SECRETS.values(), "Hồ sơ giả")
        if secret in client.get(url).content.decode()
    ]
    assert leaks == []
    assert Certificate.objects.filter(
        producer_address=SECRETS["address"]
    ).exists()  # there was something to hide


def test_another_provinces_products_are_not_in_this_catalogue(client, shop, stranger):
    assert client.get("/thai-nguyen/catalogue/?state=all").context["rows"] == []
    assert client.get(f"/thai-nguyen/catalogue/{shop['tea'].pk}/").status_code == 404


def test_a_visitors_browser_keeps_the_page_a_while_a_users_does_not(client, signed_in, officer, shop):
    assert client.get(CATALOGUE).headers["Cache-Control"] == "private, max-age=300"
    assert signed_in(officer).get(CATALOGUE).headers["Cache-Control"] == "private, no-cache"
    answer = client.get(API)
    assert (answer.headers["Cache-Control"], answer.cookies) == ("public, max-age=300", {})


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client, province, commune, django_assert_num_queries, count
):
    for number in range(count):
        make_certificate(make_product(commune, f"Chè {number}"), province)
    with django_assert_num_queries(8):
        page = client.get(CATALOGUE)
    assert len(page.context["rows"]) == count


def test_pages_follow_each_other_by_name(client, province, commune):
    wanted = [f"Chè {number:02d}" for number in range(53)]
    for name in reversed(wanted):
        make_certificate(make_product(commune, name), province)
    first = client.get(CATALOGUE)
    second = client.get(f"{CATALOGUE}?after={first.context['page'].after}")
    back = client.get(f"{CATALOGUE}?before={second.context['page'].before}")
    assert names(first) + names(second) == wanted
    assert (names(back), first.context["page"].before, second.context["page"].after) == (names(first), "", "")


def test_the_api_says_what_the_page_says(client, shop):
    rows = client.get(API).json()["results"]
    assert {row["name"]: (row["stars"], row["standing"]) for row in rows} == {
        "Chè Shan tuyết cổ thụ": (3, "valid"), "Gạo séng cù": (4, "valid")
    }  # fmt: skip
    one = client.get(f"{API}{shop['wine'].pk}/").json()
    assert (one["standing"], one["commune"]) == ("revoked", "Xã Mường So")
    assert client.post(API, {}).status_code == 405
