"""Questions to the producer for programs; who asked is not said."""

from typing import Any

from rest_framework.viewsets import ReadOnlyModelViewSet

from evaluation.api import serializers
from evaluation.models import Question
from evaluation.workflow.question import QUESTION
from ocop.steps import StepsMixin


class QuestionViewSet(StepsMixin, ReadOnlyModelViewSet):
    """What a member asked, passed on and answered by its steps."""

    queryset = Question.objects.none()
    serializer_class = serializers.QuestionSerializer
    filterset_fields = ("meeting", "assessment", "criterion", "state")
    workflow = QUESTION

    def get_queryset(self) -> Any:
        found = Question.objects.visible_to(self.request.user)
        return found.select_related("meeting__council__unit", "assessment__dossier__product__producer")
