"""What people fill in. A form gets instances and querysets, never the request."""

from .article import ImportForm, OpenForm, TriageForm
from .claim import AddMarkForm, ClaimForm, DuplicateForm, SetAsideForm
from .desk import (
    AnswerForm,
    AskForm,
    CopyForm,
    EnrolForm,
    GuidelinesForm,
    LogForm,
    ReplyForm,
    RulesForm,
    TakeBackForm,
)
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
    "AnswerForm",
    "AskAgainForm",
    "AskForm",
    "CitationForm",
    "ClaimForm",
    "CopyForm",
    "CorrectForm",
    "CorrectionForm",
    "DuplicateForm",
    "EnrolForm",
    "GuidelinesForm",
    "ImportForm",
    "LogForm",
    "OpenForm",
    "ReasonForm",
    "ReplyForm",
    "RulesForm",
    "SendBackForm",
    "SetAsideForm",
    "TakeBackForm",
    "TriageForm",
    "VerdictForm",
]
