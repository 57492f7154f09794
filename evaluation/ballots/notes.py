"""Where a sheet wants a word beside the points, in words: on the page, for the API and at the seal."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.ballots.saving import set_of
from evaluation.models import Ballot
from evaluation.rules import CouncilRules, Level, Levels, WhyNote, notes_missing, read_rules, why_a_note
from ocop.cards import levels, raw_value
from ocop.regulations import Criterion
from products.models import SelfScore

AT_FIELD: dict[WhyNote, str | Promise] = {
    "no_level": _("bắt buộc: cho 0 điểm ngoài thang in sẵn"),
    "lowest": _("bắt buộc: mức thấp nhất của tiêu chí"),
    "highest": _("bắt buộc: mức cao nhất của tiêu chí"),
    "off_claim": _("bắt buộc: lệch xa mức chủ thể tự chấm"),
}
AT_SEAL: dict[WhyNote, str | Promise] = {
    "no_level": _("Cho 0 điểm ngoài thang in sẵn thì phải ghi lý do: %(codes)s."),
    "lowest": _("Cho mức thấp nhất thì phải ghi nhận xét: %(codes)s."),
    "highest": _("Cho mức cao nhất thì phải ghi nhận xét: %(codes)s."),
    "off_claim": _("Lệch xa mức chủ thể tự chấm thì phải ghi nhận xét: %(codes)s."),
}


def claims_of(ballot: Ballot) -> Levels:
    """What the producer gave herself, by criterion."""
    own = SelfScore.objects.filter(dossier=ballot.assessment.dossier_id).first()
    return own.levels if own else {}


def missing_notes(ballot: Ballot) -> dict[str, WhyNote]:
    """The criteria of this sheet that wait for a word."""
    return notes_missing(set_of(ballot), ballot.levels, claims_of(ballot), rules_of(ballot))


def seal_sentences(missing: dict[str, WhyNote]) -> list[str]:
    """One sentence for each reason, with its criteria."""
    said = []
    for why, sentence in AT_SEAL.items():
        if codes := [code for code, reason in missing.items() if reason == why]:
            said.append(str(sentence) % {"codes": ", ".join(codes)})
    return said


def words_by_level(rules: CouncilRules, criterion: Criterion, claims: Levels) -> dict[str, str]:
    """By the radio's value what the note's field says of it, "" where a word is free: the script needs no answer."""
    claim = claims.get(criterion.code)
    whys = {it["value"]: why_a_note(criterion, _level(it["value"]), claim, rules) for it in levels(criterion)}
    return {value: str(AT_FIELD[why]) if why else "" for value, why in whys.items()}


def note_words(ballot: Ballot, code: str, claims: Levels) -> str:
    """Why the criterion as it is saved wants a word, "" where it does not or has one."""
    level = ballot.levels.get(code, {})
    why = why_a_note(set_of(ballot).by_code[code], level, claims.get(code), rules_of(ballot))
    return str(AT_FIELD[why]) if why and not level.get("note") else ""


def rules_of(ballot: Ballot) -> CouncilRules:
    """Those the meeting runs under."""
    return read_rules(ballot.meeting.rules or ballot.meeting.council.rules)


def _level(value: str) -> Level:
    raw = raw_value(value)
    return {"case": raw["case"], "p": raw["points"]} if isinstance(raw, dict) else {"p": raw}
