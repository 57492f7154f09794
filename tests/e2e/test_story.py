"""One product's way to the council, by pages only: from the plan of the year to the report of the advisory team."""

from __future__ import annotations

from tests.e2e import checking, filing, planning, registering
from tests.e2e.papers import make_papers


def test_one_products_way_to_the_council(cast, person, visitor, tmp_path):
    papers, officer, leader = make_papers(tmp_path / "papers"), person(cast.officer), person(cast.leader)
    planning.plan_and_round(officer, leader)

    producer, commune = visitor(), person(cast.commune_officer)
    registering.register(producer, commune)
    dossier = filing.file_dossier(producer, papers)
    checking.commune_reports(commune, producer, dossier)

    advisor = person(cast.advisor)
    checking.province_accepts(advisor, officer, producer, dossier, papers)
    checking.team_reports(advisor)
