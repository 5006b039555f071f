"""What is asked at the public doors."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as later

from evenhand.rules.challenges import LONGEST_CHALLENGE
from evenhand.rules.content import LONGEST
from evenhand.rules.public_reports import LONGEST_EMAIL, LONGEST_WHY, PublicReport, Worry
from evenhand.web.forms import HouseForm, LineField, OneField, Option, WordsField
from evenhand.web.public.worries import WORRIES
from evenhand.web.words import Words

YES = "yes"
YES_OR_NO: list[tuple[str, Words]] = [(YES, later("Yes")), ("no", later("No"))]
LONGEST_NUMBER = 64
LEAVE_EMPTY = later("Choose this and leave the rest of this page empty. Do not describe it.")


KEPT_IN_A_VAULT = later(
    "No officer sees it. We write to you once and then erase it, after three months at the latest."
)


def reached_at(label: Words, hint: Words = KEPT_IN_A_VAULT) -> LineField:
    """Ask for the address that an answer goes to by e-mail, which may be left out."""
    return LineField(
        label=label,
        called=later("The e-mail address"),
        hint=hint,
        required=False,
        longest=LONGEST_EMAIL,
        width="two-thirds",
        inputmode="email",
        autocomplete="email",
        spellcheck=False,
    )


def named(label: Words, hint: Words, *, missing: Words, longest: int) -> LineField:
    """Ask for the name of whoever an answer goes to."""
    return LineField(
        label=label,
        called=later("Your name"),
        missing=missing,
        hint=hint,
        longest=longest,
        width="two-thirds",
        autocomplete="name",
        spellcheck=False,
    )


def posted_to(label: Words, *, longest: int) -> WordsField:
    """Ask for the address that an answer goes to on paper, which may be left out."""
    return WordsField(
        label=label,
        called=later("The postal address"),
        required=False,
        longest=longest,
        rows=4,
        autocomplete="street-address",
    )


class ReportForm(HouseForm):
    """What somebody tells the desk about public content."""

    danger_now = OneField(
        label=later("Is somebody in danger now?"),
        hint=later("If so, ring 999 first. Nobody reads this page at once."),
        missing=later("Select yes if somebody is in danger now"),
        options=YES_OR_NO,
        inline=True,
    )
    worry = OneField(
        label=later("What are you worried about?"),
        missing=later("Select what you are worried about"),
        options=[
            Option(it, text, LEAVE_EMPTY if it is Worry.CHILD_ABUSE_IMAGERY else "")
            for it, text in WORRIES.items()
        ],
    )
    url = LineField(
        label=later("Address of the content"),
        called=later("The address"),
        hint=later("Copy it from the address bar of your browser. It begins with https://"),
        missing=later("Enter the address of the content"),
        longest=LONGEST,
        spellcheck=False,
        autocomplete="off",
    )
    public_without_login = OneField(
        label=later("Can anyone see it without logging in, following or being invited?"),
        hint=later("If not, we may not be told of it here."),
        missing=later("Select yes if anyone can see it"),
        options=YES_OR_NO,
        inline=True,
    )
    why = WordsField(
        label=later("What is it, and why does it worry you?"),
        called=later("What you write"),
        hint=later("Do not name anyone, and do not say who you are."),
        missing=later("Say what it is and why it worries you"),
        longest=LONGEST_WHY,
        rows=5,
        count=True,
        autocomplete="off",
    )
    email = reached_at(later("E-mail address, if you want to hear what became of it (optional)"))

    @property
    def says_child_abuse_imagery(self) -> bool:
        """Say whether the law sends this elsewhere, whatever else was filled in."""
        return str(self.data.get("worry", "")) == Worry.CHILD_ABUSE_IMAGERY

    @property
    def says_not_public(self) -> bool:
        """Say whether the reporter answered that it is not public, whatever else they wrote."""
        return str(self.data.get("public_without_login", "")) == "no"

    def report(self) -> PublicReport:
        """Give the answers as the rules see them."""
        said: dict[str, Any] = self.cleaned_data
        return PublicReport(
            url=said["url"],
            worry=Worry(said["worry"]),
            danger_now=said["danger_now"] == YES,
            why=said["why"],
            email=said["email"],
            language=get_language() or "en",
        )

    def of_imagery(self) -> PublicReport:
        """Give what may be kept of child sexual abuse imagery: the address tells the platform."""
        address = str(self.data.get("url", ""))[:LONGEST]
        danger = str(self.data.get("danger_now", "")) == YES
        return PublicReport(url=address, worry=Worry.CHILD_ABUSE_IMAGERY, danger_now=danger, why="")


class AskForm(HouseForm):
    """The address of which somebody asks whether this desk had a platform look at it."""

    url = LineField(
        label=later("Address of your content"),
        called=later("The address"),
        hint=later("As it was before it was restricted. It begins with https://"),
        missing=later("Enter the address of your content"),
        longest=LONGEST,
        spellcheck=False,
        autocomplete="off",
    )


class ReceiptForm(HouseForm):
    """The number that somebody was given at a public door."""

    receipt = LineField(
        label=later("Receipt number"),
        called=later("The receipt number"),
        hint=later("For example, 7KQ2-M9XA-4TRB-W8CE"),
        missing=later("Enter your receipt number"),
        longest=LONGEST_NUMBER,
        width=20,
        autocomplete="off",
        spellcheck=False,
    )


class ChallengeForm(ReceiptForm):
    """Why somebody challenges what the desk asked of a platform."""

    words = WordsField(
        label=later("Why was it wrong of us to ask?"),
        called=later("What you write"),
        hint=later(
            "Say what the content is and what it means. Do not name anyone, and do not say who you"
            " are."
        ),
        missing=later("Say why it was wrong of us to ask"),
        longest=LONGEST_CHALLENGE,
        rows=8,
        count=True,
        autocomplete="off",
    )
    email = reached_at(later("E-mail address, if you want to hear when it is settled (optional)"))
