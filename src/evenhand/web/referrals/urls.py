"""Addresses of the pages about referrals."""

from django.urls import path

from evenhand.web.referrals import emergency, listing, logging, pages, triage

urlpatterns = [
    path("log-content/", logging.log_content, name="log_referral"),
    path("log-content/check/", logging.log_check, name="log_check"),
    path("log-content/done/", logging.done, name="log_done"),
    path("log-content/batches/<uuid:batch>/", logging.batch_done, name="batch_done"),
    path("referrals/", listing.referrals, name="referrals"),
    path("referrals/<reference:reference>/", pages.referral, name="referral"),
    path("referrals/<reference:reference>/steps/", pages.steps, name="steps"),
    path("referrals/<reference:reference>/history/", pages.history, name="history"),
    path(
        "referrals/<reference:reference>/history/<entry:number>/receipt/",
        pages.receipt,
        name="receipt",
    ),
    path("referrals/<reference:reference>/triage/", triage.triage, name="triage"),
    path("referrals/<reference:reference>/emergency/", emergency.emergency, name="emergency"),
]
