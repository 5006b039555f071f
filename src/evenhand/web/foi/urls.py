"""Addresses of requests for information."""

from django.urls import path

from evenhand.web.foi import acts, pages

PART = "<foi:number>/parts/<small:part>"
LETTER = "<foi:number>/letters/<small:letter>"
urlpatterns = [
    path("", pages.overview, name="foi_requests"),
    path("log/", pages.log, name="foi_log"),
    path("correct/", pages.correct, name="foi_correct"),
    path("<foi:number>/", pages.one, name="foi_request"),
    path("<foi:number>/requester/", pages.requester, name="foi_requester"),
    path("<foi:number>/requester/correct/", acts.page(acts.REACH), name="foi_reach"),
    path("<foi:number>/steps/<foistep:step>/", acts.step, name="foi_step"),
    path("<foi:number>/cost/", acts.page(acts.COST), name="foi_cost"),
    path("<foi:number>/hold/", acts.page(acts.HOLD), name="foi_hold"),
    path("<foi:number>/parts/add/", acts.page(acts.ADD), name="foi_add_part"),
    path(f"{PART}/change/", acts.page(acts.CHANGE), name="foi_change_part"),
    path(f"{PART}/remove/", acts.page(acts.REMOVE), name="foi_remove_part"),
    path(f"{PART}/give/", acts.page(acts.GIVE), name="foi_give"),
    path(f"{PART}/count/", acts.count, name="foi_count"),
    path(f"{PART}/count/<slug:code>/", acts.count_of, name="foi_count_of"),
    path(f"{PART}/register/", acts.register, name="foi_register"),
    path(f"{PART}/register/<slug:which>/", acts.register_of, name="foi_register_of"),
    path(f"{PART}/withhold/", acts.page(acts.WITHHOLD), name="foi_withhold"),
    path(f"{PART}/not-held/", acts.page(acts.NOT_HELD), name="foi_not_held"),
    path(f"{PART}/neither/", acts.page(acts.NEITHER), name="foi_neither"),
    path(f"{PART}/confirm/", pages.confirm, name="foi_confirm"),
    path(f"{PART}/decline/", acts.page(acts.DECLINE), name="foi_decline"),
    path("<foi:number>/reply/", acts.page(acts.REPLY), name="foi_reply"),
    path("<foi:number>/reply/approve/", pages.approve, name="foi_approve"),
    path("<foi:number>/reply/return/", acts.page(acts.GIVE_BACK), name="foi_return"),
    path(f"{LETTER}/", pages.letter, name="foi_letter"),
    path(f"{LETTER}/sent/", pages.letter_sent, name="foi_letter_sent"),
]
