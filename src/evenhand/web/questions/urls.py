"""Addresses of the library of questions, and of figures that were given."""

from django.urls import path

from evenhand.web.questions import correcting, pages

urlpatterns = [
    path("", pages.library, name="questions"),
    path("ask/<slug:code>/", pages.ask, name="ask_question"),
    path("figures/<uuid:figure>/", pages.figure, name="figure"),
    path("figures/<uuid:figure>/file/", pages.file, name="figure_file"),
    path("figures/<uuid:figure>/receipt/", pages.receipt, name="figure_receipt"),
    path("figures/<uuid:figure>/publish/", correcting.publish, name="publish_figure"),
    path("figures/<uuid:figure>/correct/", correcting.correct, name="correct_figure"),
    path("corrections/", correcting.waiting, name="corrections_waiting"),
    path("corrections/<uuid:erratum>/confirm/", correcting.confirm, name="confirm_correction"),
    path("corrections/<uuid:erratum>/withdraw/", correcting.withdraw, name="withdraw_correction"),
    path("corrections/<uuid:erratum>/decline/", correcting.decline, name="decline_correction"),
]
