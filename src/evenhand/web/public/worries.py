"""What a reporter may be worried about, in plain words; on the public page and the officers'."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as later

from evenhand.rules.public_reports import Worry
from evenhand.web.words import Words

WORRIES: Mapping[Worry, Words] = {
    Worry.VIOLENCE: later("Threats or plans to kill or hurt somebody"),
    Worry.EXPLOITATION: later("Somebody made to commit crimes, or trafficked"),
    Worry.WEAPONS: later("Weapons for sale"),
    Worry.HARASSMENT: later("Harassment, stalking, or intimidating a witness"),
    Worry.HATRED: later("Stirring up hatred"),
    Worry.TERRORISM: later("Terrorism"),
    Worry.CHILD_ABUSE_IMAGERY: later("Sexual pictures or films of somebody under 18"),
    Worry.GROOMING: later("An adult who tries to get near a child sexually"),
    Worry.INTIMATE_IMAGES: later("Intimate pictures or films of an adult, without consent"),
    Worry.DRUGS: later("Drugs for sale"),
    Worry.FRAUD: later("Fraud, or somebody who pretends to be somebody else"),
    Worry.SELF_HARM: later("Suicide or self-harm"),
    Worry.OTHER: later("Something else"),
}
