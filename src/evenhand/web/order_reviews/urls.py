"""Addresses of the review of a content removal notice."""

from django.urls import path

from evenhand.web.order_reviews import pages

urlpatterns = [
    path("referrals/<reference:reference>/order/asked/", pages.asked, name="order_asked"),
    path("referrals/<reference:reference>/order/review/", pages.review, name="order_review"),
]
