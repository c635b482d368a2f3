"""What a desk is set to: its people, its rules, what it tells of itself."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member may do at a desk; `rights.py` says exactly what."""

    OBSERVER = "observer", _("Observer")
    CHECKER = "checker", _("Checker")
    EDITOR = "editor", _("Editor")
    MANAGER = "manager", _("Manager")


class Preset(TextChoices):
    """How a desk of a given size keeps its work independent; `models.policy.PRESETS` says how."""

    TWO = "two", _("Two people")
    THREE = "three", _("Three people")
    FOUR = "four", _("Four people or more")


class Tone(TextChoices):
    """How a rating looks: its colour, icon and underline. The CSS classes have these names."""

    TRUE = "true", _("True")
    MOSTLY = "mostly", _("Mostly true")
    CONTEXT = "context", _("Missing context")
    MISLEADING = "misleading", _("Misleading")
    FALSE = "false", _("False")
    UNPROVEN = "unproven", _("Unproven")
    UNCHECKABLE = "uncheckable", _("Not checkable")


class Safeguard(TextChoices):
    """What keeps work independent; a desk's policy may leave some out, and its log says which."""

    SECOND_ANNOTATION = "second_annotation", _("a second annotation, blind to the first")
    SEPARATE_DECIDER = "separate_decider", _("a decision by somebody who did not annotate")
    SEPARATE_APPROVER = "separate_approver", _("an approval by somebody who did not decide")


class Demand(TextChoices):
    """How firmly a desk asks for something before it publishes."""

    OFF = "off", _("Not asked for")
    WARN = "warn", _("Warn if it is missing")
    BLOCK = "block", _("Do not publish without it")


class Hold(TextChoices):
    """What an open comment does to the publication of its claim."""

    NOTHING = "", _("Nothing waits for it")
    WARN = "warn", _("Warn who publishes while it is open")
    BLOCK = "block", _("Publish only once it is resolved")


class PeopleShown(TextChoices):
    """What readers are told of who checked: editions pin it as it was chosen then."""

    NAMES = "names", _("Their names")
    ROLES = "roles", _("Their roles, without names")


class StatementKind(TextChoices):
    """What a desk tells readers about itself (IFCN code of principles)."""

    METHODOLOGY = "methodology", _("How we check")
    RATINGS = "ratings", _("Our rating scale")
    CORRECTIONS = "corrections", _("Corrections policy")
    SOURCES = "sources", _("Sources policy")
    NONPARTISANSHIP = "nonpartisanship", _("Non-partisanship")
    FUNDING = "funding", _("Funding")
    STAFF = "staff", _("Who we are")
