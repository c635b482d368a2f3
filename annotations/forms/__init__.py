"""What people fill in. A form gets instances and querysets, never the request."""

from .article import DescribeForm, ImportForm, OpenForm, OriginalForm, TiesForm, TriageForm
from .bulk import ChosenForm
from .changes import ChangeForm
from .claim import (
    AddMarkForm,
    ClaimForm,
    DuplicateForm,
    RepeatsForm,
    RewordForm,
    SetAsideForm,
    Span,
)
from .claimants import ClaimantForm, MergeForm, OtherNameForm
from .comment import CommentForm
from .confidence import ConfideForm, IdentityForm
from .desk import (
    AskForm,
    ConfirmForm,
    CopyForm,
    EnrolForm,
    GuidelinesForm,
    LogForm,
    PeriodForm,
    RulesForm,
    TakeBackForm,
    WithdrawForm,
)
from .earlier import EarlierChecksForm
from .evidence import AnnotationForm, CitationForm, PlaceForm
from .fields import PartialDateField
from .look import LookForm
from .noting import NoteForm
from .people import (
    AccountForm,
    ComeInForm,
    Invited,
    InviteForm,
    SetUpForm,
    SignInForm,
    proposed_username,
)
from .phrases import PhraseForm
from .planning import PlanForm
from .readers import AnswerForm, ReportForm, StatementForm
from .replies import CriticismForm, GuestForm, LetterForm, ReplyAnswerForm, ReplyForm
from .revision import AttachForm, LetGoForm, ReviseForm
from .saving import SaveFilterForm
from .signing_in import held
from .verdict import (
    AddedSources,
    AskAgainForm,
    CorrectForm,
    CorrectionForm,
    ReasonForm,
    ReviewForm,
    SendBackForm,
    VerdictForm,
)

__all__ = [
    "AccountForm",
    "AddMarkForm",
    "AddedSources",
    "AnnotationForm",
    "AnswerForm",
    "AskAgainForm",
    "AskForm",
    "AttachForm",
    "ChangeForm",
    "ChosenForm",
    "CitationForm",
    "ClaimForm",
    "ClaimantForm",
    "ComeInForm",
    "CommentForm",
    "ConfideForm",
    "ConfirmForm",
    "CopyForm",
    "CorrectForm",
    "CorrectionForm",
    "CriticismForm",
    "DescribeForm",
    "DuplicateForm",
    "EarlierChecksForm",
    "EnrolForm",
    "GuestForm",
    "GuidelinesForm",
    "IdentityForm",
    "ImportForm",
    "InviteForm",
    "Invited",
    "LetGoForm",
    "LetterForm",
    "LogForm",
    "LookForm",
    "MergeForm",
    "NoteForm",
    "OpenForm",
    "OriginalForm",
    "OtherNameForm",
    "PartialDateField",
    "PeriodForm",
    "PhraseForm",
    "PlaceForm",
    "PlanForm",
    "ReasonForm",
    "RepeatsForm",
    "ReplyAnswerForm",
    "ReplyForm",
    "ReportForm",
    "ReviewForm",
    "ReviseForm",
    "RewordForm",
    "RulesForm",
    "SaveFilterForm",
    "SendBackForm",
    "SetAsideForm",
    "SetUpForm",
    "SignInForm",
    "Span",
    "StatementForm",
    "TakeBackForm",
    "TiesForm",
    "TriageForm",
    "VerdictForm",
    "WithdrawForm",
    "held",
    "proposed_username",
]
