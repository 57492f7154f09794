"""The addresses of decisions, hand-overs, certificates and what came before the system."""

from django.urls import path

from evaluation.views import arrivals, certificates, decisions, feedback, hand_overs, legacy, public, renewals

urlpatterns = [
    path("decisions/", decisions.decision_list, name="decisions"),
    path("decisions/new/", decisions.draft, name="decision_draft"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/items/<int:item>/remove/", decisions.remove, name="decision_remove"),
    path("decisions/<int:pk>/drop/", decisions.drop, name="decision_drop"),
    path("decisions/<int:pk>/steps/<str:name>/", decisions.step, name="decision_step"),
    path("assessments/<int:pk>/feedback/", feedback.feedback, name="feedback"),
    path("hand-overs/", hand_overs.hand_over_list, name="hand_overs"),
    path("hand-overs/<int:pk>/", hand_overs.hand_over, name="hand_over"),
    path("hand-overs/<int:pk>/answer/", hand_overs.answer_file, name="hand_over_answer"),
    path("hand-overs/<int:pk>/steps/<str:name>/", hand_overs.step, name="hand_over_step"),
    path("arrivals/", arrivals.arrival_list, name="arrivals"),
    path("arrivals/<int:pk>/", arrivals.arrival, name="arrival"),
    path("arrivals/<int:pk>/files/<int:file>/", arrivals.file, name="arrival_file"),
    path("arrivals/<int:pk>/steps/<str:name>/", arrivals.step, name="arrival_step"),
    path("certificates/", certificates.certificate_list, name="certificates"),
    path("certificates/record/", legacy.record_one, name="legacy_record"),
    *legacy.IMPORTS.paths("certificates/imports/"),
    path("certificates/<int:pk>/", certificates.certificate, name="certificate"),
    path("certificates/<int:pk>/renew/", renewals.renew, name="certificate_renew"),
    path("certificates/<int:pk>/file/", certificates.file, name="certificate_file"),
    path("certificates/<int:pk>/source/", certificates.source_file, name="certificate_source"),
    path("certificates/<int:pk>/steps/<str:name>/", certificates.step, name="certificate_step"),
    path("c/<uuid:uuid>/", public.certificate, name="public_certificate"),
    path("check/", public.check, name="check"),
]
