"""What the producer's own marks come to: no aim below the first recognised star, no way before the sheet is whole."""

from products.dossiers.scoring import standing
from products.dossiers.whole import load
from products.models import SelfScore

T = "/lai-chau"


def lowest(dossier, count):
    """The first criteria of the sheet, so many, each marked with its lowest level; the page's marks and their sum."""
    criteria = load(dossier).set.criteria[:count]
    kept = {}
    for it in criteria:
        case = it.case_codes[0] if it.case_codes else ""
        mark = {"p": min(level.points for level in (it.scale(case) if case else it.levels)), "r": 1}
        kept[it.code] = mark | ({"case": case} if case else {})
    SelfScore.objects.filter(dossier=dossier).update(levels=kept)
    return sum(it["p"] for it in kept.values())


def page(client, dossier, name):
    return client.get(f"{T}/dossiers/{dossier.pk}/{name}").content.decode()


def test_a_low_sheet_is_led_to_the_first_star_that_is_recognised(draft, owner, signed_in):
    total = lowest(draft, None)
    now = standing(load(draft))
    assert now["stars"] < 2
    assert now["aim"] == "3"
    assert total + now["added"] >= 50
    assert "Đường ngắn nhất tới 3 sao" in page(signed_in(owner), draft, "score/")


def test_before_the_sheet_is_whole_no_way_is_told(draft, owner, signed_in):
    lowest(draft, 5)
    now = standing(load(draft))
    assert (now["scored"], now["way"], now["added"]) == (5, [], 0)
    text = page(signed_in(owner), draft, "score/")
    assert "Đường ngắn nhất" not in text
    assert f"Mới chấm 5 trong {now['count']} tiêu chí." in text
    assert "tới 3 sao" in text


def test_an_empty_sheet_holds_no_star(draft, owner, signed_in):
    lowest(draft, 0)
    text = page(signed_in(owner), draft, "score/")
    assert f"Mới chấm 0 trong {standing(load(draft))['count']} tiêu chí." in text
    assert "1 sao" not in text
