"""What people fill in. A form gets instances and querysets, never the request."""

from .article import ImportForm, OpenForm, TriageForm
from .claim import AddMarkForm, ClaimForm, SetAsideForm
from .evidence import AnnotationForm, CitationForm
from .readers import AnswerForm, ReportForm, StatementForm
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
    "AnswerForm",
    "AskAgainForm",
    "CitationForm",
    "ClaimForm",
    "CorrectForm",
    "CorrectionForm",
    "ImportForm",
    "OpenForm",
    "ReasonForm",
    "ReportForm",
    "SendBackForm",
    "SetAsideForm",
    "StatementForm",
    "TriageForm",
    "VerdictForm",
]
