"""Claims in the admin: their wording until checking opens, and the moves of their life."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import workflow
from annotations.forms import ReasonForm, SetAsideForm
from annotations.listing import colon, listed
from annotations.models import Annotation, Assignment, Claim, Claimant, Desk, Mark, User, Verdict
from annotations.rights import Right
from annotations.vocabulary import SetAside
from annotations.workflow import ACTS

from .access import desks_with, may, person
from .articles import annotators
from .base import DeskAdmin, ReadOnlyInline, finding_in_words, link, original_of
from .filters import ArticleFilter, DeskFilter
from .forms import (
    NumberForm,
    OriginalClaimForm,
    ask_form,
    candidates,
    decide_form,
    person_form,
    reword_form,
    take_back_form,
)
from .moving import AdminMove, of
from .saving import BASES, SavesDrafts, VersionedForm

# The moves of one claim, each saying in words what was done.


def _set_aside(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    workflow.set_aside(claim, asked["why"], actor=actor, note=asked["note"])
    return _("“%s” is set aside.") % claim


def _bring_back(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    workflow.bring_back(claim, actor=actor, reason=asked["reason"])
    return _("“%s” is back.") % claim


def _decide(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    key = claim.uuid.hex
    adopted, rating = asked[f"adopt_{key}"], asked[f"rating_{key}"]
    rows = [adopted] if adopted else candidates(claim, actor)
    draft = workflow.as_draft(rows[0])
    if rating:
        cited = [each for row in rows for each in workflow.as_draft(row).citations]
        draft = workflow.VerdictDraft(
            rating,
            asked[f"finding_{key}"],
            asked[f"justification_{key}"],
            citations=list(dict.fromkeys(cited)),
        )
    draft = replace(draft, cause=asked[f"cause_{key}"], reason=asked[f"reason_{key}"])
    verdict = workflow.decide(claim, draft, actor=actor)
    return _("“%(claim)s” is decided: %(rating)s.") % {"claim": claim, "rating": verdict.rating}


def _decide_form(request: HttpRequest, claims: list[Claim]) -> Any:
    """The annotations side by side."""
    return decide_form({claim: candidates(claim, person(request)) for claim in claims})


def _approve(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    workflow.approve(claim, actor=actor)
    return _("“%s” is approved.") % claim


def _send_back(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    workflow.send_back(claim, actor=actor, reason=asked["reason"])
    return _("“%s” is sent back.") % claim


def _reopen(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    workflow.reopen(claim, actor=actor, reason=asked["reason"])
    return _("“%s” is open for correction.") % claim


def _ask_again(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    workflow.ask_again(
        claim, asked["who"], actor=actor, reason=asked["reason"], due_at=asked["due_at"]
    )
    return _("%(person)s is asked to check “%(claim)s”.") % {
        "person": asked["who"],
        "claim": claim,
    }


def _duplicate(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    other = _of_number(claim.desk, asked["same_as"])
    workflow.set_aside(claim, SetAside.DUPLICATE, actor=actor, duplicate_of=other)
    return _("“%s” is set aside.") % claim


def _of_number(desk: Desk, number: int) -> Claim:
    """The desk's claim of that number. Raises Refused where it has none."""
    found = Claim.objects.filter(desk=desk, number=number).first()
    if found is None:
        raise workflow.Refused(_("The desk has no claim of that number."))
    return found


def _translate(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    workflow.translate(claim, _of_number(claim.desk, asked["same_as"]), actor=actor)
    return _("“%s” is tied to its original.") % claim


def _untie(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    workflow.untie(claim, actor=actor)
    return _("“%s” is not a translation any more.") % claim


def _reword(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    changed = workflow.reword(
        claim,
        asked["draft"],
        actor=actor,
        reason=asked["reason"],
        based_on=asked["version"] or 0,
    )
    return _("The wording is now “%s”.") % changed


def _assign(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    check = workflow.assign(
        claim, asked["who"], actor=actor, task=asked["task"], due_at=asked["due_at"]
    )
    return _("%(person)s is asked: %(task)s, “%(claim)s”.") % {
        "person": check.person,
        "task": check.get_task_display(),
        "claim": claim,
    }


def _retract(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    workflow.retract(claim, actor=actor, why=asked["why"], reason=asked["reason"])
    return _("“%s” is retracted.") % claim


def _confirm(claim: Claim, actor: User, asked: dict[str, Any]) -> str:
    workflow.confirm_taking_back(claim, actor=actor)
    return _("“%s”: confirmed.") % claim


def _members(request: HttpRequest, claims: list[Claim]) -> Any:
    return ask_form(annotators(Desk.objects.filter(pk__in={row.desk_id for row in claims})))


def _reason(request: HttpRequest, claims: list[Claim]) -> Any:
    return ReasonForm


MOVES = (
    of(
        ACTS["set_aside"],
        _set_aside,
        lambda request, rows: SetAsideForm,
    ),
    of(
        ACTS["duplicate"],
        _duplicate,
        lambda request, rows: NumberForm,
    ),
    AdminMove(
        "translate",
        gettext_lazy("Tie to the same claim in another language"),
        Right.MARK,
        _translate,
        lambda request, rows: OriginalClaimForm,
    ),
    AdminMove("untie", gettext_lazy("It is not a translation"), Right.MARK, _untie),
    of(ACTS["reword"], _reword, lambda request, rows: reword_form(rows[0]), most=1),
    AdminMove("assign", gettext_lazy("Ask somebody"), Right.ASSIGN, _assign, _members),
    of(
        ACTS["retract"],
        _retract,
        take_back_form,
    ),
    AdminMove("confirm", gettext_lazy("Confirm a retraction"), Right.APPROVE, _confirm),
    of(ACTS["bring_back"], _bring_back, _reason),
    of(ACTS["decide"], _decide, _decide_form),
    of(ACTS["approve"], _approve),
    of(ACTS["send_back"], _send_back, _reason),
    of(ACTS["correct"], _reopen, _reason, name="reopen"),
    of(
        ACTS["ask_again"],
        _ask_again,
        lambda request, rows: person_form(
            annotators(Desk.objects.filter(pk__in={row.desk_id for row in rows}))
        ),
    ),
)


class ClaimForm(VersionedForm):
    class Meta:
        model = Claim
        fields = ("claim_reviewed", "interpretation", "claimant", "reports", "type")


class MarkInline(ReadOnlyInline):
    model = Mark
    fields = ("exact", "article", "start", "end", "said_on", "page")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).defer("revision__text")
        return rows.select_related("revision__article")

    @admin.display(description=gettext_lazy("article"))
    def article(self, obj: Mark) -> SafeString:
        return link(obj.revision.article)


class AssignmentInline(ReadOnlyInline):
    model = Assignment
    fields = ("person", "task", "status", "due_at", "page")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("person")


class VerdictInline(ReadOnlyInline):
    model = Verdict
    fields = ("number", "rating", "its_finding", "decided_by", "decided_at", "page")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("rating", "decided_by")

    @admin.display(description=gettext_lazy("Finding"))
    def its_finding(self, obj: Verdict) -> str:
        return finding_in_words(obj)


@admin.register(Claim)
class ClaimAdmin(SavesDrafts):
    article_path = "marks__revision__article"
    log_path = "claim"
    list_display = ("number", "claim_reviewed", "desk", "status", "type", "claimant")
    list_display_links = ("number", "claim_reviewed")
    list_filter = (DeskFilter, ArticleFilter, "status", "type", "set_aside")
    list_select_related = ("desk", "claimant")
    search_fields = ("claim_reviewed__holds", "interpretation", "claimant__name__holds")
    date_hierarchy = "created_at"
    autocomplete_fields = ("claimant", "reports")
    readonly_fields = (
        "number", "desk", "status", "set_aside", "set_aside_note", "duplicate_of", "language",
        "translates", "created_by", "created_at", "changed_by", "changed_at", "annotations",
    )  # fmt: skip
    inlines = (MarkInline, AssignmentInline, VerdictInline)
    moves = MOVES

    @admin.display(description=gettext_lazy("translation of"))
    def translates(self, obj: Any) -> SafeString | str:
        return original_of(obj)

    @admin.display(description=gettext_lazy("annotations"))
    def annotations(self, obj: Any) -> SafeString | str:
        rows = Annotation.objects.visible_to(obj.viewer).filter(assignment__claim=obj)
        rows = rows.select_related("assignment__person", "rating")
        shown = (
            (
                link(row),
                row.assignment.person,
                colon(),
                listed([row.rating or "–", finding_in_words(row)]),
            )
            for row in rows
        )
        return format_html_join("", "{} {}{}{}<br>", shown) or "–"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None or not may(request, Right.MARK, obj.desk_id):
            return False
        return request.method == "POST" or not obj.wording_is_frozen

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        hidden = BASES if self.has_change_permission(request, obj) else ()
        return (*ClaimForm.Meta.fields, *self.readonly_fields, *hidden)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if not self.has_change_permission(request, obj):
            return super().get_form(request, obj, change, **kwargs)
        kwargs["form"] = self.late_form(request, ClaimForm)
        form: Any = super().get_form(request, obj, change, **kwargs)
        for name in ("claimant", "reports"):
            form.base_fields[name].queryset = Claimant.objects.filter(desk=obj.desk)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        asked = form.cleaned_data
        workflow.save_wording(
            obj,
            workflow.ClaimDraft(**{name: asked[name] for name in ClaimForm.Meta.fields}),
            person=person(request),
            based_on=asked["based_on"],
            key=asked["key"],
        )

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        """Nothing: the rows below a claim are read-only."""


@admin.register(Claimant)
class ClaimantAdmin(DeskAdmin):
    """People and outlets who assert things. Frozen with the claims: added here, never renamed.

    That two names are one is said on the desk's own page.
    """

    list_display = ("name", "description", "kind", "same_as", "desk")
    list_filter = (DeskFilter, "kind")
    list_select_related = ("desk", "same_as")
    search_fields = ("name__holds", "description")
    fields = ("desk", "name", "description", "kind", "main")
    readonly_fields = ("main",)

    @admin.display(description=gettext_lazy("another name of"))
    def main(self, obj: Any) -> SafeString | str:
        return link(obj.same_as) if obj.same_as else "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, Right.MARK)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "desk":
            kwargs["queryset"] = desks_with(request, Right.MARK)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """Back to the list: Django would name the new row by its key."""
        return self.response_post_save_add(request, obj)


@admin.register(Mark)
class MarkAdmin(DeskAdmin):
    desk_path = "claim__desk"
    article_path = "revision__article"
    list_display = ("exact", "its_claim", "article", "start", "end", "said_on")
    list_filter = (DeskFilter, ArticleFilter)
    list_select_related = ("claim", "revision__article")
    search_fields = ("exact", "claim__claim_reviewed__holds")
    date_hierarchy = "created_at"
    fields = (
        "exact", "prefix", "suffix", "start", "end", "said_on", "its_claim", "article",
        "created_by", "created_at",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("revision__text", "revision__notices")

    @admin.display(description=gettext_lazy("claim"))
    def its_claim(self, obj: Mark) -> SafeString:
        return link(obj.claim)

    @admin.display(description=gettext_lazy("article"))
    def article(self, obj: Mark) -> SafeString:
        return link(obj.revision.article)
