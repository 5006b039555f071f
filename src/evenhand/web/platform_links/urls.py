"""Addresses of the link in a notice, and of taking it back."""

from django.urls import path

from evenhand.web.platform_links import pages, taking_back

urlpatterns = [
    path("public/answer/<str:token>/", pages.opened, name="platform_link"),
    path("public/answer/<str:token>/received/", pages.received, name="platform_received"),
    path("public/answer/<str:token>/outcome/", pages.decided, name="platform_decided"),
    path("public/answer/<str:token>/question/", pages.question, name="platform_question"),
    path("public/answer/<str:token>/address/", pages.wrong_address, name="platform_address"),
    path("public/answer/<str:token>/review/", pages.review, name="platform_review"),
    path(
        "public/answer/<str:token>/receipts/<entry:number>/",
        pages.receipt,
        name="platform_receipt",
    ),
    path("referrals/<reference:reference>/link/", taking_back.take_back, name="take_back_link"),
]
