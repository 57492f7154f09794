"""The addresses of evaluation: council and scoring, decision and certificate."""

from evaluation.urls_council import urlpatterns as council
from evaluation.urls_decision import urlpatterns as decision

app_name = "evaluation"
urlpatterns = [*council, *decision]
