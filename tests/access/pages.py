"""Every page inside a tenant, and who may open it (GET) and send its form (POST)."""

from __future__ import annotations

from tests.access.cast import (
    ADMIN,
    ADVISOR,
    AUTHORITY,
    CHAIR,
    CLAIMANT,
    COMMUNE,
    COMMUNES,
    COUNCIL,
    EVERYBODY,
    LEADER,
    LEADING,
    OBSERVER,
    OFFICER,
    OFFICERS,
    PRODUCER,
    READ_CERTIFICATES,
    READ_PLANS,
    READ_PRODUCTS,
    READ_THE_DOSSIER,
    READ_THE_PRODUCT,
    SECRETARY,
    SECTOR,
)
from tests.access.rows import GONE_ON, LOGIN, Row, may, only, public, signed_in
from tests.access.steps import MEMBER, STEPS

FILLS = PRODUCER | COMMUNE  # the producer, and the commune for a producer without an account
SEE_FILED = PRODUCER | COMMUNE | ADVISOR | AUTHORITY
SEE_ASSESSED = ADVISOR | OFFICER | LEADER | LEADING | MEMBER
READ_RESULT = PRODUCER | COMMUNE | AUTHORITY  # once it is decided
SEE_REPORT = COMMUNE | ADVISOR | OFFICER | LEADER

REGISTER_HER_OWN = PRODUCER | {"other_producer"}
OPEN_OR_ON = frozenset([200, 302])

PUBLIC = [
    Row("score_preview", post=public()),
    Row("calculator", get=public()),
    Row("calculator_sheet", more={"code": "QD26-01"}, get=public()),
    Row("set_language", post=public()),
    Row("evaluation:public_certificate", "code", get=public()),
    Row("evaluation:check", get=public()),
    Row("promotion:catalogue", get=public()),
    Row("promotion:product", "certified", get=public()),
    Row("products:register", get=public(), post=public()),
    Row("schema", get=public(), who=("anonymous", "officer")),  # made anew each time, the same for everybody
    Row("api_docs", get=public()),
]

# the list is her own, or empty
LISTS = [
    Row(name, get=signed_in())
    for name in (
        "reports:home", "plans:list", "plans:rounds", "products:producers", "products:products", "products:dossiers", "products:ideas", "products:desk", "products:cutoffs",
        "evaluation:assessments", "evaluation:councils", "evaluation:meetings", "evaluation:decisions",
        "evaluation:hand_overs", "evaluation:arrivals", "evaluation:certificates", "promotion:events", "papers:list", "notices:list", "account",
    )
]  # fmt: skip

PLANS = [
    Row("plans:create", get=only(OFFICERS), post=only(OFFICERS)),
    Row("plans:detail", "plan_draft", get=may(AUTHORITY)),
    Row("plans:detail", "plan_issued", get=may(READ_PLANS)),
    Row("plans:edit", "plan_draft", get=may(OFFICERS, sees=LEADER), post=may(OFFICERS, sees=LEADER)),
    Row("plans:scan", "plan_issued", get=may(READ_PLANS)),
    Row("plans:regular_rounds", post=only(OFFICERS)),
    Row("plans:extra_round", get=only(OFFICERS), post=only(OFFICERS)),
    Row("plans:round", "round", get=may(READ_PLANS)),
    Row("reports:plan", "plan_draft", get=may(AUTHORITY)),
    Row("reports:plan", "plan_issued", get=may(READ_PLANS)),
    Row("reports:measure", more={"name": "products_valid"}, get=only(READ_PLANS)),
    Row("reports:measure", more={"name": "dossiers_filed"}, get=only(ADVISOR, AUTHORITY)),
]

CHANGES = COMMUNE | PRODUCER | OFFICERS  # what a producer is and makes
PRODUCTS = [
    Row("products:producer_create", get=only(COMMUNES, OFFICERS), post=only(COMMUNES, OFFICERS)),
    Row("products:producer", "producer", get=may(READ_PRODUCTS)),
    Row("products:producer_edit", "producer", get=may(CHANGES, sees=READ_PRODUCTS), post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("products:belongings", "producer", get=may(PRODUCER, sees=READ_PRODUCTS, answers=GONE_ON), post=may(PRODUCER, sees=READ_PRODUCTS)),
    Row("products:legal_paper_add", "producer", more={"kind": "business_registration"},
        get=may(CHANGES, sees=READ_PRODUCTS), post=may(CHANGES, sees=READ_PRODUCTS)),
    # A co-operative has no limit of size: nothing is there for those who may.
    Row("products:producer_size", "producer", get=may(CHANGES, sees=READ_PRODUCTS, answers=frozenset([404])),
        post=may(CHANGES, sees=READ_PRODUCTS, answers=frozenset([404]))),
    Row("products:producer_personal", "producer", get=may(CHANGES, sees=READ_PRODUCTS), post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("products:product_create", "producer", get=may(CHANGES, sees=READ_PRODUCTS), post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("products:product", "dossier_product", get=may(READ_THE_PRODUCT)),
    Row("products:product_edit", "draft_product", get=may(CHANGES, sees=READ_PRODUCTS), post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("products:product_remove", "draft_product", get=may(CHANGES, sees=READ_PRODUCTS), post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("products:dossier_start", "dossier_product", get=may(CHANGES & READ_THE_PRODUCT, sees=READ_THE_PRODUCT),
        post=may(CHANGES & READ_THE_PRODUCT, sees=READ_THE_PRODUCT)),
]  # fmt: skip

REGISTERS = COMMUNE | PRODUCER | OFFICERS  # ideas; COMMUNE and OFFICERS screen them
COACHES = COMMUNE | ADVISOR | OFFICERS
IDEAS = [
    Row("products:idea_create", get=only(COMMUNES, OFFICERS, REGISTER_HER_OWN, answers=OPEN_OR_ON), post=only(COMMUNES, OFFICERS, REGISTER_HER_OWN)),
    Row("products:idea_register", "producer", get=may(REGISTERS, sees=READ_PRODUCTS), post=may(REGISTERS, sees=READ_PRODUCTS)),
    Row("products:idea", "idea", get=may(READ_PRODUCTS)),
    Row("products:idea_edit", "idea", get=may(REGISTERS, sees=READ_PRODUCTS), post=may(REGISTERS, sees=READ_PRODUCTS)),
    Row("products:screening", "idea", get=may(COMMUNE, OFFICERS, sees=READ_PRODUCTS), post=may(COMMUNE, OFFICERS, sees=READ_PRODUCTS)),
    Row("products:idea_plan", "idea", post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("products:product_plan", "draft_product", post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("products:business_plan", "business_plan", get=may(READ_PRODUCTS)),
    Row("products:business_plan_pdf", "business_plan", get=may(READ_PRODUCTS)),
    Row("products:business_plan_word", "business_plan", get=may(READ_PRODUCTS)),
    Row("products:business_plan_remove", "business_plan", get=may(CHANGES, sees=READ_PRODUCTS), post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("products:business_plan_part", "business_plan", {"key": "year-1"}, get=may(CHANGES, sees=READ_PRODUCTS), post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("products:coaching", "producer", get=may(READ_PRODUCTS)),
    Row("products:coaching_write", "producer", get=may(COACHES, sees=READ_PRODUCTS), post=may(COACHES, sees=READ_PRODUCTS)),
    Row("products:coaching_paper", "visit", get=may(READ_PRODUCTS)),
    Row("products:coaching_file", "visit", get=may(READ_PRODUCTS, answers=GONE_ON)),
    Row("products:coaching_page", "visit", {"number": 1}, get=may(READ_PRODUCTS, answers=GONE_ON)),
    Row("products:coaching_done", "visit", post=may(COACHES, PRODUCER, sees=READ_PRODUCTS)),
    Row("products:doubles", get=only(COMMUNES, OFFICERS)),
    Row("products:double_merge", "pair", {"kind": "producer"}, get=may(COMMUNE, OFFICERS, sees=READ_PRODUCTS),
        post=may(COMMUNE, OFFICERS, sees=READ_PRODUCTS)),
    Row("products:double_apart", "pair", {"kind": "producer"}, post=may(COMMUNE, OFFICERS, sees=READ_PRODUCTS)),
    Row("products:potential_create", get=only(COMMUNES, OFFICERS), post=only(COMMUNES, OFFICERS)),
    Row("products:potential_edit", "potential", get=may(COMMUNE, OFFICERS), post=may(COMMUNE, OFFICERS)),
    Row("products:potential_remove", "potential", post=may(COMMUNE, OFFICERS)),
    Row("products:potentials", get=only(COMMUNES, OFFICERS)),
    Row("products:potential_imports", get=only(COMMUNES, OFFICERS), post=only(COMMUNES, OFFICERS)),
    Row("products:potential_template", get=only(COMMUNES, OFFICERS)),
    Row("products:potential_import", "survey", get=may(COMMUNE, OFFICERS)),
    Row("products:potential_commit", "survey", post=may(COMMUNE, OFFICERS)),
    Row("products:potential_file", "survey", get=may(COMMUNE, OFFICERS)),
    Row("products:pipeline", "plan_issued", get=may(READ_PLANS)),
    Row("products:idea_window", "plan_issued", get=may(READ_PLANS), post=may(OFFICERS, sees=READ_PLANS)),
]  # fmt: skip

PEOPLE = [
    Row(
        "products:person_add",
        "producer",
        get=may(CHANGES, sees=READ_PRODUCTS),
        post=may(CHANGES, sees=READ_PRODUCTS),
    ),
    Row(
        "products:person_end",
        "its_person",
        get=may(CHANGES, sees=READ_PRODUCTS),
        post=may(CHANGES, sees=READ_PRODUCTS),
    ),
    Row("products:invitation_withdraw", "invited", post=may(CHANGES, sees=READ_PRODUCTS)),
    Row(
        "products:invitation", "link", get=may(EVERYBODY, rest=410), post=may(EVERYBODY, rest=410)
    ),  # whoever has the link
    Row("products:vault", "producer", get=may(READ_PRODUCTS)),
    Row(
        "products:vault_add",
        "producer",
        get=may(FILLS, sees=READ_PRODUCTS),
        post=may(FILLS, sees=READ_PRODUCTS),
    ),
    Row("products:vault_edit", "kept_paper", get=may(FILLS), post=may(FILLS)),
    Row("products:vault_remove", "kept_paper", get=may(FILLS), post=may(FILLS)),
    Row("products:claim", "claim", get=may(CLAIMANT, COMMUNE, OFFICERS)),
    Row(
        "products:correction_ask",
        "producer",
        get=may(PRODUCER, sees=READ_PRODUCTS),
        post=may(PRODUCER, sees=READ_PRODUCTS),
    ),
    Row("products:correction", "correction", get=may(PRODUCER, COMMUNE, OFFICERS)),
]

DOSSIERS = [
    Row("products:dossier_move", "draft", get=may(FILLS), post=may(FILLS)),
    Row("products:dossier_refile", "lapsed", get=may(FILLS, OFFICERS, sees=SEE_FILED), post=may(FILLS, OFFICERS, sees=SEE_FILED)),
    Row("products:pin", "returned_proof", post=may(FILLS, sees=SEE_FILED)),
    Row("products:samples", "filed", get=may(SEE_FILED), post=may(COMMUNE, sees=SEE_FILED)),
    Row("products:sample_use", "lot", get=may(COMMUNE, sees=SEE_FILED), post=may(COMMUNE, sees=SEE_FILED)),
    Row("products:sample_labels", "lot", get=may(COMMUNE, sees=SEE_FILED)),
    Row("products:sample_take_over", "lot", get=may(COMMUNE, sees=SEE_FILED), post=may(COMMUNE, sees=SEE_FILED)),
    Row("products:paper_offices", get=only(OFFICERS)),
    Row("products:paper_office", "department", get=only(OFFICERS), post=only(OFFICERS)),
    Row("products:paper_alerts", get=only(OFFICERS), post=only(OFFICERS)),
    Row("products:efforts", get=signed_in()),
    Row("products:effort", more={"kind": "test_report"}, get=only(OFFICERS), post=only(OFFICERS)),
    Row("products:guidance", more={"set_code": "QD26-01", "code": "1.1"}, get=only(OFFICERS), post=only(OFFICERS)),
    Row("products:evidence_page_jpeg", "dossier_evidence", {"number": 1}, get=may(READ_THE_DOSSIER, SECTOR, answers=GONE_ON)),
    Row("products:dossier", "dossier", get=may(READ_THE_DOSSIER)),
    Row("products:dossier", "draft", get=may(FILLS)),  # until it is filed it is the producer's
    Row("products:review", "dossier", get=may(READ_THE_DOSSIER)),
    Row("products:receipt", "dossier", {"number": 1}, get=may(READ_THE_DOSSIER)),
    Row("products:changes", "dossier", {"number": 1}, get=may(READ_THE_DOSSIER)),
    Row("products:changes_now", "draft", get=may(FILLS)),
    Row("products:bound", "dossier", {"number": 1}, get=may(READ_THE_DOSSIER), post=may(READ_THE_DOSSIER)),
    Row("products:bound_file", "dossier", {"number": 1, "kind": "pdf"}, get=may(READ_THE_DOSSIER, answers=GONE_ON)),
    Row("products:section", "returned", {"key": "general"}, get=may(FILLS, sees=SEE_FILED), post=may(FILLS, sees=SEE_FILED)),
    Row("products:section", "draft", {"key": "general"}, get=may(FILLS), post=may(FILLS)),
    Row("products:score", "dossier", get=may(READ_THE_DOSSIER)),
    Row("products:criterion", "dossier", {"code": "1.1"}, get=may(READ_THE_DOSSIER), post=may(FILLS, sees=READ_THE_DOSSIER)),
    Row("products:evidence", "dossier", get=may(READ_THE_DOSSIER), post=may(FILLS, sees=READ_THE_DOSSIER)),
    Row("products:evidence_edit", "returned_paper", get=may(FILLS, sees=SEE_FILED), post=may(FILLS, sees=SEE_FILED)),
    Row("products:evidence_remove", "returned_paper", get=may(FILLS, sees=SEE_FILED), post=may(FILLS, sees=SEE_FILED)),
    Row("products:evidence_reuse", "returned_paper", post=may(FILLS, sees=SEE_FILED)),
    Row("products:check", "filed", get=may(COMMUNE, sees=SEE_FILED), post=may(COMMUNE, sees=SEE_FILED)),
    Row("products:check", "at_province", get=may(ADVISOR, OFFICERS, sees=SEE_FILED), post=may(ADVISOR, OFFICERS, sees=SEE_FILED)),
    Row("products:findings", "filed", get=may(COMMUNE, sees=SEE_FILED), post=may(COMMUNE, sees=SEE_FILED)),
    Row("products:sections_meeting", "filed", get=may(COMMUNE, sees=SEE_FILED), post=may(COMMUNE, sees=SEE_FILED)),
    Row("products:sections_minutes", "met", post=may(COMMUNE, sees=SEE_FILED)),
    Row("products:sections_minutes_drop", "met", post=may(COMMUNE, sees=SEE_FILED)),
    Row("products:remarks", get=only(OFFICERS), post=only(OFFICERS)),
    Row("products:remark", "remark", get=only(OFFICERS), post=only(OFFICERS)),
    Row("products:remark_drop", "remark", post=only(OFFICERS)),
    Row("products:forward", get=only(COMMUNES), post=only(COMMUNES)),
    Row("products:forwarding", "forwarding", get=may(COMMUNE, ADVISOR, AUTHORITY)),
    Row("products:office_papers", get=only(SECTOR)),
    Row("products:paper_confirm", "dossier_evidence", post=may(SECTOR, sees=READ_THE_DOSSIER)),
    Row("products:paper_confirm", "draft_evidence", post=may(sees=FILLS)),
    Row("products:evidence_view", "dossier_evidence", get=may(READ_THE_DOSSIER, SECTOR)),
    Row("products:evidence_view", "draft_evidence", get=may(FILLS)),
    Row("products:evidence_file", "dossier_evidence", get=may(READ_THE_DOSSIER, SECTOR, answers=GONE_ON)),
    Row("products:evidence_clip", "clip", get=may(READ_THE_DOSSIER, answers=GONE_ON)),
    Row("products:evidence_page", "dossier_evidence", {"number": 1}, get=may(READ_THE_DOSSIER, SECTOR, answers=GONE_ON)),
]  # fmt: skip

SURVEYOR = ADVISOR | OFFICER
BRINGS = FILLS | SURVEYOR
ADVISORY = [
    Row("products:extra_test_ask", "dossier", get=may(SURVEYOR, sees=READ_THE_DOSSIER), post=may(SURVEYOR, sees=READ_THE_DOSSIER)),
    Row("products:extra_test", "extra_test", get=may(READ_THE_DOSSIER)),
    Row("products:extra_test_result", "extra_test", get=may(BRINGS, sees=READ_THE_DOSSIER), post=may(BRINGS, sees=READ_THE_DOSSIER)),
    Row("products:evidence_view", "test_result", get=may(READ_THE_DOSSIER)),
    Row("products:test_clocks", get=only(OFFICERS)),
    Row("products:test_clock", more={"rule": "re_ranking"}, get=only(OFFICERS), post=only(OFFICERS)),
    Row("products:survey_start", "dossier", get=may(SURVEYOR, sees=READ_THE_DOSSIER), post=may(SURVEYOR, sees=READ_THE_DOSSIER)),
    Row("products:surveys", get=only(ADVISOR, OFFICERS)),
    Row("products:survey_lists", get=only(ADVISOR, OFFICERS)),
    Row("products:survey_list", more={"scope": "every"}, get=only(OFFICERS), post=only(OFFICERS)),
    Row("products:survey_take", get=only(ADVISOR, OFFICERS)),
    Row("products:survey_bundle", get=only(ADVISOR, OFFICERS), unasked=401),
    Row("products:survey_key", post=only(ADVISOR, OFFICERS), unasked=401),
    Row("products:survey_sync", get=only(ADVISOR, OFFICERS), post=only(ADVISOR, OFFICERS), unasked=401),
    Row("products:survey_device", get=public()),
    Row("products:survey_worker", get=public()),
    Row("products:survey_device_back", get=signed_in()),
    # until it is signed it is the team's
    Row("products:survey", "survey_open", get=may(SURVEYOR), post=may(SURVEYOR)),
    Row("products:survey", "survey_signed", get=may(READ_THE_DOSSIER), post=may(SURVEYOR, sees=READ_THE_DOSSIER)),
    Row("products:survey_photo_add", "survey_open", post=may(SURVEYOR)),
    Row("products:survey_device_photo", "survey_open", post=may(SURVEYOR), unasked=401),
    Row("products:survey_photo", "photo_open", get=may(SURVEYOR)),
    Row("products:survey_photo", "photo_signed", get=may(READ_THE_DOSSIER)),
    Row("products:survey_photo_small", "photo_open", get=may(SURVEYOR)),
    Row("products:survey_photo_small", "photo_signed", get=may(READ_THE_DOSSIER)),
    Row("products:survey_photo_remove", "photo_open", post=may(SURVEYOR)),
]  # fmt: skip

COUNCILS = [
    Row("evaluation:start_assessment", "begun", post=may(ADVISOR, OFFICERS, sees=SEE_FILED)),
    Row("evaluation:assessment", "assessment", get=may(SEE_ASSESSED)),
    Row("evaluation:team_report", "assessment", get=may(ADVISOR, OFFICER, sees=SEE_ASSESSED), post=may(ADVISOR, OFFICER, sees=SEE_ASSESSED)),
    Row("evaluation:new_council", get=only(OFFICERS), post=only(OFFICERS)),
    Row("evaluation:council", "council", get=may(AUTHORITY, COUNCIL)),
    Row("evaluation:council_rules", "council", get=may(OFFICERS, sees=AUTHORITY | COUNCIL), post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:new_seat", "council", get=may(OFFICERS, sees=AUTHORITY | COUNCIL), post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:remove_seat", "seat", post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:replace_seat", "seat", get=may(OFFICERS, sees=AUTHORITY | COUNCIL), post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:seat_sectors", "seat", get=may(OFFICERS, sees=AUTHORITY | COUNCIL), post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:seat_delegation", "seat", get=may(OFFICERS, sees=AUTHORITY | COUNCIL), post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:team", "council", get=may(AUTHORITY, COUNCIL), post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:leave_team", "team", get=may(OFFICERS, sees=AUTHORITY | COUNCIL), post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:new_meeting", "council", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:new_written", "council", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:deadline", "written", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:refer", "written", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:rehearsal", "meeting", get=may(sees=LEADER | MEMBER), post=may(sees=LEADER | MEMBER)),  # it goes on
    Row("evaluation:call", "ballot", get=may(), post=may()),  # a sheet of a meeting that is held
    Row("evaluation:uncall", "ballot", post=may()),
    Row("evaluation:meeting", "meeting", get=may(AUTHORITY, COUNCIL)),
    Row("evaluation:board", "meeting", get=may(AUTHORITY, COUNCIL)),
    Row("evaluation:agenda", "meeting", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:attendance", "meeting", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:declare", "meeting", get=may(COUNCIL, sees=AUTHORITY), post=may(COUNCIL, sees=AUTHORITY)),
    Row("evaluation:agenda_order", "meeting", post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:assign", "meeting", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:invitation", "meeting", get=may(OFFICERS, SECRETARY)),  # a draft until it is sent
    Row("evaluation:invitation_file", "meeting", get=may()),  # not invited by the system
    Row("evaluation:guests", "meeting", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:withdraw_guest", "guest", post=may(OFFICER, SECRETARY, sees=LEADER | CHAIR | MEMBER)),
    Row("evaluation:hearing", "meeting", get=may(PRODUCER)),
    Row("evaluation:hearing_now", "meeting", get=may(PRODUCER)),
    # not discussed now: nothing to read, and what she sends comes back with the reason
    Row("evaluation:hearing_answer", "heard_question", get=may(), post=may(PRODUCER)),
    Row("evaluation:discuss", "meeting", post=may(OFFICERS, LEADING, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:hall", "meeting", get=may(OFFICERS, LEADING, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:hall_now", "meeting", get=may(OFFICERS, LEADING, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:progress", "meeting", get=may(OFFICERS, LEADING, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:nudge", "scorer", post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:rounds", "item", get=may()),  # scored once
    Row("evaluation:consensus", "item", get=may(OFFICER, LEADING, sees=LEADER | MEMBER), post=may(OFFICER, LEADING, sees=LEADER | MEMBER)),
    Row("evaluation:minutes", "meeting", get=may(OFFICERS, LEADING, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:minutes_preview", "meeting", get=may(OFFICERS, LEADING, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:reword_note", "note", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("evaluation:totals", "meeting", get=may(AUTHORITY, COUNCIL)),
    # what is printed of a meeting that was sealed
    Row("evaluation:ballot_book", "meeting", get=may(), post=may(sees=AUTHORITY | COUNCIL)),
    Row("evaluation:draft_council_paper", "meeting", {"kind": "council_report"}, post=may(sees=AUTHORITY | COUNCIL)),
    Row("evaluation:print_ballot", "ballot", get=may()),
    Row("evaluation:ballot_word", "ballot", get=may()),
    Row("evaluation:blank_sheet", "item", get=may(OFFICER, LEADING, sees=LEADER | MEMBER)),
    Row("evaluation:blank_word", "item", get=may(OFFICER, LEADING, sees=LEADER | MEMBER)),
    Row("evaluation:blank_book", "meeting", get=may(OFFICERS, LEADING, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, LEADING, sees=AUTHORITY | COUNCIL)),
    # the recused plans meetings, but of this product there is nothing for her
    Row("evaluation:remove_from_agenda", "item", post=may(OFFICER, SECRETARY, sees=LEADER | CHAIR | MEMBER)),
    Row("evaluation:agenda_item", "item", get=may(OFFICER, LEADER, LEADING, MEMBER)),
    Row("evaluation:agree", "item", post=may(OFFICER, LEADING, sees=LEADER | MEMBER)),
    Row("evaluation:rescore", "item", get=may(CHAIR, sees=OFFICER | LEADER | LEADING | MEMBER),
        post=may(CHAIR, sees=OFFICER | LEADER | LEADING | MEMBER)),
    # blind: a sheet is its holder's until the meeting is over
    Row("evaluation:ballot", "ballot", get=may(MEMBER, answers=GONE_ON)),
    Row("evaluation:grid", "ballot", get=may(MEMBER), post=may(MEMBER)),
    Row("evaluation:proposals", "ballot", get=may(MEMBER), post=may(MEMBER)),
    Row("evaluation:take_back_proposal", "proposal", post=may(MEMBER)),
    Row("evaluation:ask", "ballot", {"code": "1.1"}, get=may(MEMBER), post=may(MEMBER)),
    Row("evaluation:dossier_questions", "questioned", get=may(PRODUCER)),
    Row("evaluation:question_file", "question", get=may(PRODUCER, OFFICER, LEADING, MEMBER)),
    # scored without a network: those who vote
    Row("evaluation:take_along", "meeting", get=may(COUNCIL)),
    Row("evaluation:offline_bundle", "meeting", get=may(COUNCIL), unasked=401),
    Row("evaluation:offline_key", "meeting", post=may(COUNCIL), unasked=401),
    Row("evaluation:sync", "meeting", get=may(COUNCIL), post=may(COUNCIL), unasked=401),
    Row("evaluation:offline_shell", get=public()),
    Row("evaluation:offline_worker", get=public()),
    Row("evaluation:offline_back", get=signed_in()),
    Row("device", get=public()),
    Row("device_key", get=signed_in(), unasked=401),
    Row("evaluation:opinion", "ballot", post=may(MEMBER)),
    Row("evaluation:criterion", "ballot", {"code": "1.1"}, get=may(MEMBER), post=may(MEMBER)),
]  # fmt: skip

DECISIONS = [
    Row(
        "evaluation:decision_draft",
        post=may(OFFICERS),
        body=lambda things: {"unit": things["unit"]["object_id"]},
    ),
    Row("evaluation:decision", "decision", get=may(AUTHORITY)),
    Row("evaluation:feedback", "decided", get=may(READ_RESULT)),
    Row("evaluation:feedback", "assessment", get=may()),  # nothing is decided on it
    Row("evaluation:decision_remove", "decision_item", post=may(OFFICERS, sees=LEADER)),
    Row("evaluation:decision_drop", "decision_draft", post=may(OFFICERS, sees=LEADER)),
    Row("evaluation:hand_over", "hand_over", get=may(AUTHORITY)),
    Row("evaluation:hand_over_answer", "hand_over", get=may(AUTHORITY)),
    Row("evaluation:arrival", "arrival", get=may(ADVISOR, AUTHORITY)),
    Row("evaluation:arrival_file", "arrived_file", get=may(ADVISOR, AUTHORITY)),
    Row("evaluation:legacy_record", get=only(OFFICERS), post=only(OFFICERS)),
    Row("evaluation:legacy_imports", get=only(OFFICERS), post=only(OFFICERS)),
    Row("evaluation:legacy_template", get=only(OFFICERS)),
    Row("evaluation:legacy_import", "import", get=may(OFFICERS)),
    Row("evaluation:legacy_commit", "import", post=may(OFFICERS)),
    Row("evaluation:legacy_file", "import", get=may(OFFICERS)),
    Row("evaluation:certificate", "certificate", get=may(READ_CERTIFICATES)),
    Row(
        "evaluation:certificate_renew",
        "certificate",
        get=may(CHANGES & READ_CERTIFICATES, sees=READ_CERTIFICATES),
        post=may(CHANGES & READ_CERTIFICATES, sees=READ_CERTIFICATES),
    ),
    Row("evaluation:certificate_file", "certificate", get=may(READ_CERTIFICATES)),
    Row("evaluation:certificate_source", "certificate", get=may(READ_CERTIFICATES)),
]

REST = [
    Row("promotion:event_create", get=only(OFFICERS), post=only(OFFICERS)),
    Row("promotion:event", "event", get=may(OFFICERS, OBSERVER)),
    Row("promotion:event_edit", "event", get=may(OFFICERS, sees=OBSERVER), post=may(OFFICERS, sees=OBSERVER)),
    Row("promotion:event_check", "event", post=may(OFFICERS, sees=OBSERVER)),
    Row("promotion:event_add", "event", post=may(OFFICERS, sees=OBSERVER)),
    Row("promotion:event_remove", "participation", post=may(OFFICERS, sees=OBSERVER)),
    Row("papers:paper", "report", get=may(SEE_REPORT)),
    Row("papers:paper", "decision_paper", get=may(ADVISOR, AUTHORITY)),
    Row("papers:preview", "decision_paper", get=may(ADVISOR, AUTHORITY)),
    Row("papers:file", "report", get=may(SEE_REPORT)),
    Row("papers:word", "report", get=may(SEE_REPORT)),
    Row("papers:signed_file", "report", get=may(SEE_REPORT)),
    Row("notices:follow", "notice", get=may(PRODUCER, answers=GONE_ON)),
    Row("notices:read_all", post=signed_in(GONE_ON)),
]

# what is looked at and repaired there, without being made or deleted
REPAIRED = (
    "audit_change", "evaluation_assessment", "evaluation_ballot", "evaluation_certificate", "evaluation_council",
    "evaluation_decision", "evaluation_handover", "evaluation_legacyimport", "evaluation_meeting", "evaluation_seat",
    "files_storedfile", "notices_notice", "notices_noticemail", "orgs_user", "papers_numberseries", "papers_paper",
    "plans_plan", "plans_round", "products_dossier", "products_exclusion", "products_producer",
    "products_producermember", "products_product", "promotion_event",
)  # fmt: skip

# Django's own pages over the tenant's people, units and log; the rest of what it has names no row.
ADMIN_PAGES = [
    Row("tenant_admin:index", get=may(ADMIN)),
    Row("tenant_admin:app_list", more={"app_label": "orgs"}, get=may(ADMIN)),
    *(
        Row(f"tenant_admin:{model}_{page}", "" if page in ("changelist", "add") else thing, get=answer)
        for model, thing, adds, changes in (
            ("orgs_orgunit", "unit", True, True),
            ("orgs_person", "person", True, True),
            ("orgs_membership", "membership", True, True),
            ("audit_entry", "entry", False, False),
            *((model, model, False, True) for model in REPAIRED),
        )
        for page, answer in (
            ("changelist", may(ADMIN)),
            ("add", may(ADMIN) if adds else may(ADMIN, answers=frozenset([403]))),
            ("change", may(ADMIN)),
            ("history", may(ADMIN, answers=GONE_ON)),  # to the log

            ("delete", may(ADMIN, answers=frozenset([403]))),
        )
    ),
]  # fmt: skip

# …and what Django's admin has beside them
ADMIN_REST = [
    Row("tenant_admin:login", get=public(frozenset([LOGIN]))),
    Row("tenant_admin:logout", post=may(ADMIN)),
    Row("tenant_admin:password_change", get=may(ADMIN)),
    Row("tenant_admin:password_change_done", get=may(ADMIN)),
    Row("tenant_admin:jsi18n", get=may(ADMIN)),
    Row("tenant_admin:autocomplete", get=may(ADMIN, answers=frozenset([403]))),  # without a field to complete
    Row("tenant_admin:view_on_site", more={"content_type_id": 1, "object_id": 1}, get=may()),
]

LEAVING = [
    Row("leaving:list", get=only(AUTHORITY, ADMIN)),
    Row("leaving:person", "leaver", get=only(AUTHORITY, ADMIN), post=only(AUTHORITY, ADMIN)),
    Row("leaving:departure", "departure", get=may(AUTHORITY, ADMIN)),
    Row("leaving:receive", "departure", post=may(frozenset(), sees=AUTHORITY | ADMIN)),
]

PAGES = [
    *PUBLIC, *LISTS, *PLANS, *PRODUCTS, *IDEAS, *PEOPLE, *DOSSIERS, *ADVISORY, *COUNCILS, *DECISIONS, *LEAVING, *REST, *ADMIN_PAGES, *ADMIN_REST,
    *(row for steps in STEPS for row in steps.pages()),
]  # fmt: skip
