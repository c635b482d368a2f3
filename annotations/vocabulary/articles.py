"""What is said of an article, its text and its sentences."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ArticleStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Priority(TextChoices):
    """How soon a desk wants an article checked, beside the day it is due."""

    HIGH = "high", _("First")
    NORMAL = "", _("In turn")
    LOW = "low", _("When there is time")


class ListSort(TextChoices):
    """In which order a list of articles or of claims stands: each has some of these.

    All but the newest first are of what is in work.
    """

    NEWEST = "", _("Newest first")
    DUE = "due", _("Due first")
    AGE = "age", _("Oldest first")
    PROGRESS = "progress", _("Most decided first")
    OWNER = "owner", _("By owner")
    OUTLET = "outlet", _("By outlet")
    STAGE = "stage", _("By stage")
    CLAIMANT = "claimant", _("By claimant")


class PublicText(TextChoices):
    """How much of an article's own text readers may see."""

    EXCERPTS = "excerpts", _("Excerpts around the marks")
    FULL = "full", _("All of it: we have permission or a licence")
    LINK = "link", _("A link only")


class SentenceKind(TextChoices):
    """What triage asks of a sentence: all of the body is triaged, the rest where it says something.

    A row of a table is one, whole, whatever its cells hold.
    """

    HEADING = "heading", _("Heading")
    BODY = "body", _("Body")
    ROW = "row", _("Table row")


class BlockKind(TextChoices):
    """How a sentence stood on its page, beside its kind. All are numbered and triaged alike."""

    PARAGRAPH = "", _("Paragraph")
    LIST_ITEM = "list_item", _("List item")
    QUOTE = "quote", _("Block quotation")
    CAPTION = "caption", _("Caption")


class Triage(TextChoices):
    """What a sentence is. The first three are ClaimBuster's NFS, UFS and CFS."""

    UNTRIAGED = "", _("Not triaged yet")
    CHECKWORTHY = "checkworthy", _("Check-worthy")
    UNIMPORTANT = "unimportant", _("Factual, unimportant")
    NOT_FACTUAL = "not_factual", _("No factual claim")
    OPINION = "opinion", _("Opinion or prediction")


class CameBy(TextChoices):
    """How a mark came to stand in its revision."""

    PLACED = "placed", _("A person marked it")
    SAME = "same", _("It stands where it stood")
    MOVED = "moved", _("It moved with its sentence")
    CONTEXT = "context", _("The sentence around it changed")
    ATTACHED = "attached", _("A person found its new place")


class OrphanOutcome(TextChoices):
    """What a person did about a mark that had no place in a new text."""

    OPEN = "", _("Nothing yet")
    ATTACHED = "attached", _("Placed again")
    GONE = "gone", _("No longer in the article")
    ASIDE = "aside", _("The claim is set aside")


class StepKind(TextChoices):
    """What a person can undo on the workbench."""

    MARK = "mark", _("Mark")
    UNMARK = "unmark", _("Take a mark out")
    TRIAGE = "triage", _("Triage")


class FileImportState(TextChoices):
    """What became of a file that the worker takes in."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Taken in")
    STOPPED = "stopped", _("Stopped")
    REFUSED = "refused", _("Not taken in")
