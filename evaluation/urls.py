"""The addresses of evaluation: council and scoring, the same without a network, decision and certificate."""

from evaluation.urls_council import urlpatterns as council
from evaluation.urls_decision import urlpatterns as decision
from evaluation.urls_offline import urlpatterns as offline

app_name = "evaluation"
urlpatterns = [*council, *offline, *decision]
