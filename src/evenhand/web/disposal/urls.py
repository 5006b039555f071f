"""Addresses of review and disposal."""

from django.urls import path

from evenhand.web.disposal import balance, certificates, pages, records, schedule

ONE = "disposal/records/<kept:record>/"
urlpatterns = [
    path("disposal/", pages.due, name="disposal"),
    path("disposal/certificates/", certificates.overview, name="certificates"),
    path("disposal/certificates/<str:number>/", certificates.one, name="certificate"),
    path("disposal/balance/", balance.balance, name="balance"),
    path("disposal/schedule/", schedule.schedule, name="schedule"),
    path("disposal/schedule/<str:code>/propose/", schedule.propose, name="schedule_propose"),
    path(
        "disposal/schedule/<str:code>/approve/<uuid:proposal>/",
        schedule.approve,
        name="schedule_approve",
    ),
    path(
        "disposal/certificates/<str:number>/receipt/",
        certificates.receipt,
        name="certificate_receipt",
    ),
    path(ONE, records.kept, name="kept"),
    path(f"{ONE}review/", records.review, name="kept_review"),
    path(f"{ONE}confirm/", records.confirm, name="kept_confirm"),
    path(f"{ONE}hold/", records.hold, name="kept_hold"),
    path(f"{ONE}holds/<uuid:hold>/", records.end_hold, name="kept_end_hold"),
]
