"""The models, one theme a file. Import them from here."""

from .annotation import GIVEN_UP, OPEN, Annotation, Assignment, checks_blind, held_blind
from .article import DESCRIBED, PLANNED, Article, Incoming, Original, Revision, Sentence
from .base import validate_partial_date
from .bench import Presence, RemovedMark, Step
from .capture import Capture
from .claim import Claim, Claimant, Mark, Orphan
from .desk import (
    PRESETS,
    Desk,
    Guidelines,
    Membership,
    Policy,
    Rating,
    RatingScale,
    User,
    desks_of,
)
from .disclosure import Sighting
from .discussion import Comment
from .draft import DraftVersion
from .edition import Correction, Edition, Listing
from .evidence import Citation, Snapshot, Source
from .job import Job
from .letter import Letter
from .log import AFTER_DISCLOSURE, Receipt, Transition
from .notice import USUAL_WAYS, Notice, NoticeChoice
from .people import HeldForm, Invitation
from .readers import Report, Salt, Statement
from .reply import Criticism, LetterTemplate, ReplyPoint, ReplyRequest, same_name
from .verdict import Verdict
from .watch import SourceChange, Watch, cited_in_public

__all__ = [
    "AFTER_DISCLOSURE",
    "DESCRIBED",
    "GIVEN_UP",
    "OPEN",
    "PLANNED",
    "PRESETS",
    "USUAL_WAYS",
    "Annotation",
    "Article",
    "Assignment",
    "Capture",
    "Citation",
    "Claim",
    "Claimant",
    "Comment",
    "Correction",
    "Criticism",
    "Desk",
    "DraftVersion",
    "Edition",
    "Guidelines",
    "HeldForm",
    "Incoming",
    "Invitation",
    "Job",
    "Letter",
    "LetterTemplate",
    "Listing",
    "Mark",
    "Membership",
    "Notice",
    "NoticeChoice",
    "Original",
    "Orphan",
    "Policy",
    "Presence",
    "Rating",
    "RatingScale",
    "Receipt",
    "RemovedMark",
    "ReplyPoint",
    "ReplyRequest",
    "Report",
    "Revision",
    "Salt",
    "Sentence",
    "Sighting",
    "Snapshot",
    "Source",
    "SourceChange",
    "Statement",
    "Step",
    "Transition",
    "User",
    "Verdict",
    "Watch",
    "checks_blind",
    "cited_in_public",
    "desks_of",
    "held_blind",
    "same_name",
    "validate_partial_date",
]
