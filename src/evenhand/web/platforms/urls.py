"""Addresses of platforms."""

from django.urls import path

from evenhand.web.platforms import editing, pages, tokens

urlpatterns = [
    path("platforms/", pages.overview, name="platforms"),
    path("platforms/add/", editing.add, name="add_platform"),
    path("platforms/<str:code>/", pages.platform, name="platform"),
    path("platforms/<str:code>/sign-off/", pages.sign_off, name="sign_off"),
    path("platforms/<str:code>/sign-off/end/", pages.end_sign_off, name="end_sign_off"),
    path("platforms/<str:code>/reach/", editing.reach, name="change_reach"),
    path("platforms/<str:code>/form/", editing.form_fields, name="change_form"),
    path("platforms/<str:code>/tokens/", tokens.tokens, name="platform_tokens"),
    path(
        "platforms/<str:code>/tokens/<uuid:token>/end/", tokens.end_token, name="end_platform_token"
    ),
    path("platforms/<str:code>/policies/add/", editing.add_policy, name="add_policy"),
    path("platforms/<str:code>/policies/<small:place>/", editing.policy, name="change_policy"),
    path("platforms/<str:code>/versions/<small:number>/", pages.version, name="platform_version"),
]
