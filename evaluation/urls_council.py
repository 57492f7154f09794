"""Assessment, council, meeting, sheet."""

from django.urls import path

from evaluation.views import agenda, assessments, ballots, councils, discussing, items, meetings, seats

urlpatterns = [
    path("assessments/", assessments.assessment_list, name="assessments"),
    path("assessments/start/<int:dossier>/", assessments.start, name="start_assessment"),
    path("assessments/<int:pk>/", assessments.assessment, name="assessment"),
    path("assessments/<int:pk>/report/", assessments.report, name="team_report"),
    path("assessments/<int:pk>/steps/<str:name>/", assessments.step, name="assessment_step"),
    path("councils/", councils.council_list, name="councils"),
    path("councils/new/", councils.new, name="new_council"),
    path("councils/<int:pk>/", councils.council, name="council"),
    path("councils/<int:pk>/rules/", councils.rules, name="council_rules"),
    path("councils/<int:pk>/steps/<str:name>/", councils.step, name="council_step"),
    path("councils/<int:pk>/seats/new/", seats.new, name="new_seat"),
    path("councils/<int:pk>/seats/<int:seat>/remove/", seats.remove, name="remove_seat"),
    path("councils/<int:pk>/seats/<int:seat>/replace/", seats.replace, name="replace_seat"),
    path("councils/<int:pk>/meetings/new/", meetings.new, name="new_meeting"),
    path("meetings/", meetings.meeting_list, name="meetings"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/board/", meetings.board, name="board"),
    path("meetings/<int:pk>/steps/<str:name>/", meetings.step, name="meeting_step"),
    path("meetings/<int:pk>/agenda/", agenda.choose, name="agenda"),
    path("meetings/<int:pk>/agenda/<int:assessment>/remove/", agenda.remove, name="remove_from_agenda"),
    path("meetings/<int:pk>/attendance/", agenda.attendance, name="attendance"),
    path("meetings/<int:pk>/declare/", agenda.declaring, name="declare"),
    path("meetings/<int:pk>/items/<int:assessment>/", items.item, name="agenda_item"),
    path("meetings/<int:pk>/items/<int:assessment>/agree/", items.agree, name="agree"),
    path("meetings/<int:pk>/items/<int:assessment>/rescore/", items.score_again, name="rescore"),
    path("meetings/<int:pk>/discussing/", discussing.discuss_now, name="discuss"),
    path("ballots/<int:pk>/", ballots.ballot, name="ballot"),
    path("ballots/<int:pk>/opinion/", ballots.opinion, name="opinion"),
    path("ballots/<int:pk>/steps/<str:name>/", ballots.step, name="ballot_step"),
    path("ballots/<int:pk>/<str:code>/", ballots.criterion, name="criterion"),
]
