"""What people fill in. A form gets instances and querysets, never the request."""

from .article import ImportForm, OpenForm, TriageForm
from .claim import AddMarkForm, ClaimForm, SetAsideForm
from .evidence import AnnotationForm, CitationForm
from .revision import AttachForm, LetGoForm, ReviseForm
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
    "AttachForm",
    "CitationForm",
    "ClaimForm",
    "CorrectForm",
    "CorrectionForm",
    "ImportForm",
    "LetGoForm",
    "OpenForm",
    "ReasonForm",
    "ReviseForm",
    "SendBackForm",
    "SetAsideForm",
    "TriageForm",
    "VerdictForm",
]
