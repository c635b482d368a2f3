"""What is said of a claim, of whoever makes it, and of what becomes of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClaimType(TextChoices):
    EVENT = "event", _("Event or property")
    NUMERICAL = "numerical", _("Numerical")
    QUOTATION = "quotation", _("Quotation: was it said?")
    CAUSAL = "causal", _("Causal")
    COMPARISON = "comparison", _("Comparison")
    POSITION = "position", _("Position or promise")


class ClaimStatus(TextChoices):
    """A claim's life. Only `workflow` writes it."""

    SPOTTED = "spotted", _("Marked")
    CHECKING = "checking", _("Checking")
    DECIDING = "deciding", _("Deciding")
    DECIDED = "decided", _("Decided")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    SET_ASIDE = "set_aside", _("Set aside")
    RETRACTED = "retracted", _("Retracted")


IN_WORK = (
    ClaimStatus.SPOTTED,
    ClaimStatus.CHECKING,
    ClaimStatus.DECIDING,
    ClaimStatus.DECIDED,
    ClaimStatus.APPROVED,
)
"""Named one by one: what is in work is found by an index, "all that is not done" is not."""


class SetAside(TextChoices):
    """Why a claim is not checked."""

    OPINION = "opinion", _("Opinion or prediction")
    NOT_CHECKABLE = "not_checkable", _("Cannot be checked")
    DUPLICATE = "duplicate", _("The same as another claim")
    GONE = "gone", _("No longer in the article")


class ClaimantKind(TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    OUTLET = "outlet", _("Outlet, in the article’s own voice")


class Cause(TextChoices):
    """Why annotations of one claim differ, as the decider sees it."""

    AMBIGUOUS = "ambiguous", _("The claim is ambiguous")
    GUIDELINES = "guidelines", _("A gap in the guidelines")
    SOURCE = "source", _("A missing source")
    ERROR = "error", _("An error")


class CorrectionKind(TextChoices):
    """The public names of a change after publication (IFCN code, commitment 5)."""

    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    RETRACTION = "retraction", _("Retraction")
