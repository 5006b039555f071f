"""The tag of every form that acts: it is sent once, and its answers outlive the session."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evenhand.web import drafting

register = template.Library()


@register.simple_tag(takes_context=True)
def submission(context: Context, *, fresh: bool = False) -> SafeString:
    """Draw the hidden field that tells one sending of a form from another.

    ``fresh`` is for a form that follows upon another one, which was sent with a sign of its own.
    """
    sign = drafting.new_submission(context["request"], fresh=fresh)
    return format_html('<input type="hidden" name="{}" value="{}">', drafting.SUBMISSION, sign)
