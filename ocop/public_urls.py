"""What the public may ask anywhere, inside a tenant and outside: the calculator and its door for programs."""

from django.urls import path

from ocop.calculator import calculate, choose
from ocop.score_preview import score_preview

urlpatterns = [
    path("api/score-preview/", score_preview, name="score_preview"),
    path("calculator/", choose, name="calculator"),
    path("calculator/<str:code>/", calculate, name="calculator_sheet"),
]
