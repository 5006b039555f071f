"""Addresses of the desk's documents."""

from django.urls import path

from evenhand.web.assurance import pages, ropa, writing

urlpatterns = [
    path("", pages.versions, name="document_versions"),
    path("processing/", ropa.page, name="ropa"),
    path("processing/file/", ropa.file, name="ropa_file"),
    path("<document:kind>/write/", writing.write, name="write_document"),
    path("<document:kind>/<small:number>/", pages.version, name="document_version"),
    path("<document:kind>/<small:number>/advise/", pages.advise, name="advise_document"),
    path("<document:kind>/<small:number>/commissioner/", pages.ico_advice, name="ico_advice"),
    path("<document:kind>/<small:number>/approve/", pages.approve, name="approve_document"),
    path("<document:kind>/<small:number>/correct/", pages.correct, name="correct_document"),
    path(
        "<document:kind>/<small:number>/corrections/<small:erratum>/publish/",
        pages.publish,
        name="publish_erratum",
    ),
]
