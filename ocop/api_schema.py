"""What the API's description says of every address: the steps it offers, and how it refuses."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer

REFUSALS = {
    "400": "What is wrong, in words, at the field it is about",
    "403": "Not signed in, or it may be seen but not done",
    "404": "Not there, or not to be seen by who asks",
    "415": "The body is of another type",
}
WORDS = {"type": "object", "properties": {"detail": {"type": "string"}}, "required": ["detail"]}
ERRORS = {"type": "object", "properties": {"errors": {"type": "object", "additionalProperties": True}}}


class Schema(AutoSchema):
    """A step's body is one of those that the workflow's table asks for."""

    def get_override_parameters(self) -> list[Any]:
        if self._action != "take_step":
            return super().get_override_parameters()
        return [OpenApiParameter("name", OpenApiTypes.STR, "path", enum=list(self._steps.workflow))]

    def get_request_serializer(self) -> Any:
        if self._action != "take_step":
            return super().get_request_serializer()
        name = self._steps.queryset.model.__name__
        bodies = self._steps.step_bodies(name)
        return (
            PolymorphicProxySerializer(f"{name}Steps", bodies, resource_type_field_name=None)
            if bodies
            else None
        )

    @property
    def _steps(self) -> Any:
        """The viewset, which has a workflow where it has this action."""
        return self.view

    @property
    def _action(self) -> str:
        return getattr(self.view, "action", "")


def with_refusals(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: FBT001, the hook's signature
    """Each operation says how it refuses."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas |= {"Refusal": WORDS, "Errors": ERRORS}
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            for code in _refuses_by(path, method, operation):
                operation["responses"].setdefault(code, _refusal(code))
    return result


def _refuses_by(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    takes_body = "requestBody" in operation
    asked = [it for it in operation.get("parameters", ()) if it["in"] == "query"]
    codes = ["400"] if method != "get" or asked else []
    codes += ["415"] if takes_body else []
    codes += ["403"] if {} not in operation.get("security", []) else []
    return [*codes, "404"] if "{" in path or takes_body or asked else codes


def _refusal(code: str) -> dict[str, Any]:
    shape = {"$ref": f"#/components/schemas/{'Errors' if code == '400' else 'Refusal'}"}
    return {"description": REFUSALS[code], "content": {"application/json": {"schema": shape}}}
