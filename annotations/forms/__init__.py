"""What people fill in. A form gets instances and querysets, never the request."""

from .article import ImportForm, OpenForm, TriageForm
from .claim import AddMarkForm, ClaimForm, RepeatsForm, RewordForm, SetAsideForm, Span
from .comment import CommentForm
from .evidence import AnnotationForm, CitationForm
from .verdict import (
    AskAgainForm,
    CorrectForm,
    CorrectionForm,
    ReasonForm,
    SendBackForm,
    VerdictForm,
)

__all__ = [
    "AddMarkForm",
    "AnnotationForm",
    "AskAgainForm",
    "CitationForm",
    "ClaimForm",
    "CommentForm",
    "CorrectForm",
    "CorrectionForm",
    "ImportForm",
    "OpenForm",
    "ReasonForm",
    "RepeatsForm",
    "RewordForm",
    "SendBackForm",
    "SetAsideForm",
    "Span",
    "TriageForm",
    "VerdictForm",
]
