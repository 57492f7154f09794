"""Scored without a network and sent later: every entry is answered, nothing is merged silently or lost."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation.ballots.opinions import save_opinion
from evaluation.ballots.saving import save_mark
from evaluation.meetings.conclusions import rescore
from evaluation.meetings.declarations import declare
from evaluation.models import BallotChange, LateBatch, Receipt
from evaluation.offline.shell import SHELL
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from ocop.audit.models import Entry as Logged
from ocop.notices.models import Notice
from ocop.orgs.models import UnitKind
from products.advisory.device import SHELL as SURVEYS
from products.models import EvidenceLink, EvidencePaper, SelfScore
from products.vault.confirming import confirm
from tests.evaluation import makers
from tests.factories import make_unit, make_user, tie_clip

TEA = "Chè Shan tuyết"


@pytest.fixture
def device(running, signed_in, member):
    """The member's device: sends entries, answers what the server said."""
    return Device(running, signed_in(member), member)


class Device:
    def __init__(self, meeting, client, user):
        self.meeting, self.client, self.user, self.count = meeting, client, user, 0

    @property
    def place(self):
        return f"/lai-chau/meetings/{self.meeting.pk}"

    def entry(self, item, criterion, value, *, revision=0, note="", key=None, attempt=1):
        self.count += 1
        return {"key": key or f"k{self.count}", "sheet": item.assessment_id, "attempt": attempt, "criterion": criterion,
                "value": value, "note": note, "revision": revision}  # fmt: skip

    def post(self, entries, **more):
        body = {"v": 1, "user": self.user.pk, "entries": entries} | more
        return self.client.post(f"{self.place}/sync/", json.dumps(body), content_type="application/json")

    def send(self, *entries):
        answer = self.post(list(entries))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def statuses(self, *entries):
        told = self.send(*entries)["answers"]
        return [told[entry["key"]]["status"] for entry in entries]


def levels(item, user):
    return makers.ballot_of(item, user).levels


# ── what is sent ──


def test_a_day_of_scoring_is_taken_and_receipted(device, tea_item, rice_item, member):
    answer = device.send(
        device.entry(tea_item, "1.1", "3"), device.entry(tea_item, "1.2", "2", note="Xưởng mới"),
        device.entry(rice_item, "1.1", "1"),
    )  # fmt: skip
    assert {it["status"] for it in answer["answers"].values()} == {"saved"}
    assert levels(tea_item, member) == {
        "1.1": {"p": 3, "r": 1},
        "1.2": {"p": 2, "r": 1, "note": "Xưởng mới"},
    }
    assert makers.ballot_of(tea_item, member).total == 5
    assert {it["sheet"] for it in answer["receipts"]} == {tea_item.assessment_id, rice_item.assessment_id}
    assert answer["sheets"][str(tea_item.assessment_id)]["levels"] == levels(tea_item, member)
    assert Receipt.objects.count() == 2


def test_a_doubled_send_changes_nothing_and_has_the_same_receipt(device, tea_item, member):
    entry = device.entry(tea_item, "1.1", "3")
    first, second = device.send(entry), device.send(entry)
    assert [it["answers"][entry["key"]]["status"] for it in (first, second)] == ["saved", "again"]
    assert second["answers"][entry["key"]]["revision"] == 1
    assert first["receipts"] == second["receipts"]
    assert BallotChange.objects.count() == 1


def test_the_order_is_that_of_the_revisions_whatever_the_batch_says(device, tea_item, member):
    one, two, three = (
        device.entry(tea_item, "1.1", value, revision=seen) for seen, value in enumerate(["1", "2", "3"])
    )
    assert device.statuses(three, one, two) == ["saved", "saved", "saved"]
    assert levels(tea_item, member)["1.1"] == {"p": 3, "r": 3}


def test_the_second_half_of_a_chain_comes_after_a_lost_answer(device, tea_item, member):
    first = device.entry(tea_item, "1.1", "1")
    device.send(first)  # the answer is lost on the way
    assert device.statuses(first, device.entry(tea_item, "1.1", "3", revision=1)) == ["again", "saved"]
    assert levels(tea_item, member)["1.1"] == {"p": 3, "r": 2}


def test_two_devices_part_only_where_both_changed_the_same_criterion(device, tea_item, member):
    sheet = makers.ballot_of(tea_item, member)
    save_mark(sheet, "1.1", 2, revision=0, key="other", by=member, note="từ máy kia")
    stale, apart = device.entry(tea_item, "1.1", "3"), device.entry(tea_item, "1.2", "2")
    answer = device.send(stale, apart)["answers"]
    assert answer[stale["key"]] == {
        "status": "conflict",
        "mine": {"p": 3, "r": 2},
        "theirs": {"p": 2, "r": 1, "note": "từ máy kia"},
        "revision": 1,
    }
    assert answer[apart["key"]]["status"] == "saved"
    assert levels(tea_item, member)["1.1"]["p"] == 2
    assert device.statuses(device.entry(tea_item, "1.1", "3", revision=1)) == ["saved"]


def test_both_devices_choosing_alike_is_no_conflict(device, tea_item, member):
    save_mark(makers.ballot_of(tea_item, member), "1.1", 3, revision=0, key="other", by=member)
    assert device.statuses(device.entry(tea_item, "1.1", "3")) == ["same"]


def test_what_the_law_does_not_print_is_refused_and_the_rest_goes_on(device, tea_item, member):
    wrong, unknown, good = (
        device.entry(tea_item, "1.1", "9"), device.entry(tea_item, "77", "1"), device.entry(tea_item, "1.2", "2"),
    )  # fmt: skip
    answer = device.send(wrong, unknown, good)
    told = answer["answers"]
    assert told[wrong["key"]] == {
        "status": "refused",
        "words": "Không có mức điểm này; các mức: 0, 1, 2, 3.",
    }
    assert told[unknown["key"]]["words"] == "Bộ tiêu chí không có tiêu chí này."
    assert told[good["key"]]["status"] == "saved"
    assert levels(tea_item, member) == {"1.2": {"p": 2, "r": 1}}


def test_an_entry_that_is_none_is_answered_by_its_key(device, tea_item):
    odd = device.entry(tea_item, "1.1", "3") | {"revision": "x"}
    good = device.entry(tea_item, "1.2", "2")
    told = device.send(odd, good)["answers"]
    assert (told[odd["key"]]["status"], told[good["key"]]["status"]) == ("refused", "saved")
    assert told[odd["key"]]["words"] == "Hãy ghi một số nguyên."


# ── the opinion at the foot of the sheet ──


def test_the_opinion_goes_as_one_entry_more_and_the_receipt_vouches_for_it(device, tea_item, member, capsys):
    mark = device.entry(tea_item, "1.1", "3")
    old = device.send(mark)["receipts"][0]
    words = device.entry(tea_item, "opinion", "", note="Bao bì đẹp.\nNên thêm điểm bán.")
    answer = device.send(words)
    assert answer["answers"][words["key"]] == {"status": "saved", "revision": 1}
    sheet = makers.ballot_of(tea_item, member)
    assert (sheet.opinion, sheet.levels) == (words["note"], {"1.1": {"p": 3, "r": 1}})
    standing = answer["sheets"][str(tea_item.assessment_id)]["levels"]
    assert standing == {"1.1": {"p": 3, "r": 1}, "opinion": {"note": words["note"], "r": 1}}
    new = answer["receipts"][0]
    call_command("verify_receipt", "lai-chau", old["code"])
    assert "the sheet was changed since" in capsys.readouterr().out
    call_command("verify_receipt", "lai-chau", new["whole"])
    assert "the sheet holds just that" in capsys.readouterr().out
    assert device.statuses(words) == ["again"]
    assert device.send(words)["receipts"] == [new]


def test_two_devices_that_wrote_an_opinion_are_told_of_each_other(device, tea_item, member):
    sheet = makers.ballot_of(tea_item, member)
    save_opinion(sheet, "Từ máy kia.", revision=0, key="other", by=member)
    mine = device.entry(tea_item, "opinion", "", note="Từ máy này.")
    assert device.send(mine)["answers"][mine["key"]] == {
        "status": "conflict",
        "mine": {"note": "Từ máy này.", "r": 2},
        "theirs": {"note": "Từ máy kia.", "r": 1},
        "revision": 1,
    }
    alike = device.entry(tea_item, "opinion", "", note="Từ máy kia.")
    knowing = device.entry(tea_item, "opinion", "", note="Từ cả hai.", revision=1)
    assert device.statuses(alike, knowing) == ["same", "saved"]
    assert makers.ballot_of(tea_item, member).opinion == "Từ cả hai."


def test_an_opinion_is_longer_than_a_note_but_not_endless(device, tea_item, member):
    note, opinion, endless = (
        device.entry(tea_item, "1.1", "3", note="đ" * 2001), device.entry(tea_item, "opinion", "", note="đ" * 5000),
        device.entry(tea_item, "opinion", "", note="đ" * 5001),
    )  # fmt: skip
    assert device.statuses(note, opinion, endless) == ["refused", "saved", "refused"]
    assert len(makers.ballot_of(tea_item, member).opinion) == 5000


def test_an_opinion_that_came_late_is_named_in_words(device, signed_in, tea_item, member, chair):
    makers.fill(makers.ballot_of(tea_item, member), by=member)
    BALLOT.take("seal", makers.ballot_of(tea_item, member), by=member)
    assert device.statuses(device.entry(tea_item, "opinion", "", note="đổi ý")) == ["late"]
    page = signed_in(chair).get(f"{device.place}/").text
    assert "tiêu chí ý kiến cuối phiếu của" in page
    assert "đổi ý" not in page
    assert makers.ballot_of(tea_item, member).opinion == ""


# ── when and whose ──


def test_before_the_meeting_opens_it_waits_on_the_device(meeting, signed_in, members, member, tea_item):
    makers.all_declare(meeting, members)
    device = Device(meeting, signed_in(member), member)
    entry = device.entry(tea_item, "1.1", "3")
    bundle = device.client.get(f"{device.place}/offline/bundle/").json()
    assert [it["id"] for it in bundle["products"]] == [it.assessment_id for it in meeting.agenda.all()]
    assert device.send(entry)["answers"][entry["key"]] == {"status": "wait", "words": "Phiên họp chưa mở."}
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=members[2])
    MEETING.take("open", meeting, by=members[0])
    assert device.statuses(entry) == ["saved"]


def test_after_the_seal_it_is_kept_apart_and_shown_to_the_chair_without_points(
    device, signed_in, tea_item, member, members, chair
):
    makers.fill(makers.ballot_of(tea_item, member), by=member)
    sealed = BALLOT.take("seal", makers.ballot_of(tea_item, member), by=member).levels
    late = device.entry(tea_item, "1.1", "1", revision=1, note="đổi ý")
    first, second = device.send(late), device.send(late)
    assert first["answers"][late["key"]]["status"] == "late"
    assert levels(tea_item, member) == sealed
    assert LateBatch.objects.count() == 1
    assert [it["late"] for it in first["receipts"]] == [True]
    assert first["receipts"] == second["receipts"]
    page = signed_in(chair).get(f"{device.place}/").text
    assert "tiêu chí 1.1 của" in page
    told = Notice.objects.filter(subject__startswith="Phần chấm gửi muộn")
    assert {notice.user for notice in told} == {members[0], members[1], members[2]}
    assert "đổi ý" not in page
    assert "gửi muộn" not in signed_in(members[5]).get(f"{device.place}/").text


def test_after_the_conclusion_too(device, tea_item, members, member, chair, tea):
    others = [user for user in members if user != member]
    makers.score_all(tea_item, others)
    makers.set_attendance(
        device.meeting,
        [seat.pk for seat in device.meeting.council.seats.exclude(user=member)],
        by=members[2],
    )
    ASSESSMENT.take("conclude", tea, by=chair)
    assert device.statuses(device.entry(tea_item, "1.1", "3")) == ["late"]
    assert levels(tea_item, member) == {}
    assert LateBatch.objects.get().why == "Hội đồng đã kết luận sản phẩm này."


def test_a_device_with_another_persons_part_is_refused_whole(device, signed_in, members, tea_item):
    other = Device(device.meeting, signed_in(members[4]), device.user)
    answer = other.post([other.entry(tea_item, "1.1", "3")])
    assert (answer.status_code, answer.json()) == (409, {"error": "Phần chấm này là của tài khoản khác."})
    assert BallotChange.objects.count() == 0


def test_who_is_recused_meanwhile_has_no_sheet_any_more(device, tea, rice, tea_item, rice_item, member):
    declare(device.meeting, {tea.pk: "Nhận ra người nhà"}, by=member)
    gone, good = device.entry(tea_item, "1.1", "3"), device.entry(rice_item, "1.1", "1")
    answer = device.send(gone, good)
    assert answer["answers"][gone["key"]]["status"] == "gone"
    assert answer["answers"][good["key"]]["status"] == "saved"
    assert list(answer["sheets"]) == [str(rice.pk)]
    for address in ("offline/", "offline/bundle/", "sync/"):
        assert TEA not in device.client.get(f"{device.place}/{address}").text
    assert not makers.ballot_of(tea_item, member).levels


def test_a_recused_chair_does_not_see_that_something_came_late(
    device, signed_in, tea, tea_item, member, chair
):
    makers.fill(makers.ballot_of(tea_item, member), by=member)
    BALLOT.take("seal", makers.ballot_of(tea_item, member), by=member)
    device.send(device.entry(tea_item, "1.1", "1", revision=1))
    assert LateBatch.objects.visible_to(chair).count() == 1
    assert Notice.objects.for_user(chair).filter(subject__startswith="Phần chấm gửi muộn").exists()
    declare(device.meeting, {tea.pk: "Góp vốn"}, by=chair)
    assert LateBatch.objects.visible_to(chair).count() == 0
    assert not Notice.objects.for_user(chair).filter(subject__startswith="Phần chấm gửi muộn").exists()
    assert TEA not in signed_in(chair).get(f"{device.place}/").text


def test_a_new_round_of_scoring_keeps_what_was_meant_for_the_old_one_apart(
    device, tea_item, members, member, chair
):
    makers.score_all(tea_item, members, lose=[0] * 8 + [30])
    rescore(tea_item, by=chair, note="Chênh quá nhiều")
    assert device.statuses(device.entry(tea_item, "1.1", "1", revision=1)) == ["late"]
    standing = device.client.get(f"{device.place}/sync/").json()["sheets"][str(tea_item.assessment_id)]
    tea_item.refresh_from_db()
    fresh = levels(tea_item, member)  # the new round begins with what she gave in the old one
    assert (standing["attempt"], standing["state"], standing["levels"]) == (2, "open", fresh)
    assert fresh["1.1"]["p"] != 1
    assert device.statuses(device.entry(tea_item, "1.1", "1", revision=1, attempt=2)) == ["saved"]


@pytest.mark.parametrize("who", ["officer", "stranger", "observer", "advisor"])
def test_strangers_find_nothing_there(device, signed_in, request, who):
    client = signed_in(request.getfixturevalue(who))
    for address in ("offline/", "offline/bundle/", "sync/"):
        assert client.get(f"{device.place}/{address}").status_code == 404
    assert client.post(f"{device.place}/offline/key/").status_code == 404
    assert client.post(f"{device.place}/sync/", "{}", content_type="application/json").status_code == 404


# ── what cannot be a batch ──


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", '"x"', '{"user": 1}', '{"user": 1, "entries": [1]}', '{"entries": [{"key": ""}]}'],
)
def test_what_is_no_batch_is_refused_in_words(device, body):
    answer = device.client.post(f"{device.place}/sync/", body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, {"error": "Gói dữ liệu không đọc được."})


def test_a_batch_is_bounded(device, tea_item, settings):
    many = [device.entry(tea_item, "1.1", "3") for _ in range(201)]
    assert device.post(many).status_code == 400
    large = [device.entry(tea_item, "1.1", "3", note="đ" * 2000) for _ in range(199)]
    assert device.post(large, filling="x" * 1024 * 1024).status_code == 413
    assert BallotChange.objects.count() == 0


def test_an_ended_login_is_said_to_the_script_and_a_wrong_token_refused(device, tea_item, member):
    nobody = Client()
    answer = nobody.get(f"{device.place}/sync/")
    assert answer.status_code == 401
    assert answer.json()["login"] == "/lai-chau/accounts/login/?next=/lai-chau/offline/back/"
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(member, backend="ocop.orgs.backends.LoginBackend")
    body = json.dumps({"user": member.pk, "entries": [device.entry(tea_item, "1.1", "3")]})

    def post(token):
        return careful.post(
            f"{device.place}/sync/", body, content_type="application/json", headers={"X-CSRFToken": token}
        )

    assert post("stale").status_code == 403
    token = careful.get(f"{device.place}/sync/").json()["csrf"]
    assert post(token).status_code == 200


# ── what is taken along ──


def test_the_bundle_holds_her_products_alone_with_claims_gates_and_levels(device, tea, tea_item, member):
    SelfScore.objects.create(dossier=tea.dossier, levels={"1.1": {"p": 2, "r": 1, "why": "Có 12 hộ"}})
    save_mark(makers.ballot_of(tea_item, member), "1.1", 3, revision=0, key="x", by=member)
    bundle = device.client.get(f"{device.place}/offline/bundle/").json()
    product = next(it for it in bundle["products"] if it["id"] == tea.pk)
    assert product["claims"] == {"1.1": {"points": 2, "value": "2", "text": "Có 12 hộ"}}
    assert bundle["sheets"][str(tea.pk)] == {
        "attempt": 1,
        "state": "open",
        "levels": {"1.1": {"p": 3, "r": 1}},
    }
    assert (bundle["user"], bundle["v"]) == (member.pk, 1)
    assert product["notes"]["1.1"] == {"0": "bắt buộc: cho 0 điểm ngoài thang in sẵn"}
    drawn = bundle["sets"]["QD26-11"]
    assert drawn["total"] == 100
    assert 'name="c-1-1"' in drawn["criteria"]["1.1"]["html"]
    assert any(criterion["gates"] for criterion in drawn["criteria"].values())


def test_what_is_sealed_is_not_taken_along_any_more(device, tea, rice, tea_item, member):
    makers.fill(makers.ballot_of(tea_item, member), by=member)
    BALLOT.take("seal", makers.ballot_of(tea_item, member), by=member)
    bundle = device.client.get(f"{device.place}/offline/bundle/").json()
    assert [it["id"] for it in bundle["products"]] == [rice.pk]
    assert TEA not in json.dumps(bundle, ensure_ascii=False)


def test_the_key_is_of_one_person_and_meeting_and_its_handing_out_is_logged(device, signed_in, members):
    mine = [device.client.post(f"{device.place}/offline/key/").json()["key"] for _ in range(2)]
    hers = signed_in(members[4]).post(f"{device.place}/offline/key/").json()["key"]
    assert mine[0] == mine[1] != hers
    assert Logged.objects.filter(action="meeting.take_along", actor=device.user).count() == 2


def test_the_page_says_how_much_before_and_lists_the_receipts(device, tea_item, commune):
    page = device.client.get(f"{device.place}/offline/").text
    assert "2 phiếu của bạn" in page
    receipt = device.send(device.entry(tea_item, "1.1", "3"))["receipts"][0]
    page = device.client.get(f"{device.place}/offline/").text
    assert receipt["code"] in page


def test_three_products_cost_no_more_than_one(signed_in, council, officer, commune, advisor, members):
    def queries(count, address):
        made = [
            makers.make_checked(
                makers.make_accepted_dossier(commune, f"Chè {address} {count}.{n}"), by=advisor
            )
            for n in range(count)
        ]
        meeting = makers.make_meeting(council, made, by=officer)
        makers.open_meeting(meeting, members)
        client = signed_in(members[3])
        place = f"/lai-chau/meetings/{meeting.pk}/{address}"
        client.get(place)
        with CaptureQueriesContext(connection) as found:
            assert client.get(place).status_code == 200
        return len(found)

    places = ["offline/", "offline/bundle/", "sync/"]
    assert [(queries(1, it), queries(3, it)) for it in places] == [(25, 25), (20, 20), (16, 16)]


def test_what_an_office_said_of_a_paper_goes_along_and_is_heard_anew(device, tea, province):
    """With office, day and remark, and when that was so; of papers on her sheets alone."""
    unit = make_unit("Sở Nông nghiệp và Môi trường", UnitKind.DEPARTMENT, parent=province)
    grower = make_user("so.nn", "Đinh Thị Lan", role="sector_officer", unit=unit)
    paper, other = [
        EvidencePaper.objects.create(
            producer=tea.dossier.product.producer, kind="production_eligibility", title=title, file=tie_clip(tea.dossier).file
        )
        for title in ("Giấy đủ điều kiện sản xuất", "Giấy chưa ai xem")
    ]  # fmt: skip
    for it in (paper, other):
        EvidenceLink.objects.create(dossier=tea.dossier, paper=it, criterion="1.1")
    bundle = device.client.get(f"{device.place}/offline/bundle/").json()
    assert bundle["said"]["papers"] == {}
    confirm(paper, "not_genuine", note="Không có trong sổ cấp.", revision=1, seen=None, by=grower)
    day = f"{timezone.localdate():%d/%m/%Y}"
    words = {
        "words": f"Sở Nông nghiệp và Môi trường: không phải giấy đã cấp (ngày {day})",
        "look": "wrong",
        "note": "Không có trong sổ cấp.",
    }
    for address in ("offline/bundle/", "sync/"):
        told = device.client.get(f"{device.place}/{address}").json()["said"]
        assert told["papers"] == {str(paper.pk): words}
        assert told["at"].endswith(day)
    assert "said" not in device.post([]).json()


# ── the page and its worker ──


def test_the_shell_tells_nothing_of_anybody_and_the_worker_keeps_just_it(device, member):
    page = device.client.get("/lai-chau/offline/")
    assert page.text == Client().get("/lai-chau/offline/").text
    assert str(member) not in page.text
    worker = Client().get("/lai-chau/sw.js")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    assert (worker["Service-Worker-Allowed"], worker["Cache-Control"]) == ("/lai-chau/", "no-cache")
    shell = json.loads(worker.text.removeprefix("const SHELL = ").split(";\n", 1)[0])
    assert shell["page"] == "/lai-chau/offline/"
    assert [it for it in shell["files"] if not it.startswith("/static/")] == []
    assert {"/static/js/offline/app.js", "/static/icons.svg", "/static/css/pages.css"} <= set(shell["files"])
    assert shell["version"] == json.loads(
        Client().get("/lai-chau/sw.js").text.removeprefix("const SHELL = ").split(";\n", 1)[0]
    )["version"]  # fmt: skip


@pytest.mark.parametrize(("shell", "first"), [(SHELL, "app.js"), (SURVEYS, "survey_app.js")])
def test_every_module_that_a_page_needs_is_kept(settings, shell, first):
    """An import that the worker does not keep would be missed only once the network is gone."""
    folder = settings.BASE_DIR / "static" / "js" / "offline"
    needed, asked = set(), [first]
    while asked:
        name = asked.pop()
        needed.add(name)
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        imported = [line.split('"./')[1].rstrip('";') for line in lines if line.startswith("import ")]
        asked += [it for it in imported if it not in needed]
    assert {name.removesuffix(".js") for name in needed} == set(shell.modules)


# ── receipts, checked ──


def test_a_receipt_is_verified_by_its_code_and_written_out_whole(device, tea_item, member, capsys):
    receipt = device.send(device.entry(tea_item, "1.1", "3"))["receipts"][0]
    call_command("verify_receipt", "lai-chau", receipt["code"], receipt["whole"])
    said = capsys.readouterr().out
    assert said.count("genuine") == 2
    assert said.count("the sheet holds just that") == 2
    device.send(device.entry(tea_item, "1.1", "2", revision=1))
    call_command("verify_receipt", "lai-chau", receipt["code"].lower())
    assert "the sheet was changed since" in capsys.readouterr().out


def test_a_receipt_that_was_not_given_here_is_none(device, tea_item, thai_nguyen_tenant, capsys):
    receipt = device.send(device.entry(tea_item, "1.1", "3"))["receipts"][0]
    forged = receipt["whole"].replace("/1/", "/2/", 1)
    for tenant, code in (
        ("lai-chau", "ABCD-EFGH-JKLM-NPQR"), ("lai-chau", forged), ("lai-chau", "x/y/z"), ("thai-nguyen", receipt["code"]),
        ("thai-nguyen", receipt["whole"]),
    ):  # fmt: skip
        with pytest.raises(SystemExit):
            call_command("verify_receipt", tenant, code)
        assert "not a receipt of this tenant" in capsys.readouterr().out


def test_a_clip_is_taken_along_only_where_it_is_wanted_and_its_size_is_said(device, tea_item):
    before = device.client.get(f"{device.place}/offline/")
    assert (before.context["size"]["clips"], 'name="clips"' in before.text) == (0, False)
    clip = tie_clip(tea_item.assessment.dossier)
    clip.links.update(criterion="1.1", page=7)
    page = device.client.get(f"{device.place}/offline/")
    size = page.context["size"]
    assert (size["clips"], size["clip_bytes"]) == (1, clip.file.size)
    assert size["bytes"] == before.context["size"]["bytes"]  # nothing of it comes unasked
    assert "Mang cả clip (1 clip, thêm" in page.text
    bundle = device.client.get(f"{device.place}/offline/bundle/").json()
    assert bundle["papers"][str(clip.pk)] == {"title": "Clip chế biến", "pages": 0, "seconds": 10}
    product = next(it for it in bundle["products"] if it["id"] == tea_item.assessment_id)
    assert [clip.pk, 7] in product["evidence"]["1.1"]
