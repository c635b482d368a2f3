"""The models, one theme a file. Import them from here."""

from .annotation import GIVEN_UP, OPEN, Annotation, Assignment, Sighting
from .article import Article, Original, Revision, Sentence
from .claim import Claim, Claimant, Mark
from .desk import PRESETS, Desk, Membership, Policy, Rating, RatingScale, User, desks_of
from .edition import Correction, Edition
from .evidence import Citation, Source
from .log import Receipt, Transition
from .readers import Letter, Report, Salt, Statement
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
    "Letter",
    "Mark",
    "Membership",
    "Original",
    "Policy",
    "Rating",
    "RatingScale",
    "Receipt",
    "Report",
    "Revision",
    "Salt",
    "Sentence",
    "Sighting",
    "Source",
    "Statement",
    "Transition",
    "User",
    "Verdict",
    "desks_of",
]
