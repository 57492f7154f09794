from django.urls import path

from ocop.papers import views

app_name = "papers"
urlpatterns = [
    path("", views.paper_list, name="list"),
    path("<int:pk>/", views.paper, name="paper"),
    path("<int:pk>/preview/", views.preview, name="preview"),
    path("<int:pk>/file/", views.file, name="file"),
    path("<int:pk>/word/", views.word, name="word"),
    path("<int:pk>/signed/", views.signed_file, name="signed_file"),
    path("<int:pk>/steps/<str:name>/", views.step, name="step"),
]
