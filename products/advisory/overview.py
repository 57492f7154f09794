"""What the pages of a dossier and of its evaluation show of the advisory team's own work: both sides the same list."""

import datetime as dt
from dataclasses import dataclass

from ocop.orgs.models import User
from ocop.workflow import Offer
from products.advisory.extra_tests import ASK
from products.advisory.extra_tests import closed_words as no_test
from products.advisory.surveys import SURVEYS
from products.advisory.surveys import closed_words as no_survey
from products.models import Dossier, ExtraTest, Survey, SurveyState
from products.workflow.extra_test import EXTRA_TEST


@dataclass(frozen=True)
class TestRow:
    """A test as a page lists it; `days` until it is due, None once no result is waited for."""

    __test__ = False  # no case of pytest

    it: ExtraTest
    days: int | None
    offers: list[Offer]


@dataclass(frozen=True)
class Overview:
    """`may_ask` and `may_survey`: this person, in this state of the dossier."""

    tests: list[TestRow]
    surveys: list[Survey]
    may_ask: bool
    may_survey: bool

    def __bool__(self) -> bool:
        return bool(self.tests or self.surveys or self.may_ask or self.may_survey)


def overview(dossier: Dossier, user: User, on: dt.date, *, with_steps: bool = True) -> Overview:
    """Of one dossier that this person sees."""
    tests = ExtraTest.objects.visible_to(user).filter(dossier=dossier).for_list()
    rows = [_row(it, user, on, with_steps=with_steps) for it in tests]
    surveys = Survey.objects.visible_to(user).filter(dossier=dossier).exclude(state=SurveyState.CANCELLED)
    may_ask = with_steps and not no_test(dossier) and user.has_perm(ASK, dossier)
    may_survey = with_steps and not no_survey(dossier) and user.has_perm(SURVEYS, dossier)
    return Overview(rows, list(surveys.for_list()), may_ask, may_survey)


def _row(it: ExtraTest, user: User, on: dt.date, *, with_steps: bool) -> TestRow:
    days = (it.due_on - on).days if it.is_owed() else None
    return TestRow(it, days, EXTRA_TEST.open_to(it, user) if with_steps else [])
