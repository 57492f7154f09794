"""docs/workflows.md says what the tables say, and no workflow is left out."""

import importlib
import pkgutil
from pathlib import Path

from django.conf import settings

import evaluation.workflow
import plans.workflow
import products.workflow
from ocop.papers import workflow as papers_workflow
from ocop.workflow import Workflow
from ocop.workflows import WORKFLOWS, as_markdown


def test_the_page_is_current():
    page = Path(settings.BASE_DIR, "docs", "workflows.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "run: manage.py workflows > docs/workflows.md"


def test_no_workflow_is_left_out():
    modules = [plans.workflow, papers_workflow]
    for package in (products.workflow, evaluation.workflow):
        modules += [
            importlib.import_module(f"{package.__name__}.{found.name}")
            for found in pkgutil.iter_modules(package.__path__)
        ]
    tables = {
        id(value)
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Workflow)
        and name not in ("TAKEN_HERE", "IDEA_ITSELF")  # parts of the whole tables
    }
    assert tables == {id(workflow) for workflow in WORKFLOWS.values()}


def test_every_step_leads_somewhere_it_did_not_come_from_or_says_so():
    for workflow in WORKFLOWS.values():
        for name, step in workflow.items():
            assert step.sources, name
            assert str(step.label), name
