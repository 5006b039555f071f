"""Addresses of sharing."""

from django.urls import path

from evenhand.web.sharing import agreements, exports, originators, pages, recalls

urlpatterns = [
    path("", pages.overview, name="sharing"),
    path("agreements/propose/", agreements.propose, name="propose_agreement"),
    path("agreements/<str:agreement>/", agreements.agreement, name="agreement"),
    path("agreements/<str:agreement>/change/", agreements.change, name="change_agreement"),
    path("agreements/<str:agreement>/act/", agreements.act, name="act_on_agreement"),
    path("kinds/", agreements.kinds, name="closed_kinds"),
    path("kinds/<str:kind>/open/", agreements.open_kind, name="open_kind"),
    path("kinds/<str:kind>/act/", agreements.act_on_kind, name="act_on_kind"),
    path("share/", pages.share, name="share"),
    path("packages/", pages.ledger, name="packages"),
    path("packages/<str:package>/", pages.package, name="package"),
    path("packages/<str:package>/history/", pages.package_history, name="package_history"),
    path(
        "packages/<str:package>/history/<entry:number>/receipt/",
        pages.package_receipt,
        name="package_receipt",
    ),
    path("packages/<str:package>/approve/", pages.approve, name="approve_package"),
    path("packages/<str:package>/act/", pages.act, name="act_on_package"),
    path("packages/<str:package>/file/", pages.package_file, name="package_file"),
    path("packages/<str:package>/print/", pages.package_print, name="package_print"),
    path("packages/<str:package>/proof/", pages.package_proof, name="package_proof"),
    path("exports/", exports.overview, name="exports"),
    path("exports/ask/", exports.ask, name="ask_export"),
    path("exports/ask/<reference:referral>/", exports.ask_of, name="ask_export_of"),
    path("exports/<uuid:export>/", exports.export, name="export"),
    path("exports/<uuid:export>/take/", exports.take, name="take_export"),
    path("originators/<uuid:notice>/", originators.originator, name="originator"),
    path("recalls/", recalls.overview, name="recalls"),
    path("recalls/<uuid:recall>/", recalls.recall, name="recall"),
    path("recalls/<uuid:recall>/send/", recalls.send, name="send_recall"),
]
