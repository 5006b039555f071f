"""Addresses of the register of training."""

from django.urls import path

from evenhand.web.training import pages

urlpatterns = [
    path("training/", pages.register, name="training"),
    path("training/record/", pages.record, name="record_training"),
    path("you/training/", pages.own, name="own_training"),
    path("you/training/<small:number>/accept/", pages.accept, name="accept_instructions"),
]
