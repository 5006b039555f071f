"""Addresses of the pages about one person. There is no page that lists people."""

from django.urls import path

from evenhand.web.people import acts, pages, proposing

ONE = "people/<person:person>/"
urlpatterns = [
    path("referrals/<reference:reference>/people/new/", proposing.what_role, name="propose_person"),
    path(
        "referrals/<reference:reference>/people/new/about/",
        proposing.about_them,
        name="propose_person_about",
    ),
    path("people/", pages.open_one, name="open_person"),
    path(ONE, pages.person, name="person"),
    path(f"{ONE}history/", pages.history, name="person_history"),
    path(f"{ONE}history/<entry:number>/receipt/", pages.receipt, name="person_receipt"),
    path(f"{ONE}contact/", pages.contact, name="person_contact"),
    path(f"{ONE}authorise/", acts.authorise, name="authorise_person"),
    path(f"{ONE}statements/new/", acts.add_statement, name="add_statement"),
    path(f"{ONE}statements/<uuid:statement>/", acts.correct_statement, name="correct_statement"),
    path(f"{ONE}verify/", acts.verify, name="verify_statement"),
    path(f"{ONE}role/", acts.ask_for_role, name="ask_for_role"),
    path(f"{ONE}role/decide/", acts.decide_role, name="decide_role"),
    path(f"{ONE}contest/", acts.contest, name="contest_person"),
    path(f"{ONE}confirm/", acts.confirm, name="confirm_person"),
    path(f"{ONE}correct/", acts.correct_identity, name="correct_person"),
    path(f"{ONE}contact/correct/", acts.correct_contact, name="correct_contact"),
    path(f"{ONE}restrict/", acts.restrict, name="restrict_person"),
    path(f"{ONE}ask-to-lift/", acts.ask_to_lift, name="ask_to_lift"),
    path(f"{ONE}purpose/", acts.ask_purpose, name="ask_purpose"),
    path(f"{ONE}purpose/answer/", acts.answer_purpose, name="answer_purpose"),
    path(f"{ONE}lift/", acts.lift, name="lift_restriction"),
]
