"""The models, one theme a file. Import them from here."""

from .annotation import GIVEN_UP, OPEN, Annotation, Assignment, Sighting
from .article import Article, Incoming, Original, Revision, Sentence
from .claim import Claim, Claimant, Mark, Orphan
from .desk import PRESETS, Desk, Membership, Policy, Rating, RatingScale, User, desks_of
from .edition import Correction, Edition
from .evidence import Citation, Source
from .log import Receipt, Transition
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
    "Incoming",
    "Mark",
    "Membership",
    "Original",
    "Orphan",
    "Policy",
    "Rating",
    "RatingScale",
    "Receipt",
    "Revision",
    "Sentence",
    "Sighting",
    "Source",
    "Transition",
    "User",
    "Verdict",
    "desks_of",
]
