"""The addresses of captures."""

from django.urls import path

from evenhand.web.captures import pages, taking

urlpatterns = [
    path("referrals/<reference:reference>/captures/", pages.captures, name="captures"),
    path("referrals/<reference:reference>/captures/new/", taking.take, name="take_capture"),
    path("captures/<uuid:capture>/", pages.capture, name="capture"),
    path("captures/<uuid:capture>/still/", pages.still, name="capture_still"),
    path("captures/<uuid:capture>/stop/", pages.stop, name="stop_capture"),
]
