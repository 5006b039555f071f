"""Addresses of the demo's mail."""

from django.urls import path

from evenhand.web.mail import pages

urlpatterns = [
    path("demo/mail/", pages.mails, name="demo_mails"),
    path("demo/mail/<slug:name>/", pages.mail, name="demo_mail"),
]
