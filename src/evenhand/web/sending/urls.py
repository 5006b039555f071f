"""Addresses of sending and reminding."""

from django.urls import path

from evenhand.web.sending import by_hand, pages

urlpatterns = [
    path("referrals/<reference:reference>/send/", pages.send, name="send"),
    path("referrals/<reference:reference>/forms/", pages.forms, name="notice_forms"),
    path("referrals/<reference:reference>/chase/", pages.chase, name="chase"),
    path("referrals/<reference:reference>/send/form/", by_hand.send, name="send_by_form"),
    path("referrals/<reference:reference>/chase/form/", by_hand.chase, name="chase_by_form"),
    path(
        "referrals/<reference:reference>/withdraw/tell/",
        pages.tell_withdrawal,
        name="tell_withdrawal",
    ),
    path(
        "referrals/<reference:reference>/withdraw/tell/form/",
        by_hand.tell_withdrawal,
        name="tell_withdrawal_by_form",
    ),
]
