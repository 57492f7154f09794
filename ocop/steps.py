"""The one page and the one API action that serve every step of every workflow."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.api_bodies import JSONBody
from ocop.files.kinds import ACCEPT
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from ocop.workflow import Input, Step, Workflow

LARGEST = 2**31 - 1  # what a column of whole numbers takes


def form_class(step: Step) -> type[forms.Form]:
    """A form with the step's inputs; what is required is said by the workflow, once, for page and API."""
    fields = {wanted.name: _field(wanted) for wanted in step.inputs}
    for wanted in step.inputs:
        if wanted.required:
            fields[wanted.name].widget.attrs["aria-required"] = "true"
    return type("StepForm", (forms.Form,), fields)


def _field(wanted: Input) -> forms.Field:
    shared: dict[str, Any] = {"label": wanted.label, "help_text": wanted.hint, "required": False}
    match wanted.kind:
        case "lines":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **shared)
        case "date":
            return forms.DateField(**shared)
        case "number":
            words = {"invalid": _("Hãy ghi bằng số.")}
            return forms.IntegerField(
                min_value=0, max_value=LARGEST, localize=True, error_messages=words, **shared
            )
        case "choice":
            return forms.ChoiceField(choices=[("", "—"), *wanted.choices], **shared)
        case "file":
            return forms.FileField(widget=forms.FileInput(attrs={"accept": ACCEPT}), **shared)
        case "flag":
            return forms.BooleanField(**shared)
        case _:
            return forms.CharField(max_length=500, **shared)


def serializer_class(step: Step, name: str = "Step") -> type[serializers.Serializer]:
    """The same inputs as the API takes them."""
    fields = {wanted.name: _serializer_field(wanted) for wanted in step.inputs}
    return type(f"{name}Serializer", (serializers.Serializer,), fields)


def _serializer_field(wanted: Input) -> serializers.Field:
    shared: dict[str, Any] = {"label": wanted.label, "required": False}
    match wanted.kind:
        case "date":
            return serializers.DateField(allow_null=True, **shared)
        case "number":
            return serializers.IntegerField(min_value=0, max_value=LARGEST, allow_null=True, **shared)
        case "choice":
            return serializers.ChoiceField(choices=wanted.choices, allow_blank=True, **shared)
        case "file":
            return serializers.FileField(allow_null=True, **shared)
        case "flag":
            return serializers.BooleanField(**shared)
        case _:
            return serializers.CharField(allow_blank=True, max_length=5000, **shared)


def step_page(
    request: SignedInRequest,
    obj: models.Model,
    workflow: Workflow,
    name: str,
    *,
    back: str,
    take: Callable[..., Any] | None = None,
) -> HttpResponse:
    """Ask for the step's inputs (GET), take it (POST), say every reason where it is refused.

    The caller has found `obj` by `visible_to`; `back` is where the person goes afterwards; `take` is a deed around
    the step, called as the workflow's own.
    """
    step = workflow.get(name)
    if step is None:
        raise Http404
    if not request.user.has_perm(step.perm, obj):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = form_class(step)(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        try:
            (take or workflow.take)(name, obj, by=request.user, data=form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã xong: %(step)s.") % {"step": step.label})
            return HttpResponseRedirect(back)
    reasons = [
        reason for offer in workflow.open_to(obj, request.user, only=(name,)) for reason in offer.reasons
    ]
    context = {"object": obj, "step": step, "name": name, "form": form, "reasons": reasons, "back": back}
    return render(request, "steps/step.html", context, status=422 if is_sent else 200)


class InputSerializer(serializers.Serializer):
    """What a step asks for."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]
    choices = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class OfferSerializer(serializers.Serializer):
    """A step that may be taken now, or why it may not yet."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    problems = serializers.ListField(child=serializers.CharField())
    inputs = InputSerializer(many=True)


class StepsMixin:
    """`GET …/steps/` lists what this person may do now; `POST …/steps/<name>/` does it. For viewsets."""

    workflow: Workflow

    def out_of_place(self, obj: Any) -> Collection[str]:
        """Steps that this object does not have now, whoever asks."""
        return ()

    def take(self, name: str, obj: Any, *, by: Any, data: Mapping[str, Any]) -> Any:
        """The workflow's own; a room overrides it where a deed stands around a step."""
        return self.workflow.take(name, obj, by=by, data=data)

    def step_bodies(self, model: str) -> list[type[serializers.Serializer]]:
        """For the API's description: what each step takes, under a name of its own."""
        return [
            serializer_class(step, f"{model}{name.title().replace('_', '')}")
            for name, step in self.workflow.items()
            if step.inputs
        ]

    @extend_schema(responses=OfferSerializer(many=True))
    @action(detail=True, methods=["get"], url_path="steps", pagination_class=None, filter_backends=[])
    def steps(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        obj = self.get_object()  # type: ignore[attr-defined]
        offers = self.workflow.without(self.out_of_place(obj)).open_to(obj, request.user)  # type: ignore[arg-type]
        return Response(
            [
                {"name": offer.name, "label": str(offer.step.label), "problems": offer.problems,
                 "inputs": [_describe(wanted) for wanted in offer.step.inputs]}
                for offer in offers
            ]
        )  # fmt: skip

    @action(
        detail=True,
        methods=["post"],
        url_path=r"steps/(?P<name>[a-z_]+)",
        parser_classes=[JSONBody, MultiPartParser, FormParser],
    )
    def take_step(self, request: Request, name: str, *args: Any, **kwargs: Any) -> Response:
        obj = self.get_object()  # type: ignore[attr-defined]
        step = self.workflow.get(name)
        if step is None or name in self.out_of_place(obj):
            raise Http404
        given = serializer_class(step)(data=request.data)
        given.is_valid(raise_exception=True)
        done = self.take(name, obj, by=request.user, data=given.validated_data)
        shown = self.get_queryset().filter(pk=done.pk).first() or done  # type: ignore[attr-defined]
        return Response(self.get_serializer(shown).data, status=status.HTTP_200_OK)  # type: ignore[attr-defined]


def _describe(wanted: Input) -> Mapping[str, Any]:
    return {
        "name": wanted.name,
        "label": str(wanted.label),
        "kind": wanted.kind,
        "required": wanted.required,
        "choices": [[value, str(label)] for value, label in wanted.choices],
    }
