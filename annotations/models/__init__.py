"""The models, one theme a file. Import them from here."""

from .annotation import GIVEN_UP, OPEN, Annotation, Assignment, Sighting
from .article import Article, Incoming, Original, Revision, Sentence
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
from .edition import Correction, Edition
from .evidence import Citation, Snapshot, Source
from .log import Receipt, Transition
from .reply import ReplyRequest
from .verdict import Verdict

__all__ = [
    "GIVEN_UP",
    "OPEN",
    "PRESETS",
    "Annotation",
    "Article",
    "Assignment",
    "Citation",
    "Claim",
    "Claimant",
    "Correction",
    "Desk",
    "Edition",
    "Guidelines",
    "Incoming",
    "Mark",
    "Membership",
    "Original",
    "Orphan",
    "Policy",
    "Rating",
    "RatingScale",
    "Receipt",
    "ReplyRequest",
    "Revision",
    "Sentence",
    "Sighting",
    "Snapshot",
    "Source",
    "Transition",
    "User",
    "Verdict",
    "desks_of",
]
