"""One product's whole way, by pages only: from the plan of the year to the reminder before its certificate ends."""

from __future__ import annotations

from tests.e2e import checking, council, deciding, filing, planning, registering
from tests.e2e.cast import another_product
from tests.e2e.papers import make_papers


def test_one_products_whole_way(cast, person, visitor, tmp_path):
    papers, officer, leader = make_papers(tmp_path / "papers"), person(cast.officer), person(cast.leader)
    planning.plan_and_round(officer, leader)

    producer, commune = visitor(), person(cast.commune_officer)
    registering.register(producer, commune)
    dossier = filing.file_dossier(producer, papers)
    checking.commune_reports(commune, producer, dossier)

    advisor = person(cast.advisor)
    checking.province_accepts(advisor, officer, producer, dossier, papers)
    checking.team_reports(advisor)

    another_product(cast)
    council.hold_meeting(cast, person, officer, leader)

    deciding.decide(officer, leader)
    address = deciding.certificate(producer)
    deciding.anybody_checks(visitor(), address)
    deciding.fair(officer, papers)
    deciding.reminded(cast, producer)
