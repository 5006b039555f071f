"""Addresses of the rules that this desk keeps, its clocks, and the fields that it holds."""

from django.urls import path

from evenhand.web.rules_kept import pages

urlpatterns = [
    path("public/rules", pages.rules, name="rules"),
    path("public/clocks", pages.clocks, name="clocks"),
    path("public/register", pages.register, name="register"),
    path("public/register/<str:table>", pages.register_table, name="register_table"),
]
