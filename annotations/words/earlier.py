"""What was odd about earlier checks by others, and what became of their file, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ODD = {
    "bad_characters": gettext_lazy("It holds characters that no text can. They were left out."),
    "claim_from_elsewhere": gettext_lazy(
        "The claim itself is empty. What is reviewed, or the headline, was taken."
    ),
    "cut": gettext_lazy("It is longer than is kept, and was cut."),
    "day_first": gettext_lazy("It was read as day, month, year."),
    "degenerate_scale": gettext_lazy("Its best and its worst rating are the same number."),
    "first_of_several": gettext_lazy("There are several; the first was taken."),
    "no_address": gettext_lazy("This is no web address, and was left out."),
    "no_claim": gettext_lazy("There is no claim in it: left out."),
    "no_date": gettext_lazy("This is no date, and was left out."),
    "no_json": gettext_lazy("This part of the page cannot be read."),
    "no_list": gettext_lazy("A list was expected; it was left out."),
    "no_number": gettext_lazy("A number was expected; it was left out."),
    "no_object": gettext_lazy("An object was expected; it was left out."),
    "no_publisher": gettext_lazy("It does not say who published it."),
    "no_rating": gettext_lazy("It has no rating."),
    "no_stance": gettext_lazy("It has no stance."),
    "no_words": gettext_lazy("Words were expected; it was left out."),
    "number_in_words": gettext_lazy("The number stands in quotation marks."),
    "off_scale": gettext_lazy("Its rating lies outside its scale."),
    "other_text": gettext_lazy(
        "An article of this id is on the desk with another text, and was left as it is. Bring the"
        " text as its new version, on the article’s page."
    ),
    "page_cut": gettext_lazy(
        "More elements stand in each other than can be read: what follows in the page is missing."
    ),
    "rating_without_words": gettext_lazy("Its rating has no words; its number was taken."),
    "repeated": gettext_lazy("It comes twice in the file: the first was taken."),
    "reversed_scale": gettext_lazy("Its best rating is the lower number."),
    "unread": gettext_lazy("Nobody reads this key; it is kept with the original."),
    "several_claims": gettext_lazy("It has several claims: each was taken as a check."),
}
"""Each code of formats.earlier, as a sentence."""


def odd(code: str) -> str:
    """What a code of a warning means."""
    return str(ODD.get(code, code))


def outcome(new: int, changed: int, same: int, *, is_trial: bool) -> str:
    """What was done, or would be, with the checks of a file."""
    counts = {"new": new, "changed": changed, "same": same}
    if is_trial:
        return _("%(new)d would be new, %(changed)d changed, %(same)d are there already.") % counts
    return _("%(new)d new, %(changed)d changed, %(same)d were there already.") % counts
