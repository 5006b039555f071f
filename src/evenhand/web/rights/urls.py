"""Addresses of requests about people's own data."""

from django.urls import path

from evenhand.web.rights import letters, marking, pages, reviews

ONE = "<asked:asked>/"
LETTER = f"{ONE}letters/<uuid:letter>/"
RECORD = f"{ONE}record/<person:person>/"
PIECE = f"{RECORD}held-back/<slug:table>/<uuid:row>/"

urlpatterns = [
    path("", pages.overview, name="rights"),
    path("new/", pages.log, name="log_rights"),
    path(ONE, pages.one, name="rights_request"),
    path(f"{ONE}happened/", pages.happened, name="rights_happened"),
    path(f"{ONE}withdraw/", pages.withdraw, name="rights_withdraw"),
    path(f"{ONE}search/", pages.search, name="rights_search"),
    path(RECORD, marking.record, name="rights_record"),
    path(f"{RECORD}whose/", marking.whose, name="rights_whose"),
    path(f"{RECORD}hold-back/<slug:table>/<uuid:row>/", marking.hold_back, name="rights_hold_back"),
    path(f"{RECORD}give/<slug:table>/<uuid:row>/", marking.give, name="rights_give"),
    path(f"{PIECE}review/", reviews.look_again, name="rights_review"),
    path(f"{PIECE}confirm/", reviews.confirm, name="rights_confirm_review"),
    path(f"{ONE}further/", reviews.further, name="rights_further"),
    path(f"{ONE}unreached/", reviews.unreached, name="rights_unreached"),
    path(f"{ONE}acknowledge/", letters.acknowledge, name="rights_acknowledge"),
    path(f"{ONE}reply/", letters.reply, name="rights_reply"),
    path(LETTER, letters.letter, name="rights_letter"),
    path(f"{LETTER}answer/", letters.answer, name="rights_answer"),
    path(f"{LETTER}send/", letters.send, name="rights_send"),
    path(f"{LETTER}pack/<person:person>/", letters.pack, name="rights_pack"),
    path(f"{LETTER}pack/<person:person>.json", letters.pack_json, name="rights_pack_json"),
    path(f"{LETTER}pack/<person:person>.pdf", letters.pack_pdf, name="rights_pack_pdf"),
]
