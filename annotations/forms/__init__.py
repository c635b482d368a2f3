"""What people fill in. A form gets instances and querysets, never the request."""

from .account.people import (
    AccountForm,
    ComeInForm,
    Invited,
    InviteForm,
    SetUpForm,
    SignInForm,
    proposed_username,
)
from .account.signing_in import held
from .article.asking import AskForm
from .article.changes import ChangeForm
from .article.claim import (
    AddMarkForm,
    ClaimForm,
    DuplicateForm,
    RepeatsForm,
    RewordForm,
    SetAsideForm,
    Span,
)
from .article.comment import CommentForm
from .article.evidence import AnnotationForm, CitationForm, PlaceForm
from .article.planning import PlanForm
from .article.replies import CriticismForm, GuestForm, LetterForm, ReplyAnswerForm, ReplyForm
from .article.revision import AttachForm, LetGoForm, ReviseForm
from .article.taking_back import ConfirmForm, TakeBackForm, WithdrawForm
from .article.verdict import (
    AddedSources,
    AskAgainForm,
    CorrectForm,
    CorrectionForm,
    ReviewForm,
    SendBackForm,
    VerdictForm,
)
from .article.work import DescribeForm, OpenForm, OriginalForm, TiesForm, TriageForm
from .desk.bulk import ChosenForm
from .desk.claimants import ClaimantForm, MergeForm, OtherNameForm
from .desk.confidence import ConfideForm, IdentityForm
from .desk.look import LookForm
from .desk.noting import NoteForm
from .desk.phrases import PhraseForm
from .desk.readers import AnswerForm, StatementForm
from .desk.rules import CopyForm, EnrolForm, GuidelinesForm, LogForm, PeriodForm, RulesForm
from .desk.saving import SaveFilterForm
from .fields import PartialDateField
from .importing.article import ImportForm
from .importing.earlier import EarlierChecksForm
from .importing.file_imports import FileImportsForm
from .public.report import ReportForm
from .reason import ReasonForm

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
    "FileImportsForm",
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
