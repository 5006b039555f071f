"""Addresses of the pages that anyone may read."""

from django.urls import path

from evenhand.web import language
from evenhand.web.public import (
    asking_rights,
    challenging,
    contact,
    corrections,
    documents,
    equality,
    foi,
    home,
    pages,
    reporting,
    scrutiny,
)

urlpatterns = [
    path("public/", home.home, name="public_home"),
    path("public/data/", home.data_held, name="data_held"),
    path("public/accessibility", pages.accessibility, name="accessibility"),
    path("public/language", language.choose, name="language"),
    path("public/looking", pages.looking, name="looking"),
    path("public/sharing", pages.sharing, name="public_sharing"),
    path("public/package.schema.json", pages.package_schema, name="package_schema"),
    path("public/<slug:name>.schema.json", pages.schema, name="schema"),
    path("public/report", reporting.report, name="public_report"),
    path("public/report/receipt", reporting.receipt, name="public_receipt"),
    path("public/report/receipt/log", reporting.log_receipt, name="public_report_in_log"),
    path("public/challenge", challenging.ask, name="public_ask"),
    path("public/challenge/receipt", challenging.answer, name="public_answer"),
    path("public/challenge/receipt/log", challenging.log_receipt, name="public_asking_in_log"),
    path(
        "public/challenge/words/log",
        challenging.log_receipt_of_challenge,
        name="public_challenge_in_log",
    ),
    path("public/challenge/words", challenging.challenge, name="public_challenge"),
    path("public/foi", foi.ask, name="public_foi"),
    path("public/foi/receipt", foi.receipt, name="public_foi_receipt"),
    path("public/foi/receipt/log", foi.log_receipt, name="public_foi_in_log"),
    path("public/disclosures/", foi.disclosures, name="disclosures"),
    path("public/disclosures/page/<small:page>/", foi.disclosures, name="disclosures_page"),
    path("public/disclosures/<foi:number>/", foi.disclosure, name="disclosure"),
    path("public/rights", asking_rights.ask, name="public_rights"),
    path("public/rights/receipt", asking_rights.receipt, name="public_rights_receipt"),
    path("public/rights/receipt/log", asking_rights.log_receipt, name="public_rights_in_log"),
    path("public/rights/pack-1.schema.json", asking_rights.pack_schema, name="rights_pack_schema"),
    path("public/contact", contact.contact, name="contact"),
    path("public/documents/", documents.documents, name="documents"),
    path("public/documents/<document:kind>/", documents.document, name="public_document"),
    path(
        "public/documents/<document:kind>/<small:number>/",
        documents.document,
        name="public_document_version",
    ),
    path("public/equality/", equality.monitoring, name="public_equality"),
    path("public/scrutiny/", scrutiny.register, name="public_scrutiny"),
    path("public/corrections/", corrections.corrections, name="public_corrections"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
]
