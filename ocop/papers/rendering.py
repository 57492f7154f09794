"""The worker's half: each numbered paper becomes a file that is kept, hashed and never made again."""

import logging

from django.template import TemplateDoesNotExist, TemplateSyntaxError

from ocop.audit.log import record
from ocop.files.store import keep_made
from ocop.papers.layout import paper_html
from ocop.papers.models import Paper, PaperState
from ocop.papers.pdf import CONTENT_TYPE, to_pdf
from ocop.tenancy.scope import tenant_scope

logger = logging.getLogger(__name__)
# What odd content, a bad template or a full disk raises; anything else is a bug and stops the task.
FAULTS = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)


def render_due(tenant_id: int) -> None:
    """Make the files of this tenant's numbered papers, each in a transaction of its own.

    A paper's row is locked while it is made, so two workers never make the same; one killed half-way leaves
    the paper as it was.
    """
    with tenant_scope(tenant_id):
        waiting = list(Paper.objects.to_render().order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        with tenant_scope(tenant_id):
            locked = Paper.objects.to_render().select_for_update(skip_locked=True, of=("self",))
            if paper := locked.select_related("unit").filter(pk=pk).first():
                _render(paper)


def render_now(paper: Paper) -> Paper:
    """The file at once, by whoever needs it before the worker came; under the same lock, made once."""
    waiting = Paper.objects.to_render().select_for_update(of=("self",)).select_related("unit")
    if found := waiting.filter(pk=paper.pk).first():
        _render(found)
    return Paper.objects.select_related("unit", "file").get(pk=paper.pk)


def _render(paper: Paper) -> None:
    try:
        content = to_pdf(paper_html(paper))
        file = keep_made(content, f"{paper.symbol.replace('/', '-')}.pdf", CONTENT_TYPE)
    except FAULTS as error:
        logger.exception("Paper %s was not made; the next sweep tries again", paper.pk)
        Paper.objects.filter(pk=paper.pk).update(fault=f"{type(error).__name__}: {error}"[:300])
        return
    # The one change of state that no person makes: by the worker, under the lock.
    Paper.objects.filter(pk=paper.pk).update(file=file, state=PaperState.RENDERED, fault="")
    record("paper.render", paper, by=None, before=PaperState.NUMBERED, after=PaperState.RENDERED,
           data={"sha256": file.sha256})  # fmt: skip
