"""Articles in the admin: import, marking, opening, publishing."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations import exchange, readiness, workflow
from annotations.listing import labelled
from annotations.models import (
    DESCRIBED,
    Article,
    Claim,
    Claimant,
    Desk,
    Revision,
    User,
)
from annotations.queries.translations import possible_originals
from annotations.rights import Right, roles_with
from annotations.vocabulary import ClaimStatus
from annotations.words.confidence import name_before_readers
from annotations.workflow import ACTS
from annotations.workflow.confidence import names_before_readers

from .access import denied, desks_with, may, person
from .base import DeskAdmin, ReadOnlyInline, link, original_of
from .filters import DeskFilter
from .forms import (
    AdminImportForm,
    MarkForm,
    details_form,
    original_form,
    people_form,
    publish_form,
    take_back_form,
)
from .importing import import_files
from .moving import REFUSALS, AdminMove, form_page, of, words

SENTENCES_SHOWN = 100


def annotators(desks: Any) -> Any:
    """The people who may annotate at all of these desks."""
    people = User.objects.filter(is_active=True)
    for desk in desks:
        people = people.filter(
            memberships__desk=desk, memberships__role__in=roles_with(Right.ANNOTATE)
        )
    return people.order_by("username")


def _open(article: Article, actor: User, asked: dict[str, Any]) -> str:
    claims = workflow.open_checking(article, asked["who"], actor=actor, due_at=asked["due_at"])
    return ngettext(
        "“%(article)s”: checking is open for %(count)d claim.",
        "“%(article)s”: checking is open for %(count)d claims.",
        len(claims),
    ) % {"article": article, "count": len(claims)}


def _plan(article: Article, actor: User, given: dict[str, Any]) -> None:
    """Who looks after a new article, and by when it is due."""
    if given["is_mine"]:
        workflow.look_after(article, actor=actor)
    if given["due_at"]:
        due = {"due_at": given["due_at"]}
        workflow.plan(article, due, actor=actor, base={"due_at": None})


def _adopt_agreed(article: Article, actor: User, asked: dict[str, Any]) -> str:
    claims = workflow.adopt_agreed(article, actor=actor)
    return ngettext(
        "“%(article)s”: %(count)d claim on which all agree is decided.",
        "“%(article)s”: %(count)d claims on which all agree are decided.",
        len(claims),
    ) % {"article": article, "count": len(claims)}


def _publish(article: Article, actor: User, asked: dict[str, Any]) -> str:
    notes = {
        claim.pk: workflow.CorrectionNote(
            asked[f"kind_{claim.uuid.hex}"], asked[f"why_{claim.uuid.hex}"]
        )
        for claim in workflow.to_correct(article)
        if f"kind_{claim.uuid.hex}" in asked
    }
    edition = workflow.publish(article, actor=actor, notes=notes)
    return _("“%(article)s” is published: edition %(number)d.") % {
        "article": article,
        "number": edition.number,
    }


def _cautions(request: HttpRequest, articles: list[Article]) -> list[str]:
    """Confidential names that stand in what readers would get, as the page of approval says."""
    found = []
    for article in articles:
        claims = list(Claim.objects.made_in(article))
        waiting = [
            row for row in claims if row.status in (ClaimStatus.DECIDED, ClaimStatus.APPROVED)
        ]
        others = [row for row in claims if row not in waiting]
        named = names_before_readers(waiting, others)
        found += [
            labelled(claim, name_before_readers(source, person(request)))
            for claim in claims
            for source in named.get(claim.pk, ())
        ]
    return found


def _approve_article(article: Article, actor: User, asked: dict[str, Any]) -> str:
    workflow.approve_article(article, actor=actor)
    return _("“%s” is approved as it stands.") % article


def _withdraw(article: Article, actor: User, asked: dict[str, Any]) -> str:
    workflow.withdraw(article, actor=actor, why=asked["why"], reason=asked["reason"])
    return _("“%s” is withdrawn.") % article


def _confirm(article: Article, actor: User, asked: dict[str, Any]) -> str:
    workflow.confirm_taking_back(article, actor=actor)
    return _("“%s”: confirmed.") % article


def _translate(article: Article, actor: User, asked: dict[str, Any]) -> str:
    workflow.translate(article, asked["original"], actor=actor)
    return _("“%s” is tied to its original.") % article


def _describe(article: Article, actor: User, asked: dict[str, Any]) -> str:
    values = {name: asked[name] for name in DESCRIBED}
    workflow.describe(article, values, actor=actor, base=asked["base"])
    return _("“%s”: the details are changed.") % article


def _untie(article: Article, actor: User, asked: dict[str, Any]) -> str:
    workflow.untie(article, actor=actor)
    return _("“%s” is not a translation any more.") % article


class RevisionInline(ReadOnlyInline):
    model = Revision
    fields = ("number", "sha256", "created_by", "created_at", "page")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("text").select_related("created_by", "article")


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    log_path = "article"
    list_display = ("title", "desk", "status", "outlet", "created_by", "created_at")
    list_filter = (DeskFilter, "status", "public_text")
    list_select_related = ("desk", "created_by")
    search_fields = ("title__holds", "outlet__holds", "byline__holds", "url")
    date_hierarchy = "created_at"
    fields = (
        "title", "desk", "status", "outlet", "topic", "byline", "url", "published_on", "language",
        "translates", "why_selected", "public_text", "permission", "created_by", "created_at",
        "in_the_way", "claims", "sentences",
    )  # fmt: skip
    readonly_fields = fields
    inlines = (RevisionInline,)
    moves = (
        of(
            ACTS["open"],
            _open,
            lambda request, rows: people_form(
                annotators(Desk.objects.filter(pk__in={row.desk_id for row in rows}))
            ),
            name="open_checking",
        ),
        AdminMove("adopt_agreed", gettext_lazy("Adopt all agreed"), Right.DECIDE, _adopt_agreed),
        of(
            ACTS["publish"],
            _publish,
            lambda request, rows: publish_form(
                [claim for row in rows for claim in workflow.to_correct(row)]
            ),
            cautions=_cautions,
        ),
        of(ACTS["approve_article"], _approve_article),
        of(
            ACTS["withdraw"],
            _withdraw,
            take_back_form,
        ),
        AdminMove("confirm", gettext_lazy("Confirm a withdrawal"), Right.APPROVE, _confirm),
        AdminMove(
            "describe",
            gettext_lazy("Change the details"),
            Right.IMPORT,
            _describe,
            lambda request, rows: details_form(rows[0]),
            most=1,
        ),
        AdminMove(
            "translate",
            gettext_lazy("Tie to its original"),
            Right.IMPORT,
            _translate,
            lambda request, rows: original_form(possible_originals(rows[0], person(request))),
        ),
        AdminMove("untie", gettext_lazy("Untie from its original"), Right.IMPORT, _untie),
    )

    @admin.display(description=gettext_lazy("translation of"))
    def translates(self, obj: Any) -> SafeString | str:
        return original_of(obj)

    @admin.display(description=gettext_lazy("in the way of publishing"))
    def in_the_way(self, obj: Article) -> SafeString | str:
        blockers = readiness.blockers(obj)
        return format_html_join("", "{}<br>", ((row.text,) for row in blockers)) or _("Nothing")

    @admin.display(description=gettext_lazy("claims"))
    def claims(self, obj: Article) -> SafeString:
        rows = Claim.objects.made_in(obj).order_by("number")
        return format_html_join(
            "",
            "{}. {} ({})<br>",
            ((row.number, link(row), row.get_status_display()) for row in rows),
        )

    @admin.display(description=gettext_lazy("sentences"))
    def sentences(self, obj: Article) -> SafeString:
        """The first sentences of the latest text, and where to find and triage them all."""
        revision = obj.revision
        rows = revision.sentences.order_by("position")[:SENTENCES_SHOWN]
        shown = format_html_join(
            "",
            '<span dir="auto">{} {}</span> ({})<br>',
            (
                (row.number or "#", revision.text[row.start : row.end], row.get_triage_display())
                for row in rows
            ),
        )
        every = reverse("admin:annotations_sentence_changelist")
        return format_html(
            '{}<a href="{}?article={}">{}</a>', shown, every, obj.uuid, _("All sentences: triage")
        )

    # Importing

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, Right.IMPORT)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Paste or upload a text; what cannot be read is said on the form and leaves nothing."""
        if not self.has_add_permission(request):
            raise denied(request, Right.IMPORT)
        is_sent = request.method == "POST"
        form = AdminImportForm(
            request.POST if is_sent else None,
            request.FILES if is_sent else None,
            desks=desks_with(request, Right.IMPORT),
        )
        if is_sent and form.is_valid():
            given = dict(form.cleaned_data)
            for taken in ("text", "file", "incoming", "key", "is_mine", "due_at"):
                del given[taken]
            text, data, name = form.source()
            desk = given.pop("desk")
            try:
                sent = exchange.Given(text=text, data=data, name=name)
                reading = exchange.read(sent, desk, language=given.pop("language"))
                imported = exchange.import_document(
                    desk, reading.document, actor=person(request), name=name, **given
                )
            except exchange.BadText as bad:
                form.add_error("file" if name else "text", str(bad))
            else:
                if imported.is_new:
                    _plan(imported.article, person(request), form.cleaned_data)
                    messages.success(request, _("The article was imported."))
                else:
                    messages.warning(request, _("This text is already on the desk."))
                return HttpResponseRedirect(_address(imported.article))
        return form_page(
            self, request, form, title=_("Import an article"), status=422 if is_sent else 200
        )

    # Marking

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.mark_view)
        mark = path("<uuid:article>/mark/", view, name="annotations_article_mark")
        files = self.admin_site.admin_view(partial(import_files, self))
        many = path("import/", files, name="annotations_article_import")
        return [mark, many, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        article = context["original"]
        if may(request, Right.MARK, article.desk_id):
            address = reverse("admin:annotations_article_mark", args=[article.uuid])
            context["tools"] = [(address, _("Mark words"))]
        return super().render_change_form(request, context, *args, **kwargs)

    def mark_view(self, request: HttpRequest, article: Any) -> HttpResponse:
        """Mark words of the current text as a claim."""
        found = self.get_queryset(request).filter(uuid=article).first()
        if found is None:
            raise Http404
        if not may(request, Right.MARK, found.desk_id):
            raise denied(request, Right.MARK, found.desk)
        is_sent = request.method == "POST"
        form = MarkForm(request.POST if is_sent else None, text=found.revision.text)
        status = 422 if is_sent else 200
        if is_sent and form.is_valid():
            try:
                claim = _mark(found, form, person(request))
            except REFUSALS as refusal:
                form.add_error(None, words(refusal))
                status = 409
            else:
                messages.success(request, _("Claim %d is marked.") % claim.number)
                return HttpResponseRedirect(_address(found))
        return form_page(self, request, form, title=_("Mark words"), rows=[found], status=status)


def _address(article: Article) -> str:
    return reverse("admin:annotations_article_change", args=[article.uuid])


@transaction.atomic
def _mark(article: Article, form: MarkForm, actor: User) -> Claim:
    """Mark the words as a new claim, or as one more place of an old one."""
    asked = form.cleaned_data
    start, end = form.span
    if asked["same_as"]:
        claim = Claim.objects.filter(desk=article.desk, number=asked["same_as"]).first()
        if claim is None:
            raise workflow.Refused(_("The desk has no claim of that number."))
        made = workflow.mark(
            article, start, end, actor=actor, claim=claim, said_on=asked["said_on"]
        )
    else:
        wording = workflow.ClaimDraft(
            claim_reviewed=asked["claim_reviewed"],
            interpretation=asked["interpretation"],
            claimant=_claimant(article, asked, "claimant"),
            reports=_claimant(article, asked, "reports"),
            type=asked["type"],
        )
        made = workflow.mark(
            article, start, end, actor=actor, wording=wording, said_on=asked["said_on"]
        )
    return made.claim


def _claimant(article: Article, asked: dict[str, Any], which: str) -> Claimant | None:
    """Who was named in the fields of "claimant" or "reports"."""
    name, kind = asked[f"{which}_name"], asked[f"{which}_kind"]
    return workflow.claimant_typed(article.desk, name, kind=kind, outlet=article.outlet)
