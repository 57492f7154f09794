"""Every route of the API, and who may ask it by which method; nothing sent is what the row's `body` does not say."""

from __future__ import annotations

from tests.access.cast import (
    ADVISOR,
    AUTHORITY,
    CHAIR,
    CLAIMANT,
    COMMUNE,
    COMMUNES,
    COUNCIL,
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
)
from tests.access.pages import CHANGES, FILLS, SEE_ASSESSED, SEE_FILED, SEE_REPORT
from tests.access.rows import Row, may, only, public, signed_in
from tests.access.steps import MEMBER, STEPS

MADE = frozenset([201])
OTHER_PRODUCER = frozenset(["other_producer"])


LISTS = [
    Row(f"{name}-list", get=signed_in())
    for name in (
        "evidence",
        "ballots",
        "results",
        "hand-overs",
        "arrivals",
        "questions",
        "certificates",
        "papers",
    )
] + [Row("api-root", get=signed_in())]

PROGRAMME = [
    Row("plans-list", get=signed_in(), post=only(OFFICERS)),
    Row("plans-detail", "plan_draft", get=may(AUTHORITY), put=may(OFFICERS, sees=LEADER), patch=may(OFFICERS, sees=LEADER)),
    Row("plans-detail", "plan_issued", get=may(READ_PLANS), put=may(OFFICERS, sees=READ_PLANS), patch=may(OFFICERS, sees=READ_PLANS)),
    Row("plans-steps", "plan_draft", get=may(AUTHORITY)),
    Row("rounds-list", get=signed_in(), post=only(OFFICERS)),
    Row("rounds-regular", post=only(OFFICERS)),
    Row("rounds-detail", "round", get=may(READ_PLANS)),
    Row("plan-actuals-detail", "plan_issued", get=may(READ_PLANS)),
]  # fmt: skip

PRODUCTS = [
    Row("producers-list", get=signed_in(), post=signed_in()),  # anybody registers: the commune confirms
    Row("producers-detail", "producer", get=may(READ_PRODUCTS), put=may(CHANGES, sees=READ_PRODUCTS), patch=may(CHANGES, sees=READ_PRODUCTS)),
    Row("producers-steps", "producer", get=may(READ_PRODUCTS)),
    # who does not see the producer is told at the field that there is none
    Row("products-list", get=signed_in(), post=may(CHANGES, sees=READ_PRODUCTS, rest=400, answers=MADE),
        body=lambda things: {"producer": things["producer"]["pk"], "name": "Mật ong", "set_code": "QD26-01"}),
    Row("products-detail", "draft_product", get=may(READ_PRODUCTS), put=may(CHANGES, sees=READ_PRODUCTS), patch=may(CHANGES, sees=READ_PRODUCTS)),
    Row("dossiers-list", get=signed_in(), post=may(CHANGES & READ_THE_PRODUCT, sees=READ_THE_PRODUCT, rest=400),
        body=lambda things: {"product": things["dossier_product"]["pk"], "round": things["round"]["pk"], "kind": "first"}),
    Row("dossiers-detail", "dossier", get=may(READ_THE_DOSSIER)),
    Row("dossiers-detail", "draft", get=may(FILLS)),
    Row("dossiers-steps", "dossier", get=may(READ_THE_DOSSIER)),
    Row("dossiers-sections", "dossier", get=may(READ_THE_DOSSIER)),
    Row("dossiers-section", "returned", {"key": "general"}, put=may(FILLS, sees=SEE_FILED), body=lambda _: {"values": {}}),
    Row("dossiers-section", "draft", {"key": "general"}, put=may(FILLS), body=lambda _: {"values": {}}),
    Row("dossiers-self-score", "dossier", get=may(READ_THE_DOSSIER)),
    Row("dossiers-mark", "returned", {"code": "1.1"}, put=may(FILLS, sees=SEE_FILED), body=lambda _: {"points": 1}),
    Row("dossiers-gaps", "dossier", get=may(READ_THE_DOSSIER)),
    Row("dossiers-versions", "dossier", get=may(READ_THE_DOSSIER)),
    Row("dossiers-bound", "dossier", {"number": 1}, get=may(READ_THE_DOSSIER), post=may(READ_THE_DOSSIER, answers=frozenset([202]))),
    Row("dossiers-bound-file", "dossier", {"number": 1, "kind": "pdf"}, get=may(READ_THE_DOSSIER)),
    Row("dossiers-changes", "dossier", {"number": 1}, get=may(READ_THE_DOSSIER)),
    Row("dossiers-evidence", "returned", get=may(FILLS, sees=SEE_FILED),
        post=may(FILLS, sees=SEE_FILED)),
    Row("dossiers-uploads", "returned", get=may(FILLS, sees=SEE_FILED), post=may(FILLS, sees=SEE_FILED)),
    Row("uploads-detail", "upload", get=may(PRODUCER), patch=may(PRODUCER), delete=may(PRODUCER)),  # who began it
    Row("uploads-finish", "upload", post=may(PRODUCER)),
    Row("dossiers-checks", "filed", get=may(COMMUNE, sees=SEE_FILED)),
    Row("dossiers-checks", "at_province", get=may(ADVISOR, OFFICERS, sees=SEE_FILED)),
    Row("dossiers-check", "filed", {"item": "general"}, put=may(COMMUNE, sees=SEE_FILED), body=lambda _: {"verdict": "ok"}),
    Row("dossiers-check", "at_province", {"item": "general"}, put=may(ADVISOR, OFFICERS, sees=SEE_FILED), body=lambda _: {"verdict": "ok"}),
    Row("dossiers-finding", "filed", {"code": "materials"}, put=may(COMMUNE, sees=SEE_FILED), body=lambda _: {"text": "Đúng."}),
    Row("dossiers-forward", post=only(COMMUNES), body=lambda things: {"dossiers": [things["filed"]["pk"]]}),
    Row("dossiers-facts", "filed", {"code": "local_labour"}, get=may(COMMUNE, sees=SEE_FILED)),
    Row("dossiers-sections-meeting", "met", get=may(COMMUNE, sees=SEE_FILED), put=may(COMMUNE, sees=SEE_FILED),
        body=lambda _: {"held_on": "2026-11-02", "chaired_by": "Lò Văn Tướng", "revision": 1, "opinions": []}),
    Row("dossiers-pin", "returned_proof", put=may(FILLS, sees=SEE_FILED), body=lambda _: {"pages": [1]}),
    Row("dossiers-replace", "returned_paper", post=may(FILLS, sees=SEE_FILED, answers=frozenset([415]))),
    Row("dossiers-samples", "filed", get=may(SEE_FILED), post=may(COMMUNE, sees=SEE_FILED), body=lambda _: {"count": 1, "condition": "good"}),
    Row("dossiers-take-over", "lot", post=may(COMMUNE, sees=SEE_FILED), body=lambda _: {"count": 1, "condition": "good"}),
    Row("dossiers-use", "lot", post=may(COMMUNE, sees=SEE_FILED), body=lambda _: {"kind": "used", "count": 1}),
    Row("producers-people", "producer", get=may(READ_PRODUCTS), post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("producers-end", "its_person", post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("ideas-list", get=signed_in(), post=signed_in()),
    Row("ideas-detail", "idea", get=may(READ_PRODUCTS), put=may(CHANGES, sees=READ_PRODUCTS), patch=may(CHANGES, sees=READ_PRODUCTS)),
    Row("ideas-steps", "idea", get=may(READ_PRODUCTS)),
    Row("potentials-list", get=signed_in()),
    Row("potentials-detail", "potential", get=may(COMMUNE, OFFICERS)),
    Row("potential-imports-list", get=signed_in()),
    Row("potential-imports-detail", "survey", get=may(COMMUNE, OFFICERS)),
    Row("potential-imports-steps", "survey", get=may(COMMUNE, OFFICERS)),
    Row("business-plans-list", get=signed_in()),
    Row("business-plans-detail", "business_plan", get=may(READ_PRODUCTS)),
    Row("business-plans-values", "business_plan", post=may(CHANGES, sees=READ_PRODUCTS)),
    Row("coaching-list", get=signed_in(), post=signed_in()),
    Row("coaching-detail", "entry_of_coaching", get=may(READ_PRODUCTS)),
    Row("coaching-done", "entry_of_coaching", post=may(COMMUNE, ADVISOR, OFFICERS, PRODUCER, sees=READ_PRODUCTS)),
    Row("ideas-marks", "idea", post=may(COMMUNE, OFFICERS, sees=READ_PRODUCTS)),
    Row("claims-list", get=signed_in(), post=signed_in()),
    Row("claims-matches", post=signed_in()),
    Row("claims-detail", "claim", get=may(CLAIMANT, COMMUNE, OFFICERS)),
    Row("claims-steps", "claim", get=may(CLAIMANT, COMMUNE, OFFICERS)),
    Row("evidence-detail", "dossier_evidence", get=may(READ_THE_DOSSIER)),
    Row("evidence-detail", "draft_evidence", get=may(FILLS)),
    Row("evidence-file", "dossier_evidence", get=may(READ_THE_DOSSIER)),
]  # fmt: skip

COUNCILS = [
    Row("assessments-list", get=signed_in(), post=may(ADVISOR, OFFICERS, sees=SEE_FILED, answers=MADE),
        body=lambda things: {"dossier": things["waiting"]["pk"]}),
    Row("assessments-detail", "assessment", get=may(SEE_ASSESSED)),
    Row("assessments-report", "assessment", put=may(ADVISOR, OFFICER, sees=SEE_ASSESSED),
        body=lambda _: {"findings": "Đủ.", "proposal": "Đưa ra Hội đồng."}),
    Row("assessments-steps", "assessment", get=may(SEE_ASSESSED)),
    Row("councils-list", get=signed_in(), post=only(OFFICERS),
        body=lambda things: {"unit": things["unit"]["object_id"], "regime": "26/2026", "name": "Hội đồng", "starts_on": "2026-10-01"}),
    Row("councils-detail", "council", get=may(AUTHORITY, COUNCIL)),
    Row("councils-seats", "council", post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("councils-remove-seat", "seat", delete=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("councils-replace-seat", "seat", post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("councils-delegation", "seat", put=may(OFFICERS, sees=AUTHORITY | COUNCIL), body=lambda _: {"acts_as": "", "delegation": ""}),
    Row("councils-sectors", "seat", put=may(OFFICERS, sees=AUTHORITY | COUNCIL), body=lambda _: {"sectors": []}),
    Row("councils-rules", "council", get=may(AUTHORITY, COUNCIL), put=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("councils-rules-versions", "council", get=may(AUTHORITY, COUNCIL)),
    Row("councils-steps", "council", get=may(AUTHORITY, COUNCIL)),
    Row("councils-team", "council", get=may(AUTHORITY, COUNCIL), post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("councils-dismiss", "team", post=may(OFFICERS, sees=AUTHORITY | COUNCIL)),
    Row("meetings-list", get=signed_in(), post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL, answers=MADE),
        body=lambda things: {"council": things["council"]["pk"], "round": things["round"]["pk"], "held_at": "2027-01-05T08:00:00+07:00"}),
    Row("meetings-detail", "meeting", get=may(AUTHORITY, COUNCIL)),
    Row("meetings-steps", "meeting", get=may(AUTHORITY, COUNCIL)),
    Row("meetings-board", "meeting", get=may(AUTHORITY, COUNCIL)),
    Row("meetings-agenda", "meeting", get=may(AUTHORITY, COUNCIL), post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        body=lambda things: {"assessments": [things["assessment"]["pk"]]}),
    Row("meetings-put-off", "item", delete=may(OFFICER, SECRETARY, sees=LEADER | CHAIR | MEMBER)),
    Row("meetings-attendance", "meeting", put=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL), body=lambda _: {"present": []}),
    Row("meetings-pledge", "meeting", get=may(AUTHORITY, COUNCIL)),
    Row("meetings-discussing", "meeting", put=may(OFFICERS, LEADING, sees=AUTHORITY | COUNCIL), body=lambda _: {"assessment": None}),
    Row("meetings-declarations", "meeting", post=may(COUNCIL, sees=AUTHORITY), body=lambda _: {"answers": {}}),
    Row("meetings-rescore", "meeting", post=may(CHAIR, sees=OFFICER | LEADER | LEADING | MEMBER),
        body=lambda things: {"assessment": things["assessment"]["pk"], "note": "Chênh nhiều."}),
    Row("meetings-agreement", "meeting", put=may(OFFICER, LEADING, sees=LEADER | MEMBER),
        body=lambda things: {"assessment": things["assessment"]["pk"]}),
    Row("meetings-deadline", "written", put=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("meetings-refer", "written", post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("meetings-order", "meeting", put=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("meetings-assignment", "meeting", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        put=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL), delete=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("meetings-preview", "meeting", post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("meetings-top-up", "meeting", post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("meetings-invitation", "meeting", get=may(OFFICERS, SECRETARY)),  # a draft: to nobody else is it there
    Row("meetings-invitation-file", "meeting", get=may()),  # not invited by the system
    Row("meetings-guests", "meeting", get=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL),
        post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("meetings-withdraw-guest", "guest", delete=may(OFFICER, SECRETARY, sees=LEADER | CHAIR | MEMBER)),
    Row("meetings-progress", "meeting", get=may(OFFICERS, LEADING, sees=AUTHORITY | COUNCIL)),
    Row("meetings-nudge", "scorer", post=may(OFFICERS, SECRETARY, sees=AUTHORITY | COUNCIL)),
    Row("meetings-alarms", "item", get=may()),  # blind
    Row("meetings-rounds", "item", get=may()),  # scored once
    Row("meetings-agreeable", "item", get=may(sees=LEADER | MEMBER)),  # blind
    Row("meetings-agree", "item", {"criterion": "1.1"}, put=may(OFFICER, LEADING, sees=LEADER | MEMBER), body=lambda _: {"points": None}),
    Row("hearings-detail", "meeting", get=may(PRODUCER)),
    Row("hearings-reply", "heard_question", post=may(PRODUCER), body=lambda _: {"answer": "Mười hai hộ."}),
    Row("ballots-take-back", "proposal", delete=may(MEMBER)),
    Row("ballots-detail", "ballot", get=may(MEMBER)),
    Row("ballots-knock-outs", "ballot", get=may(MEMBER), put=may(MEMBER)),
    Row("ballots-questions", "ballot", post=may(MEMBER)),
    # the sheet of a meeting that is held: there is no call, and none can be made
    Row("ballots-call", "ballot", get=may(), put=may(MEMBER), delete=may(MEMBER)),
    Row("questions-detail", "question", get=may(PRODUCER, OFFICER, LEADING, MEMBER)),
    Row("questions-steps", "question", get=may(PRODUCER, OFFICER, LEADING, MEMBER)),
    Row("ballots-steps", "ballot", get=may(MEMBER)),
    Row("ballots-marks", "ballot", {"criterion": "1.1"}, put=may(MEMBER), body=lambda _: {"value": 1, "revision": 0, "key": "a"}),
    Row("ballots-opinion", "ballot", put=may(MEMBER), body=lambda _: {"opinion": "Tốt.", "revision": 0, "key": "a"}),
    Row("ballots-precedents", "ballot", {"criterion": "1.1"}, get=may(MEMBER)),
    Row("ballots-reopen", "ballot", post=may(CHAIR, sees=MEMBER | LEADING | OFFICER | LEADER), body=lambda _: {"note": "Nhầm."}),
    Row("results-detail", "result", get=may(PRODUCER, COMMUNE, AUTHORITY)),
    Row("results-feedback", "result", get=may(PRODUCER, COMMUNE, AUTHORITY)),
]  # fmt: skip

DECISIONS = [
    Row("decisions-list", get=signed_in(), post=only(OFFICERS),
        body=lambda things: {"unit": things["unit"]["object_id"], "tier": "province"}),
    Row("decisions-detail", "decision", get=may(AUTHORITY)),
    Row("decisions-steps", "decision", get=may(AUTHORITY)),
    Row("hand-overs-detail", "hand_over", get=may(AUTHORITY)),
    Row("hand-overs-steps", "hand_over", get=may(AUTHORITY)),
    Row("arrivals-detail", "arrival", get=may(ADVISOR, AUTHORITY)),
    Row("arrivals-steps", "arrival", get=may(ADVISOR, AUTHORITY)),
    Row("certificates-detail", "certificate", get=may(READ_CERTIFICATES)),
    Row("certificates-steps", "certificate", get=may(READ_CERTIFICATES)),
    Row("certificates-renew", "certificate", post=may(CHANGES & READ_CERTIFICATES, sees=READ_CERTIFICATES)),
    Row("certificates-legacy", post=only(OFFICERS)),
    Row("legacy-imports-list", get=signed_in(), post=only(OFFICERS)),
    Row("legacy-imports-detail", "import", get=may(OFFICERS)),
    Row("legacy-imports-steps", "import", get=may(OFFICERS)),
]  # fmt: skip

REST = [
    Row("catalogue-list", get=public()),
    Row("catalogue-detail", "shown", get=public()),
    Row("events-list", get=signed_in(), post=only(OFFICERS)),
    Row("events-detail", "event", get=may(OFFICERS, OBSERVER), put=may(OFFICERS, sees=OBSERVER), patch=may(OFFICERS, sees=OBSERVER)),
    Row("events-participations", "event", get=may(OFFICERS, OBSERVER), post=may(OFFICERS, sees=OBSERVER),
        body=lambda things: {"certificate": things["certificate"]["pk"]}),
    Row("events-remove-participation", "participation", delete=may(OFFICERS, sees=OBSERVER)),
    Row("events-check", "event", post=may(OFFICERS, sees=OBSERVER), body=lambda _: {"lines": ["1/GCN"]}),
    Row("papers-detail", "report", get=may(SEE_REPORT)),
    Row("papers-steps", "report", get=may(SEE_REPORT)),
]  # fmt: skip

API = [
    *LISTS, *PROGRAMME, *PRODUCTS, *COUNCILS, *DECISIONS, *REST,
    *(row for steps in STEPS for row in steps.actions()),
]  # fmt: skip
