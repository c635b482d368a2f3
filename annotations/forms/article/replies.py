"""Right of reply: who is asked and in which letter, what they answer, and the desk's letter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats import apart, sendable
from annotations.models import LetterTemplate, ReplyPoint
from annotations.text.canonical import BadText
from annotations.vocabulary import Channel
from annotations.words.unreadable import bad_text

MEGABYTES = 10
"""The size of the file that comes with an answer, at most."""
LONGEST = 10_000
"""Characters of an answer by a link, at most, to each claim."""


class ReplyForm(forms.Form):
    """Who was asked for a reply to which claims, or is asked by mail; or why nobody is."""

    claims = forms.MultipleChoiceField(
        label=gettext_lazy("About which claims"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose the claims it is about.")},
    )
    addressee = forms.CharField(label=gettext_lazy("Who is asked"), required=False, max_length=200)
    channel = forms.ChoiceField(
        label=gettext_lazy("How"), required=False, choices=[("", "–"), *Channel.choices]
    )
    until = forms.DateField(
        label=gettext_lazy("Asked to answer by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        required=False,
        help_text=gettext_lazy(
            "If you give it, the letter below is sent from here, after you have looked at it."
            " Leave it empty to note that they were asked otherwise."
        ),
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), required=False, max_length=200)
    letter = forms.CharField(
        label=gettext_lazy("Letter"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=gettext_lazy(
            "{addressee}, {claims}, {until}, {desk} and {link} are filled in. The link leads to"
            " a page where they answer without an account; leave {link} out to give them none."
        ),
    )
    reminds = forms.BooleanField(
        label=gettext_lazy("Remind them by mail, on the day before"), required=False
    )
    not_needed = forms.CharField(
        label=gettext_lazy("Or say why nobody needs to be asked"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, claims: list[tuple[str, str]], sends: bool = True, **kwargs: Any
    ) -> None:
        """`claims` are choices; `sends` says whether mail goes out from here."""
        super().__init__(*args, **kwargs)
        field = self.fields["claims"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = claims
        if not sends:
            for name in ("email", "subject", "letter", "reminds"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        asked, why = data.get("addressee"), data.get("not_needed")
        if asked and why:
            self.add_error("not_needed", _("Either somebody is asked, or nobody: not both."))
        elif not asked and not why and "addressee" not in self.errors:
            self.add_error("addressee", _("Say who is asked, or why nobody needs to be."))
        elif asked and data.get("email"):
            self._ask_letter(data)
        elif asked and not data.get("channel"):
            self.add_error("channel", _("Say how they were asked."))
        return data

    def _ask_letter(self, data: dict[str, Any]) -> None:
        if data.get("channel") not in ("", Channel.EMAIL):
            self.add_error("email", _("To note that they were asked otherwise, leave this empty."))
        for name in ("subject", "letter"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Write what is sent to them."))
        until = data.get("until")
        if until is not None and until < timezone.localdate():
            self.add_error("until", _("That day is over."))


class CriticismForm(forms.Form):
    """Whom claims criticise."""

    claims = forms.MultipleChoiceField(
        label=gettext_lazy("Which claims"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose the claims.")},
    )
    of = forms.CharField(
        label=gettext_lazy("Whom they criticise"),
        max_length=200,
        help_text=gettext_lazy("By the name under which they are asked: once for all of them."),
        widget=forms.TextInput(attrs={"list": "names", "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say whom they criticise.")},
    )

    def __init__(self, *args: Any, claims: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["claims"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = claims


class ReplyAnswerForm(forms.Form):
    """What somebody answered, as words or as a file: a mail is read, any other file is kept."""

    answer = forms.CharField(
        label=gettext_lazy("Their answer"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Their mail (.eml), or a file that came with the answer"),
        required=False,
        help_text=gettext_lazy(
            "Of a mail, its words are the answer if you write none. 10 MB at most."
        ),
    )

    data_of_file = b""

    def __init__(self, *args: Any, language: str = "en", **kwargs: Any) -> None:
        """`language` is that of a mail which does not say it."""
        super().__init__(*args, **kwargs)
        self.language = language

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload and upload.size > MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        if upload:
            self.data_of_file = upload.read()
        return upload

    @property
    def has_mail(self) -> bool:
        upload = self.cleaned_data.get("file")
        return upload is not None and str(upload.name).lower().endswith(".eml")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("answer") or self.errors:
            return data
        if not self.has_mail:
            self.add_error("answer", _("Write what was answered, or “no answer”."))
            return data
        try:
            data["answer"] = apart.read(self.data_of_file, self.language, kind="mail").text
        except BadText as problem:
            self.add_error("file", bad_text(problem))
        return data


class GuestForm(forms.Form):
    """What an addressee answers to each claim that was put to them, and to all together."""

    def __init__(self, *args: Any, points: Iterable[ReplyPoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for point in self.points:
            self.fields[f"answer-{point.uuid}"] = _words(
                _("Your answer to number %(number)d") % {"number": point.number}
            )
        more = _("Anything else you want to say") if self.points else _("Your answer")
        self.fields["words"] = _words(more)
        self.fields["file"] = forms.FileField(
            label=_("A file, if one belongs to it"),
            required=False,
            help_text=_("A PDF, a picture, or a text of Word or OpenDocument. 10 MB at most."),
        )

    data_of_file: bytes | None = None
    file_name = ""

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not upload:
            return upload
        if upload.size > MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        data = upload.read()
        ending = sendable.ending_of(data)
        if not ending:
            raise forms.ValidationError(
                _("This is no PDF, picture, or text of Word or OpenDocument without macros.")
            )
        self.data_of_file, self.file_name = data, sendable.named(upload.name, ending)
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(words for name, words in data.items() if name != "file"):
            raise forms.ValidationError(_("Write an answer to one of them at least."))
        return data

    def answers(self) -> dict[str, str]:
        """What is answered to each point, by its UUID; of a valid form."""
        return {str(point.uuid): self.cleaned_data[f"answer-{point.uuid}"] for point in self.points}

    @property
    def is_lacking_file_only(self) -> bool:
        """Whether the words are as they should be, and the file is not."""
        return set(self.errors) == {"file"}

    def typed(self) -> list[forms.BoundField]:
        """The fields with words: a file is chosen where it is sent."""
        return [field for field in self if field.name != "file"]

    def pairs(self) -> list[tuple[ReplyPoint, forms.BoundField]]:
        """Each point with its field."""
        return [(point, self[f"answer-{point.uuid}"]) for point in self.points]


def _words(label: str) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4, "dir": "auto", "maxlength": LONGEST})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=area)


class LetterForm(forms.ModelForm):
    """How the desk asks for a reply."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = LetterTemplate
        fields = ("subject", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 16, "dir": "auto"})}
        help_texts = {
            "body": gettext_lazy("{addressee}, {claims}, {until}, {desk} and {link} are filled in.")
        }

    def clean_based_on(self) -> int:
        return self.cleaned_data.get("based_on") or 0
