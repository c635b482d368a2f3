"""What an edition holds: plain data, complete in itself, made once and read for ever.

The same functions make the preview an approver sees and the edition readers get.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations import provenance
from annotations.models import (
    Article,
    Citation,
    Claim,
    Claimant,
    Correction,
    Desk,
    Edition,
    Mark,
    Rating,
    Revision,
    Snapshot,
    Source,
    Verdict,
)
from annotations.vocabulary import (
    ArticleStatus,
    ClaimStatus,
    PublicText,
    SetAside,
)

FORMAT = 1
"""The version of the shape of `content`; a reader of old editions asks for it."""

RETRACTED = "retracted"
"""Stands as the reason where a verdict was taken back."""

SHOWN_ASIDE = (SetAside.OPINION, SetAside.NOT_CHECKABLE)
"""Readers see these, with the reason; duplicates and what is gone they do not."""


def of_article(article: Article, *, number: int, at: dt.datetime) -> dict[str, Any]:
    """The content of an edition of the article: its public text, marks and findings."""
    revision = article.revision
    marks = list(_marks(revision))
    claims = _in_reading_order(marks)
    shown = [claim for claim in claims if _is_shown(claim)]
    numbers = {claim.pk: position for position, claim in enumerate(shown, 1)}
    verdicts = _verdicts(shown)
    placed = [mark for mark in marks if mark.claim_id in numbers]
    return {
        "format": FORMAT,
        "number": number,
        "at": at,
        "desk": _desk(article.desk),
        "article": about(article),
        "revision": {"number": revision.number, "sha256": revision.sha256},
        "paragraphs": _paragraphs(article, revision, placed),
        "marks": [
            {"claim": numbers[mark.claim_id], "start": mark.start, "end": mark.end}
            for mark in placed
        ],
        "claims": [
            _claim_in_article(claim, numbers[claim.pk], verdicts.get(claim.pk)) for claim in shown
        ],
        "how": provenance.how(article.desk, shown, verdicts),
        "corrections": _corrections(shown),
    }


def about(article: Article) -> dict[str, Any]:
    """What an edition says of its article beside the text."""
    return {
        "uuid": article.uuid,
        "slug": article.slug,
        "title": article.title,
        "outlet": article.outlet,
        "topic": article.topic,
        "byline": article.byline,
        "url": article.url,
        "published_on": article.published_on,
        "language": article.language,
        "why_selected": article.why_selected,
        "public_text": article.public_text,
        "permission": article.permission,
    }


def of_claim(claim: Claim, *, number: int, at: dt.datetime) -> dict[str, Any]:
    """The content of an edition of the claim: its verdict, evidence and appearances."""
    verdict = claim.verdict
    assert verdict is not None, "a claim without a verdict has no edition"
    copies = _copies(verdict)
    return {
        "format": FORMAT,
        "number": number,
        "at": at,
        "desk": _desk(claim.desk),
        "claim": _wording(claim),
        "verdict": _verdict(verdict),
        "scale": [_rating(rating) for rating in claim.desk.ratings],
        "citations": [
            _citation(citation, copies.get(citation.source_id))
            for citation in verdict.citations.select_related("source")
        ],
        "replies": _replies(claim),
        "appearances": _appearances(claim),
        "how": provenance.how(claim.desk, [claim], {claim.pk: verdict}),
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """What differs between two editions of a claim, in readers' words: [{field, before, after}]."""
    return [
        {"field": name, "before": old, "after": new}
        for (name, old), (_name, new) in zip(_for_readers(before), _for_readers(after), strict=True)
        if old != new
    ]


def article_changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """What differs between two editions of an article, as `changes` does for a claim.

    Also the language of what is the article's own; the other words are the desk's.
    """
    spoken = after["article"]["language"]
    old_about, new_about = before["article"], after["article"]
    pairs = [
        (_("Title"), old_about["title"], new_about["title"], spoken),
        (_("Published by"), old_about["outlet"], new_about["outlet"], ""),
        (_("Topic"), old_about.get("topic", ""), new_about.get("topic", ""), ""),
        (_("Why this article"), old_about["why_selected"], new_about["why_selected"], ""),
        (_("Text"), _public_words(before), _public_words(after), spoken),
        (_("Sources"), _source_titles(before, after), _source_titles(after, before), ""),
    ]
    old, new = _findings(before), _findings(after)
    pairs += [(_("Claim"), old.get(key, ""), new.get(key, ""), "") for key in {**new, **old}]
    return [
        {"field": name, "before": one, "after": other, "language": language}
        for name, one, other, language in pairs
        if one != other
    ]


def _source_titles(content: dict[str, Any], other: dict[str, Any]) -> str:
    """The sources of an article's edition, each once; nothing where either does not keep them."""
    rated = [claim for each in (content, other) for claim in each["claims"] if "verdict" in claim]
    if not all("sources" in claim for claim in rated):
        return ""
    titles = [source["title"] for claim in content["claims"] for source in claim.get("sources", ())]
    return "; ".join(dict.fromkeys(titles))


def _public_words(content: dict[str, Any]) -> str:
    return "\n".join(
        " ".join(sentence["text"] for sentence in paragraph["sentences"])
        for paragraph in content["paragraphs"]
    )


def _findings(content: dict[str, Any]) -> dict[int, str]:
    """Each claim of the article's edition in one line, by its number at the desk."""
    return {
        claim["number"]: f"{claim['claim_reviewed']} – {_found(claim)}"
        for claim in content["claims"]
    }


def aside_label(claim: dict[str, Any]) -> str:
    """Why the claim of an article's edition is not rated, in the reader's language."""
    why = claim["set_aside"]["why"]
    if why == RETRACTED:
        return _("Retracted")
    return str(SetAside(why).label) if why else ""


def _found(claim: dict[str, Any]) -> str:
    if "verdict" not in claim:
        return aside_label(claim)
    return f"{claim['verdict']['rating']['label']}: {claim['verdict']['finding']}"


def _for_readers(content: dict[str, Any]) -> list[tuple[str, str]]:
    verdict, claim = content["verdict"], content["claim"]
    sources = [
        f"{citation['title']} ({citation['stance_label']})" for citation in content["citations"]
    ]
    return [
        (_("Rating"), verdict["rating"]["label"]),
        (_("Finding"), verdict["finding"]),
        (_("Reasoning"), verdict["justification"]),
        (_("Evidence"), "; ".join(sources)),
        (_("Claim"), claim["claim_reviewed"]),
        (_("How we read it"), claim["interpretation"]),
        (_("Claimant"), claim["claimant"]["name"] if claim["claimant"] else ""),
    ]


def _marks(revision: Revision) -> QuerySet[Mark]:
    return revision.marks.select_related(
        "claim__desk", "claim__claimant", "claim__reports"
    ).order_by("start", "end", "pk")


def _in_reading_order(marks: Iterable[Mark]) -> list[Claim]:
    return list({mark.claim_id: mark.claim for mark in marks}.values())


def _is_shown(claim: Claim) -> bool:
    return claim.status != ClaimStatus.SET_ASIDE or claim.set_aside in SHOWN_ASIDE


def _verdicts(claims: Sequence[Claim]) -> dict[int, Verdict]:
    """The current verdict of each claim that was not set aside, in one query."""
    unrated = (ClaimStatus.SET_ASIDE, ClaimStatus.RETRACTED)
    checked = [claim.pk for claim in claims if claim.status not in unrated]
    standing = Claim.objects.filter(pk__in=checked).values("verdict")
    newest = (
        Verdict.objects.filter(pk__in=standing)
        .select_related("rating", "decided_by")
        .prefetch_related("citations__source")
    )
    return {verdict.claim_id: verdict for verdict in newest}


def _desk(desk: Desk) -> dict[str, Any]:
    return {
        "name": desk.name,
        "slug": desk.slug,
        "organisation": desk.organisation,
        "website": desk.website,
        "is_sample": desk.is_sample,
        "language": desk.language,
        "logo": desk.logo,
        "data_licence": desk.data_licence,
    }


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "slug": rating.slug,
        "label": rating.label,
        "tone": rating.tone,
        "value": rating.value,
        "definition": rating.definition,
    }


def _claimant(claimant: Claimant | None) -> dict[str, str] | None:
    if claimant is None:
        return None
    return {
        "name": claimant.name,
        "description": claimant.description,
        "kind": claimant.kind,
    }


def _wording(claim: Claim) -> dict[str, Any]:
    return {
        "uuid": claim.uuid,
        "number": claim.number,
        "slug": claim.slug,
        "language": claim.language,
        "claim_reviewed": claim.claim_reviewed,
        "interpretation": claim.interpretation,
        "type": claim.type,
        "claimant": _claimant(claim.claimant),
        "reports": _claimant(claim.reports),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "number": verdict.number,
        "rating": _rating(verdict.rating),
        "finding": verdict.finding,
        "justification": verdict.justification,
        "evidence_as_of": verdict.evidence_as_of,
    }


def _copies(verdict: Verdict) -> dict[int, Snapshot]:
    """The newest saved copy of each source the verdict stands on, by the source's key."""
    newest = (
        Snapshot.objects.filter(source__citations__verdict=verdict)
        .order_by("source_id", "-taken_at")
        .distinct("source_id")
        .only("source", "sha256", "taken_at")
    )
    return {copy.source_id: copy for copy in newest}


def _replies(claim: Claim) -> list[dict[str, Any]]:
    """Who was asked for a reply, when, and what they answered; why nobody was stays inside."""
    asked = claim.reply_requests.filter(not_needed="").order_by("asked_at")
    return [
        {"addressee": row.addressee, "asked_on": row.asked_at.date(), "answer": row.answer}
        for row in asked
    ]


def _citation(citation: Citation, copy: Snapshot | None) -> dict[str, Any]:
    """A citation, with the date and hash of the saved copy: the copy itself stays inside."""
    source = citation.source
    return {
        "saved_copy": {"at": copy.taken_at, "sha256": copy.sha256} if copy else None,
        **_source(source),
        "is_primary": source.is_primary,
        "stance": citation.stance,
        "stance_label": citation.get_stance_display(),
        "passage": citation.passage,
        "locator": citation.locator,
        "note": citation.note,
    }


def _source(source: Source) -> dict[str, str]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "published_on": source.published_on,
    }


def _claim_in_article(claim: Claim, number: int, verdict: Verdict | None) -> dict[str, Any]:
    content: dict[str, Any] = {"position": number} | _wording(claim)
    if claim.status == ClaimStatus.RETRACTED:
        taken_back = Correction.objects.filter(edition__claim=claim).latest("at")
        content["set_aside"] = _taken_back(taken_back)
    elif verdict is None:
        content["set_aside"] = {
            "why": claim.set_aside,
            "label": claim.get_set_aside_display(),
            "note": claim.set_aside_note,
        }
    else:
        content["verdict"] = _verdict(verdict)
        citations = verdict.citations.all()
        content["citations"] = len(citations)
        content["sources"] = [_source(citation.source) for citation in citations]
    return content


def _paragraphs(article: Article, revision: Revision, marks: list[Mark]) -> list[dict[str, Any]]:
    """The public text by permission, a list of paragraphs of sentences in code points.

    Excerpts keep the sentences that a mark touches and say where something was left out; a link
    keeps the marked words alone.
    """
    paragraphs: list[dict[str, Any]] = []
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
        if not paragraphs or last is None or last.paragraph != sentence.paragraph:
            paragraphs.append({"kind": sentence.kind, "sentences": []})
        paragraphs[-1]["sentences"].append(
            {
                "number": sentence.number,
                "start": start,
                "text": revision.text[start:end],
                "gap": (last.position if last else -1) + 1 != sentence.position,
            }
        )
        last = sentence
    return paragraphs


def _appearances(claim: Claim) -> list[dict[str, Any]]:
    """Where the claim was made: each published article, and the one being published now."""
    marks = claim.marks.last_places().select_related("revision__article")
    marks = marks.order_by("revision__article", "start")
    return [
        {
            "exact": mark.exact,
            "said_on": mark.said_on,
            "article": {
                "title": article.title,
                "slug": article.slug,
                "outlet": article.outlet,
                "topic": article.topic,
                "url": article.url,
                "published_on": article.published_on,
                "language": article.language,
            },
        }
        for mark in marks
        if (article := mark.revision.article).status != ArticleStatus.WITHDRAWN
    ]


def _taken_back(retraction: Correction) -> dict[str, str]:
    return {"why": RETRACTED, "label": _("Retracted"), "note": retraction.why}


def tombstone(
    last: dict[str, Any], kind: str, why: str, *, number: int, at: dt.datetime
) -> dict[str, Any]:
    """What stands where an edition was taken back: what it was, when and why; none of its content.

    `kind` is "withdrawn" (an article) or "retracted" (a verdict).
    """
    what = "article" if "article" in last else "claim"
    return {
        "format": FORMAT,
        "number": number,
        "at": at,
        "desk": last["desk"],
        what: last[what],
        "tombstone": {"kind": kind, "why": why, "at": at},
    }


def without_verdict(
    last: dict[str, Any], claim: Claim, retraction: Correction, *, number: int, at: dt.datetime
) -> dict[str, Any]:
    """An article's edition as readers have it, but for one verdict that was taken back."""
    claims = []
    for shown in last["claims"]:
        if shown["uuid"] == str(claim.uuid):
            gone = {"verdict", "citations", "sources"}
            kept = {name: value for name, value in shown.items() if name not in gone}
            claims.append(kept | {"set_aside": _taken_back(retraction)})
        else:
            claims.append(shown)
    position = next((c["position"] for c in claims if c["uuid"] == str(claim.uuid)), None)
    corrections = [correction_content(retraction, position), *last["corrections"]]
    return last | {"number": number, "at": at, "claims": claims, "corrections": corrections}


def _corrections(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """The corrections of the article's claims so far, newest first."""
    rows = Correction.objects.filter(edition__claim__in=[claim.pk for claim in claims])
    positions = {claim.pk: position for position, claim in enumerate(claims, 1)}
    return [
        correction_content(row, positions[row.edition.claim_id])
        for row in rows.select_related("edition")
        if row.edition.claim_id in positions
    ]


def correction_content(correction: Correction, position: int | None = None) -> dict[str, Any]:
    """A correction as readers see it."""
    return {
        "claim": position,
        "edition": correction.edition.number,
        "kind": correction.kind,
        "label": correction.get_kind_display(),
        "why": correction.why,
        "changes": correction.changes,
        "at": correction.at,
    }


def latest(article: Article) -> Edition | None:
    return Edition.objects.filter(article=article).order_by("-number").first()
