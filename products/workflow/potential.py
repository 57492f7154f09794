"""The one step of an import of potential products: have what was checked written."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from ocop.orgs.models import User
from ocop.tables.imports import ImportState
from ocop.workflow import Step, Workflow
from products.inventory.importing import write
from products.models import PotentialImport


def _written(one: PotentialImport, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    one.summary = {**one.summary, "new": write(one, by=by)}
    return ("summary",)


POTENTIAL_IMPORT = Workflow(
    gettext_lazy("Nhập danh mục tiềm năng"),
    {
        "commit": Step(
            gettext_lazy("Ghi vào danh mục"), frozenset([ImportState.CHECKED]), ImportState.DONE,
            "products.change_inventory", writes=_written,
        ),
    },
)  # fmt: skip
