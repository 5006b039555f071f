"""What comes of the form about a policy: one added, corrected, followed or taken out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.text import slugify

from evenhand.rules.lawbook import Platform, Policy
from evenhand.rules.platforms import PlatformChanged
from evenhand.rules.words import words
from evenhand.web.forms import HouseForm
from evenhand.web.platforms.forms import CORRECT, GONE


def shown(policy: Policy) -> dict[str, object]:
    """Give what the form about a policy begins with."""
    return {
        "was": f"{policy.code} {policy.version}",
        "title": policy.title,
        "clause": policy.clause,
        "version": policy.version,
        "in_force_from": policy.in_force_from,
        "harms": list(policy.harms),
        "source": policy.source,
        "verified": policy.verified,
    }


def added(platform: Platform, form: HouseForm) -> Platform:
    """Put a new policy at the end of the list."""
    policy = _policy(form, _new_code(form.cleaned_data["title"], platform.policies))
    return replace(platform, policies=(*platform.policies, policy))


def changed(platform: Platform, form: HouseForm) -> Platform:
    """Correct a version of a policy, put a newer one after it, or take it out."""
    policies = list(platform.policies)
    place = _place(policies, form.cleaned_data["was"])
    told = _policy(form, policies[place].code)
    how = form.cleaned_data["how"]
    if how == CORRECT:
        policies[place] = told
    elif how == GONE:
        del policies[place]
    else:
        last = max(n for n, it in enumerate(policies) if it.code == told.code)
        policies.insert(last + 1, told)
    return replace(platform, policies=tuple(policies))


def _place(policies: Sequence[Policy], was: str) -> int:
    for place, policy in enumerate(policies):
        if f"{policy.code} {policy.version}" == was:
            return place
    raise PlatformChanged(
        words("A colleague renamed or took out this version of the policy."),
        do=words("Open the platform again to see its policies."),
    )


def _policy(form: HouseForm, code: str) -> Policy:
    told = form.cleaned_data
    return Policy(
        code=code,
        title=told["title"],
        clause=told["clause"].strip(),
        harms=tuple(told["harms"]),
        version=told["version"],
        in_force_from=told["in_force_from"],
        verified=told["verified"],
        source=told["source"],
    )


def _new_code(title: str, policies: Sequence[Policy]) -> str:
    """Make a code from a title that no other policy of the platform has."""
    taken = {it.code for it in policies}
    plain = re.sub("[-_]+", "-", slugify(title)[:60]).strip("-") or "policy"
    codes = [plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3))]
    return next(it for it in codes if it not in taken)
