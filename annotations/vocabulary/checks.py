"""Who is asked to do what on a claim, and what they say."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Task(TextChoices):
    """What a person is asked to do on a claim."""

    CHECK = "check", _("Check")
    DECIDE = "decide", _("Decide")
    APPROVE = "approve", _("Approve")


class Dealing(TextChoices):
    """Who checks which of an article's claims when checking opens."""

    ALL = "all", _("Each of these people checks every claim")
    DEALT = "dealt", _("The claims are dealt out evenly among these people")
    TAKEN = "taken", _("Nobody is asked: whoever has time takes them from the queue")


class AssignmentStatus(TextChoices):
    """An assignment's life. Only `workflow` writes it."""

    ASSIGNED = "assigned", _("Assigned")
    STARTED = "started", _("Started")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")


class Confidence(TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")
