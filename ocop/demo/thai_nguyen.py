"""Thái Nguyên, 2020, under QĐ 1048: the district scores and sends up from 50 points on, the province decides 3 and 4 stars."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ocop.demo.past import file, in_office
from ocop.demo.people import Cast
from products.models import Producer

REGIME = "1048/2019"
SINCE = dt.date(2020, 1, 2)
OPENED, CUT_OFF, ENDS = dt.date(2020, 4, 1), dt.date(2020, 7, 31), dt.date(2020, 12, 31)
FILED, REPORTED = dt.date(2020, 7, 6), dt.date(2020, 7, 29)
DISTRICT_MET, DISTRICT_DECIDED = dt.date(2020, 8, 5), dt.date(2020, 8, 10)
RECEIVED, MET, DECIDED = dt.date(2020, 8, 17), dt.date(2020, 8, 25), dt.date(2020, 9, 4)


def make(data: Mapping[str, Any], producers: Mapping[str, Producer], cast: Cast) -> None:
    """The one round of 2020 through both councils."""
    stars = {it["name"]: it["stars"] for it in data["products"]}
    with (
        in_office(data["district"], cast, REGIME, SINCE) as district,
        in_office(data["province"], cast, REGIME, SINCE) as province,
    ):
        found = district.opens(
            "Kỳ đánh giá cấp huyện năm 2020", OPENED, CUT_OFF, ENDS, "Mục II.4.5.1 Kế hoạch năm 2020"
        )
        filed = file(data["products"], producers, found, FILED)
        waiting = {
            district.puts_forward(dossier, stars[name], REPORTED): stars[name]
            for name, dossier in filed.items()
        }
        district.meets(found, waiting, DISTRICT_MET)
        district.decides(DISTRICT_DECIDED)
        above = province.opens(
            "Kỳ đánh giá cấp tỉnh năm 2020", OPENED, CUT_OFF, ENDS, "Mục II.4.5.2 Kế hoạch năm 2020"
        )
        province.meets(above, province.receives(stars, RECEIVED), MET)
        province.decides(DECIDED)
