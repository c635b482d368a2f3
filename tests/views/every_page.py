"""Every page of the app with the forms on it: a form that is added tomorrow is on one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import resolve

from annotations import workflow
from annotations.models import Article, Assignment, Edition, Mark, Report, Source, User
from tests import cast as c
from tests.e2e.test_pages import Visit, addresses
from tests.views.forms import Found, forms_of


def besides() -> list[Visit]:
    """Pages with forms that `addresses` has in another state, or has not."""
    edition = Edition.objects.filter(desk__slug="lantern", claim__isnull=False).latest("pk")
    Report.objects.create(edition=edition, words="The figure is of another year.")
    lantern = Article.objects.get(desk__slug="lantern", translations__isnull=False)
    edith = User.objects.get(username="edith")
    corrected, spotted = (
        to_correct(edith),
        c.import_text(edith.desks.get(), edith, "News\n\nIt is."),
    )
    claim = c.mark(spotted, "It is", edith)
    deciding, checking = (
        Mark.objects.filter(claim__desk__slug="sample", claim__status=status).latest("pk")
        for status in ("deciding", "checking")
    )
    source = cited_by_carla()
    return [
        ("report", "nadia", "/desks/lantern/reports/", 200),
        ("revise", "nadia", f"/articles/{lantern.pk}/revise/", 200),
        ("discussion", "edith", f"{of(deciding)}&tab=discussion", 200),
        ("claim", "edith", of(checking), 200),
        ("edit-claim", "edith", f"/articles/{spotted.pk}/?claim={claim.pk}&edit=1", 200),
        ("one-more-place", "edith", f"/articles/{spotted.pk}/?claim={claim.pk}&start=0&end=4", 200),
        ("source-note", "carla", f"/sources/{source.uuid}/", 200),
        ("approve-correction", "emil", f"/articles/{corrected.pk}/approve/", 200),
    ]


def cited_by_carla() -> Source:
    """A source of an annotation that is not handed in."""
    carla = User.objects.get(username="carla")
    check = Assignment.objects.filter(person=carla, status="started")[0]
    described = workflow.SourceDraft("The register")
    return workflow.save_citation(check, described, person=carla, stance="context").source


def of(mark: Mark) -> str:
    """The workbench at the claim of a mark."""
    return f"/articles/{mark.revision.article_id}/?claim={mark.claim_id}"


def to_correct(edith: User) -> Article:
    """An article of the sample desk with a published claim whose correction is approved."""
    emil, *checkers = (User.objects.get(username=name) for name in ("emil", "carla", "chidi"))
    article = c.import_text(edith.desks.get(), edith, c.TEXT.replace("Ferry", "Boat"))
    claim = c.mark(article, c.MARKED, edith)
    c.triage_all(article, edith)
    workflow.open_checking(article, checkers, actor=edith)
    for person in checkers:
        c.annotate(claim, person)
    c.decide(claim, edith)
    workflow.approve(claim, actor=emil)
    workflow.publish(article, actor=emil)
    workflow.reopen(claim, actor=emil, reason="A letter came.")
    c.decide(claim, edith, "true", finding="It did.")
    workflow.approve(claim, actor=emil)
    return article


@dataclass
class Pages:
    """Every page as somebody has it who may: its forms, and the templates that made it."""

    forms: list[Found] = field(default_factory=list)
    templates: set[str] = field(default_factory=set)

    def long(self) -> Iterator[Found]:
        """The forms of ours in which people write at length."""
        for form in self.forms:
            found = resolve(form.path)
            is_ours = found.func.__module__.startswith("annotations")
            if form.long and is_ours and found.view_name != "account_login":
                yield form


def opened() -> Pages:
    pages = Pages()
    clients: dict[str | None, Client] = {}
    for _name, who, path, status in [*addresses(), *besides()]:
        if who not in clients:
            clients[who] = Client()
            if who:
                clients[who].force_login(User.objects.get(username=who))
        answer: Any = clients[who].get(path)
        assert answer.status_code == status, path
        for form in forms_of(path, answer.content):
            form.who = who
            pages.forms.append(form)
        pages.templates |= {str(each.name) for each in answer.templates}
    return pages
