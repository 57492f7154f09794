"""The one step of an import that a person takes: have what was checked written."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from evaluation.models import LegacyImport
from ocop.orgs.models import User
from ocop.tables.imports import ImportState
from ocop.tenancy.scope import active_tenant_id
from ocop.tenancy.tasks import kick
from ocop.workflow import Step, Workflow


def _ask_for_writing(one: LegacyImport, by: User, data: Mapping[str, Any]) -> None:
    kick("evaluation.write_legacy_imports", active_tenant_id())


LEGACY_IMPORT = Workflow(
    gettext_lazy("Nhập dữ liệu cũ"),
    {
        "commit": Step(
            gettext_lazy("Ghi vào sổ"),
            frozenset([ImportState.CHECKED]),
            ImportState.QUEUED,
            "evaluation.record_legacy_certificate",
            effect=_ask_for_writing,
        ),
    },
)
