"""The models, one theme a file. Import them from here."""

from .annotation import GIVEN_UP, OPEN, Annotation, Assignment, checks_blind, held_blind
from .archiving import ArchiveAnswer, ArchiveRequest, to_be_archived
from .article import DESCRIBED, PLANNED, Article
from .base import looked_up, validate_partial_date
from .bench import Presence, RemovedMark, Step
from .capture import Capture
from .claim import Claim, Mark, Orphan
from .claimant import Claimant
from .confidence import Confidant, Identity, IdentityNote
from .desk import LOOK_FIELDS, Desk, Membership, desks_of
from .disclosure import Sighting
from .discussion import Comment
from .draft import DraftVersion
from .earlier import PLACES_OF_CLAIMS, EarlierCheck
from .edition import Correction, Edition, Listing
from .evidence import Citation, Snapshot, Source, alike, of_document
from .file_import import FILE_IMPORTS_KEPT, FileImport
from .folding import Folded
from .guidelines import Guidelines
from .job import Job
from .letter import Letter
from .log import AFTER_DISCLOSURE, Receipt, Transition
from .notice import USUAL_WAYS, Notice, NoticeChoice
from .noting import SourceNote
from .people import HeldForm, Invitation, account_of
from .phrase import Phrase
from .policy import PRESETS, Policy
from .proof import DailyRoot, RootLeaf, Stamp
from .readers import Report, Salt, Statement
from .reply import Criticism, LetterTemplate, ReplyPoint, ReplyRequest
from .saved_filter import SavedFilter
from .scale import Rating, RatingScale
from .tally import Tally
from .text import SEARCHED_TEXT, Incoming, Link, Original, Picture, Revision, Sentence, name_of
from .unsent import UNSENT_KEPT, UnsentForm
from .user import User
from .verdict import Verdict
from .watch import SourceChange, Watch, cited_in_public

__all__ = [
    "AFTER_DISCLOSURE",
    "DESCRIBED",
    "FILE_IMPORTS_KEPT",
    "GIVEN_UP",
    "LOOK_FIELDS",
    "OPEN",
    "PLACES_OF_CLAIMS",
    "PLANNED",
    "PRESETS",
    "SEARCHED_TEXT",
    "UNSENT_KEPT",
    "USUAL_WAYS",
    "Annotation",
    "ArchiveAnswer",
    "ArchiveRequest",
    "Article",
    "Assignment",
    "Capture",
    "Citation",
    "Claim",
    "Claimant",
    "Comment",
    "Confidant",
    "Correction",
    "Criticism",
    "DailyRoot",
    "Desk",
    "DraftVersion",
    "EarlierCheck",
    "Edition",
    "FileImport",
    "Folded",
    "Guidelines",
    "HeldForm",
    "Identity",
    "IdentityNote",
    "Incoming",
    "Invitation",
    "Job",
    "Letter",
    "LetterTemplate",
    "Link",
    "Listing",
    "Mark",
    "Membership",
    "Notice",
    "NoticeChoice",
    "Original",
    "Orphan",
    "Phrase",
    "Picture",
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
    "RootLeaf",
    "Salt",
    "SavedFilter",
    "Sentence",
    "Sighting",
    "Snapshot",
    "Source",
    "SourceChange",
    "SourceNote",
    "Stamp",
    "Statement",
    "Step",
    "Tally",
    "Transition",
    "UnsentForm",
    "User",
    "Verdict",
    "Watch",
    "account_of",
    "alike",
    "checks_blind",
    "cited_in_public",
    "desks_of",
    "held_blind",
    "looked_up",
    "name_of",
    "of_document",
    "to_be_archived",
    "validate_partial_date",
]
