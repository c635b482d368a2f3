"""Checks in the admin: one's own annotation is written here; others' are seen once disclosed."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import workflow
from annotations.forms import PartialDateField, ReasonForm
from annotations.models import (
    OPEN,
    Annotation,
    Assignment,
    Citation,
    Snapshot,
    Source,
    User,
)
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus

from .access import may, person
from .base import ByUuidFormSet, DeskAdmin, finding_in_words, link
from .filters import DeskFilter, OverdueFilter, PersonFilter
from .forms import long_text
from .moving import REFUSALS, AdminMove, words
from .saving import BASES, SavesDrafts, VersionedForm
from .typed import AnyModelForm, AnyStackedInline


def _give_back(assignment: Assignment, actor: User, asked: dict[str, Any]) -> str:
    workflow.give_back(assignment, actor=actor, reason=asked["reason"])
    return _("Returned to %s.") % assignment.person


def _take_back(assignment: Assignment, actor: User, asked: dict[str, Any]) -> str:
    workflow.take_back(assignment, actor=actor, reason=asked["reason"])
    return _("%s is not asked any more.") % assignment.person


def _decline(assignment: Assignment, actor: User, asked: dict[str, Any]) -> str:
    workflow.decline(assignment, actor=actor, reason=asked["reason"])
    return _("You have declined.")


def _is_open(assignment: Assignment) -> bool:
    return assignment.status in OPEN and assignment.claim.status == ClaimStatus.CHECKING


@admin.register(Assignment)
class AssignmentAdmin(DeskAdmin):
    blind = True
    desk_path = "claim__desk"
    person_path = "person"
    log_path = "assignment"
    list_display = ("__str__", "its_claim", "person", "task", "status", "due_at")
    list_filter = (DeskFilter, "status", "task", PersonFilter, OverdueFilter)
    list_select_related = ("claim", "person")
    search_fields = ("claim__claim_reviewed__holds", "person__username")
    fields = (
        "its_claim", "person", "task", "status", "due_at", "assigned_by", "assigned_at",
        "its_annotation",
    )  # fmt: skip
    readonly_fields = fields
    actions = ("write_annotation",)
    moves = (
        AdminMove(
            "give_back",
            workflow.GIVE_BACK.label,
            Right.DECIDE,
            _give_back,
            lambda request, rows: ReasonForm,
        ),
        AdminMove(
            "take_back",
            gettext_lazy("Ask no longer"),
            Right.ASSIGN,
            _take_back,
            lambda request, rows: ReasonForm,
        ),
        AdminMove(
            "decline",
            gettext_lazy("Decline what I am asked"),
            Right.ANNOTATE,
            _decline,
            lambda request, rows: ReasonForm,
        ),
    )

    @admin.display(description=gettext_lazy("claim"))
    def its_claim(self, obj: Assignment) -> SafeString:
        return link(obj.claim)

    @admin.display(description=gettext_lazy("annotation"))
    def its_annotation(self, obj: Any) -> SafeString | str:
        row = Annotation.objects.visible_to(obj.viewer).filter(assignment=obj).first()
        return link(row) if row else "–"

    def has_annotate_permission(self, request: HttpRequest) -> bool:
        return may(request, Right.ANNOTATE)

    @admin.action(description=gettext_lazy("Write my annotation"), permissions=["annotate"])
    def write_annotation(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Start the one chosen check of one's own, and go to its annotation."""
        rows = list(queryset[:2])
        if len(rows) != 1:
            messages.error(request, _("Choose one check."))
            return None
        assignment = rows[0]
        try:
            workflow.start(assignment, actor=person(request))
            if not Annotation.objects.filter(assignment=assignment).exists():
                workflow.save_annotation(
                    assignment, workflow.Answer(), person=person(request), based_on=0
                )
        except REFUSALS as refusal:
            messages.error(request, words(refusal))
            return None
        annotation = Annotation.objects.get(assignment=assignment)
        return HttpResponseRedirect(
            reverse("admin:annotations_annotation_change", args=[annotation.uuid])
        )


class AnnotationForm(VersionedForm):
    class Meta:
        model = Annotation
        fields = ("rating", "finding", "justification", "confidence")
        widgets = {"justification": AdminTextareaWidget({"dir": "auto"})}


class CitationForm(AnyModelForm):
    """A citation with its source described in place: people share no sources before disclosure."""

    title = forms.CharField(label=gettext_lazy("source"), max_length=300)
    publisher = forms.CharField(label=gettext_lazy("publisher"), max_length=200, required=False)
    url = forms.URLField(
        label=gettext_lazy("web address"), max_length=2000, required=False, assume_scheme="https"
    )
    published_on = PartialDateField(label=gettext_lazy("published on"), required=False)
    is_primary = forms.BooleanField(label=gettext_lazy("primary source"), required=False)
    passage = long_text(gettext_lazy("passage"), required=False)
    note = long_text(gettext_lazy("note"), required=False)

    class Meta:
        model = Citation
        fields = ("stance", "passage", "locator", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in SOURCE_FIELDS:
                self.initial[name] = getattr(self.instance.source, name)

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if url and not url.startswith(("http://", "https://")):
            raise forms.ValidationError(_("Give an address that begins with http:// or https://."))
        return url


SOURCE_FIELDS = ("title", "publisher", "url", "published_on", "is_primary")
BESIDES = ("isbn", "authors", "language", "kind", "interests", "is_confidential")
USE_FIELDS = ("stance", "passage", "locator", "note")


class CitationInline(AnyStackedInline):
    """The citations of an annotation; editable only on the user's own open annotation."""

    model = Citation
    form = CitationForm
    formset = ByUuidFormSet
    extra = 1
    view_on_site = False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj):
            return (*SOURCE_FIELDS, *USE_FIELDS)
        return ("its_source", *USE_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if self.has_change_permission(request, obj) else ("its_source",)

    @admin.display(description=gettext_lazy("source"))
    def its_source(self, obj: Citation) -> SafeString:
        return link(obj.source)

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = Citation.objects.visible_to(person(request))
        return rows.select_related("source").order_by("position", "pk")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, Right.READ)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_write(request, obj)

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission


def _may_write(request: HttpRequest, annotation: Any) -> bool:
    """One's own while it is open. A save that comes too late is answered with what was typed."""
    if annotation is None or annotation.assignment.person_id != person(request).pk:
        return False
    return request.method == "POST" or _is_open(annotation.assignment)


def _submit(annotation: Annotation, actor: User, asked: dict[str, Any]) -> str:
    workflow.submit(annotation.assignment, actor=actor)
    return _("Your annotation of “%s” is submitted.") % annotation.assignment.claim


@admin.register(Annotation)
class AnnotationAdmin(SavesDrafts):
    blind = True
    desk_path = "assignment__claim__desk"
    person_path = "assignment__person"
    list_display = ("__str__", "its_claim", "its_person", "state", "rating", finding_in_words)
    list_filter = (DeskFilter, PersonFilter)
    list_select_related = ("assignment__claim", "assignment__person", "rating")
    search_fields = (
        "finding__holds",
        "justification__holds",
        "assignment__claim__claim_reviewed__holds",
    )
    sortable_by = ()  # no order that tells who was first
    readonly_fields = ("its_claim", "how_we_read_it", "its_person", "state")
    inlines = (CitationInline,)
    moves = (AdminMove("submit", gettext_lazy("Submit"), Right.ANNOTATE, _submit),)

    @admin.display(description=gettext_lazy("claim"))
    def its_claim(self, obj: Annotation) -> SafeString:
        return link(obj.assignment.claim)

    @admin.display(description=gettext_lazy("how we read it"))
    def how_we_read_it(self, obj: Annotation) -> str:
        return obj.assignment.claim.interpretation or "–"

    @admin.display(description=gettext_lazy("person"))
    def its_person(self, obj: Annotation) -> str:
        return str(obj.assignment.person)

    @admin.display(description=gettext_lazy("state"))
    def state(self, obj: Annotation) -> str:
        return str(obj.assignment.get_status_display())

    def log_of(self, obj: Annotation) -> dict[str, Any]:
        return {"assignment": obj.assignment}

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.select_related("assignment__claim__desk", "assignment__person", "rating")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_write(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        hidden = BASES if self.has_change_permission(request, obj) else ()
        return (*self.readonly_fields, *AnnotationForm.Meta.fields, *hidden)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if not self.has_change_permission(request, obj):
            return super().get_form(request, obj, change, **kwargs)
        kwargs["form"] = self.late_form(request, AnnotationForm)
        form: Any = super().get_form(request, obj, change, **kwargs)
        scale = obj.assignment.claim.desk.scale
        form.base_fields["rating"].queryset = scale.ratings.all()
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        asked = form.cleaned_data
        workflow.save_annotation(
            obj.assignment,
            workflow.Answer(**{name: asked[name] for name in AnnotationForm.Meta.fields}),
            person=person(request),
            based_on=asked["based_on"],
            key=asked["key"],
        )

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        """Each changed citation saved, with a key of its own from the form's key."""
        assignment = form.instance.assignment
        for row in formset.forms:
            cited = row.instance if row.instance.pk else None
            if row in formset.deleted_forms:
                if cited:
                    workflow.remove_citation(assignment, cited, person=person(request))
            elif row.has_changed():
                asked = row.cleaned_data
                # What this form does not ask stays as the source has it.
                known = {name: getattr(cited.source, name) for name in BESIDES} if cited else {}
                described = known | {name: asked[name] for name in SOURCE_FIELDS}
                workflow.save_citation(
                    assignment,
                    workflow.SourceDraft(**described),
                    person=person(request),
                    citation=cited,
                    key=uuid.uuid5(form.cleaned_data["key"], row.prefix),
                    **{name: asked[name] for name in USE_FIELDS},
                )


@admin.register(Snapshot)
class SnapshotAdmin(DeskAdmin):
    """Saved copies. The bytes are fetched on the source's own page."""

    blind = True
    desk_path = "source__desk"
    list_display = ("name", "its_source", "media_type", "taken_by", "taken_at")
    list_filter = (DeskFilter,)
    list_select_related = ("source", "taken_by")
    search_fields = ("name__holds", "source__title__holds")
    date_hierarchy = "taken_at"
    fields = ("name", "its_source", "media_type", "size", "sha256", "taken_by", "taken_at")
    readonly_fields = fields

    @admin.display(description=gettext_lazy("source"))
    def its_source(self, obj: Snapshot) -> SafeString:
        return link(obj.source)


@admin.register(Citation)
class CitationAdmin(DeskAdmin):
    blind = True
    desk_path = "source__desk"
    list_display = ("__str__", "its_source", "stance", "locator", "where")
    list_filter = (DeskFilter, "stance")
    list_select_related = (
        "source", "annotation__assignment__claim", "verdict__claim",
    )  # fmt: skip
    search_fields = ("source__title__holds", "source__url", "passage", "note")
    sortable_by = ()
    fields = ("its_source", "where", "stance", "passage", "locator", "note")
    readonly_fields = fields

    @admin.display(description=gettext_lazy("source"))
    def its_source(self, obj: Citation) -> SafeString:
        return link(obj.source)

    @admin.display(description=gettext_lazy("cited by"))
    def where(self, obj: Citation) -> SafeString:
        return link(obj.annotation or obj.verdict)


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    blind = True
    list_display = ("title", "publisher", "url", "published_on", "is_primary", "desk")
    list_filter = (DeskFilter, "is_primary")
    list_select_related = ("desk",)
    search_fields = ("title__holds", "publisher", "url")
    sortable_by = ("title", "publisher")
    fields = (
        "title", "publisher", "authors", "url", "isbn", "published_on", "language", "kind",
        "is_primary", "interests", "is_confidential", "desk",
    )  # fmt: skip
    readonly_fields = fields
