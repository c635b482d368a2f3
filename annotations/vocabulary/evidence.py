"""What is said of a source, and what becomes of its copies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stance(TextChoices):
    """What a cited passage does to the claim."""

    SUPPORTS = "supports", _("Supports the claim")
    CONTRADICTS = "contradicts", _("Contradicts the claim")
    CONTEXT = "context", _("Gives context")


class SourceKind(TextChoices):
    """What a source is, as a checker weighs it."""

    UNKNOWN = "", _("Not said")
    PRIMARY = "primary", _("Primary document")
    STATEMENT = "statement", _("Official statement")
    DATA = "data", _("Data set")
    RESEARCH = "research", _("Research")
    NEWS = "news", _("News report")
    EXPERT = "expert", _("Expert")
    EYEWITNESS = "eyewitness", _("Eyewitness")
    OWN = "own", _("Our own reporting")
    SOCIAL = "social", _("Social media post")


class IdentityAct(TextChoices):
    """What was done with the name of a confidential source."""

    KEEP = "keep", _("Wrote down who it is")
    SEE = "see", _("Looked at the name")
    CONFIDE = "confide", _("Let somebody see the name")
    END = "end", _("Ended that somebody may see the name")
    FORGET = "forget", _("Had the name forgotten")


class CaptureState(TextChoices):
    """What became of a page that is to be saved."""

    WAITING = "waiting", _("Waiting")
    SAVED = "saved", _("Saved")
    FAILED = "failed", _("Not saved")


class StampState(TextChoices):
    """What became of a time stamp that is asked for."""

    WAITING = "waiting", _("Waiting")
    STAMPED = "stamped", _("Stamped")


class ArchiveService(TextChoices):
    """Who else saves the pages that readers are sent to, where a desk wants it."""

    INTERNET_ARCHIVE = "internet_archive", _("the Internet Archive")
    OWN = "own", _("the desk’s own archive")


class ArchiveState(TextChoices):
    """What became of an address that was to be saved by another service."""

    WAITING = "waiting", _("To be sent")
    ASKED = "asked", _("Sent")
    ANSWERED = "answered", _("Answered")
    FAILED = "failed", _("Not saved there")


class PageChange(TextChoices):
    """What became of a page on which a published verdict stands."""

    GONE = "gone", _("The page is gone")
    MOVED = "moved", _("The page moved")
    CHANGED = "changed", _("What was quoted stands there no more")
    RETRACTED = "retracted", _("It says that it was retracted")
