"""Editions made from what stands at the desk now.

The same functions make the preview an approver sees and the edition readers get.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from annotations import models, provenance
from annotations.models import (
    Article,
    Claim,
    Mark,
    Revision,
    User,
    Verdict,
    checks_blind,
)
from annotations.vocabulary import ArticleStatus, ClaimStatus, PublicText

from . import content as c
from .evidence import citations_of, leads_of, source_of
from .reading import changes, in_order


def of_article(
    article: Article, *, number: int, at: dt.datetime, reader: User | None = None
) -> c.ArticleEdition:
    """An edition of the article: its public text, marks and findings.

    `reader` is whoever looks at it before others do: the claims they check blind are left out, and
    that they saw the verdicts of the others is noted (rule 4).
    """
    revision = article.revision
    marks = list(_marks(revision))
    claims = _in_reading_order(marks)
    hidden = set() if reader is None else _checked_blind(claims, reader)
    shown = [claim for claim in claims if _is_shown(claim) and claim.pk not in hidden]
    numbers = {claim.pk: position for position, claim in enumerate(shown, 1)}
    verdicts = _verdicts(shown, reader)
    leads = leads_of(each for verdict in verdicts.values() for each in verdict.citations.all())
    placed = [mark for mark in marks if mark.claim_id in numbers]
    return c.ArticleEdition(
        number=number,
        at=at,
        desk=_desk(article.desk),
        article=about(article),
        revision=c.Revision(revision.number, revision.sha256),
        paragraphs=_paragraphs(article, revision, placed),
        marks=tuple(c.Mark(numbers[mark.claim_id], mark.start, mark.end) for mark in placed),
        claims=tuple(
            _claim_in_article(claim, numbers[claim.pk], verdicts.get(claim.pk), leads)
            for claim in shown
        ),
        how=_how(article.desk, shown, verdicts),
        corrections=_corrections(shown),
    )


def about(article: Article) -> c.About:
    """What an edition says of its article beside the text."""
    return c.About(
        uuid=str(article.uuid),
        slug=article.slug,
        title=article.title,
        outlet=article.outlet,
        topic=article.topic,
        byline=article.byline,
        url=article.url,
        published_on=article.published_on,
        language=article.language,
        why_selected=article.why_selected,
        public_text=article.public_text,
        permission=article.permission,
    )


def of_claim(
    claim: Claim, *, number: int, at: dt.datetime, within: Article | None = None
) -> c.ClaimEdition:
    """An edition of the claim: its verdict, evidence and appearances.

    `within` is the article that is being published with it.
    """
    verdict = claim.verdict
    assert verdict is not None, "a claim without a verdict has no edition"
    return c.ClaimEdition(
        number=number,
        at=at,
        desk=_desk(claim.desk),
        claim=c.Wording(**_wording(claim)),
        verdict=_verdict(verdict),
        scale=tuple(_rating(rating) for rating in claim.desk.ratings),
        citations=citations_of(verdict),
        replies=_replies(claim),
        appearances=appearances(claim, within),
        how=_how(claim.desk, [claim], {claim.pk: verdict}),
    )


def again(
    last: c.ClaimEdition, claim: Claim, within: Article, *, number: int, at: dt.datetime
) -> c.ClaimEdition:
    """A claim's edition as readers have it, with the places where it is made now."""
    return replace(last, number=number, at=at, appearances=appearances(claim, within))


def _marks(revision: Revision) -> QuerySet[Mark]:
    return revision.marks.select_related(
        "claim__desk", "claim__claimant", "claim__reports"
    ).order_by("start", "end", "pk")


def _in_reading_order(marks: Iterable[Mark]) -> list[Claim]:
    return list({mark.claim_id: mark.claim for mark in marks}.values())


def _is_shown(claim: Claim) -> bool:
    return claim.status != ClaimStatus.SET_ASIDE or claim.is_shown_aside


def _checked_blind(claims: Sequence[Claim], reader: User) -> set[int]:
    """The keys of those claims of which the person holds a check that is not disclosed."""
    rows = Claim.objects.filter(checks_blind(reader, "pk"), pk__in=[claim.pk for claim in claims])
    return set(rows.values_list("pk", flat=True))


def _verdicts(claims: Sequence[Claim], reader: User | None) -> dict[int, Verdict]:
    """The current verdict of each claim that was not set aside, in one query."""
    unrated = (ClaimStatus.SET_ASIDE, ClaimStatus.RETRACTED)
    checked = [claim.pk for claim in claims if claim.status not in unrated]
    rows = Verdict.objects.all() if reader is None else Verdict.objects.visible_to(reader)
    current = (
        rows.filter(claim__in=checked, pk=F("claim__verdict"))
        .select_related("rating", "decided_by")
        .prefetch_related("citations__source")
    )
    return {verdict.claim_id: verdict for verdict in current}


def _desk(desk: models.Desk) -> c.Desk:
    return c.Desk(
        name=desk.name,
        slug=desk.slug,
        organisation=desk.organisation,
        website=desk.website,
        is_sample=desk.is_sample,
        language=desk.language,
        logo=desk.logo,
        data_licence=desk.data_licence,
    )


def _rating(rating: models.Rating) -> c.Rating:
    return c.Rating(
        slug=rating.slug,
        label=rating.label,
        tone=rating.tone,
        value=rating.value,
        definition=rating.definition,
    )


def _claimant(claimant: models.Claimant | None) -> c.Claimant | None:
    if claimant is None:
        return None
    return c.Claimant(claimant.name, claimant.description, claimant.kind)


def _wording(claim: Claim) -> dict[str, Any]:
    """The fields of content.Wording, which a claim in an article has as well."""
    return {
        "uuid": str(claim.uuid),
        "number": claim.number,
        "slug": claim.slug,
        "language": claim.language,
        "claim_reviewed": claim.claim_reviewed,
        "interpretation": claim.interpretation,
        "type": claim.type,
        "claimant": _claimant(claim.claimant),
        "reports": _claimant(claim.reports),
    }


def _verdict(verdict: Verdict) -> c.Verdict:
    return c.Verdict(
        number=verdict.number,
        rating=_rating(verdict.rating),
        finding=verdict.finding,
        justification=verdict.justification,
        evidence_as_of=verdict.evidence_as_of,
    )


def _how(desk: models.Desk, claims: Sequence[Claim], verdicts: dict[int, Verdict]) -> c.How:
    told = provenance.how(desk, claims, verdicts)
    lists = ("left_out", "checked", "decided", "approved")
    return c.How(**told | {name: tuple(told[name]) for name in lists})


def _replies(claim: Claim) -> tuple[c.Reply, ...]:
    """Who was asked for a reply, when, and what they answered; why nobody was stays inside."""
    asked = claim.reply_requests.standing().filter(not_needed="").order_by("asked_at", "pk")
    points = {point.request_id: point.answer for point in claim.reply_points.all()}
    return tuple(
        c.Reply(row.addressee, row.asked_at.date(), points.get(row.pk) or row.answer)
        for row in asked
    )


def _claim_in_article(
    claim: Claim, position: int, verdict: Verdict | None, leads: dict[int, str]
) -> c.ClaimInArticle:
    aside = None
    if claim.status == ClaimStatus.RETRACTED:
        retraction = models.Correction.objects.filter(edition__claim=claim).latest("at")
        aside = c.Aside(c.RETRACTED, retraction.why)
    elif verdict is None:
        aside = c.Aside(claim.set_aside, claim.set_aside_note)
    cited = [] if verdict is None else list(verdict.citations.all())
    return c.ClaimInArticle(
        **_wording(claim),
        position=position,
        verdict=None if verdict is None or aside else _verdict(verdict),
        set_aside=aside,
        citations=len(cited),
        sources=tuple(source_of(each.source, leads[each.source_id]) for each in cited)
        if cited
        else None,
    )


def _paragraphs(article: Article, revision: Revision, marks: list[Mark]) -> tuple[c.Paragraph, ...]:
    """The public text by permission, in paragraphs of sentences.

    Excerpts keep the sentences that a mark touches and say where something was left out; a link
    keeps the marked words alone.
    """
    paragraphs: list[tuple[str, list[c.Sentence]]] = []
    last = None
    for sentence in revision.sentences.all():
        touching = [
            mark for mark in marks if mark.start < sentence.end and mark.end > sentence.start
        ]
        if article.public_text != PublicText.FULL and not touching:
            continue
        start, end = sentence.start, sentence.end
        if article.public_text == PublicText.LINK:
            start = max(start, min(mark.start for mark in touching))
            end = min(end, max(mark.end for mark in touching))
        if last is None or last.paragraph != sentence.paragraph:
            paragraphs.append((sentence.kind, []))
        gap = (last.position if last else -1) + 1 != sentence.position
        words = revision.text[start:end]
        paragraphs[-1][1].append(c.Sentence(sentence.number, start, words, gap))
        last = sentence
    return tuple(c.Paragraph(kind, tuple(sentences)) for kind, sentences in paragraphs)


def appearances(claim: Claim, within: Article | None = None) -> tuple[c.Appearance, ...]:
    """Where the claim is made: in each published article, and in the one being published now.

    Those of the article come first that made it first (`reading.in_order`).
    """
    editions = models.Edition.objects.filter(article=OuterRef("revision__article"), number=1)
    marks = claim.marks.last_places().select_related("revision__article")
    at_start = models.Sentence.objects.filter(
        revision=OuterRef("revision"), start__lte=OuterRef("start"), end__gt=OuterRef("start")
    )
    marks = marks.annotate(  # type: ignore[no-redef]
        since=Subquery(editions.values("published_at")),
        locator=Subquery(at_start.values("locator")[:1]),
    )
    marks = marks.order_by(F("since").asc(nulls_last=True), "revision__article_id", "start")
    return tuple(
        in_order(
            c.Appearance(mark.exact, mark.said_on, mark.locator or "", _work(article))
            for mark in marks
            if (article := mark.revision.article).status == ArticleStatus.PUBLISHED
            or article == within
        )
    )


def _work(article: Article) -> c.Work:
    return c.Work(
        title=article.title,
        slug=article.slug,
        outlet=article.outlet,
        topic=article.topic,
        url=article.url,
        published_on=article.published_on,
        language=article.language,
    )


def _corrections(claims: Sequence[Claim]) -> tuple[c.Correction, ...]:
    """The corrections of the article's claims so far, newest first."""
    rows = models.Correction.objects.filter(edition__claim__in=[claim.pk for claim in claims])
    positions = {claim.pk: position for position, claim in enumerate(claims, 1)}
    return tuple(
        correction(row, positions[row.edition.claim_id])
        for row in rows.select_related("edition")
        if row.edition.claim_id in positions
    )


def correction(row: models.Correction, position: int | None = None) -> c.Correction:
    """A correction as readers see it."""
    return c.Correction(
        claim=position,
        edition=row.edition.number,
        kind=row.kind,
        why=row.why,
        changes=changes(row.changes),
        at=row.at,
    )
