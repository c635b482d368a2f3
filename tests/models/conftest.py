"""One valid row of every model, made without any move: what the guards of the database hold."""

import datetime as dt
import hashlib
import uuid
from typing import Any

import pytest
from django.db import transaction

from annotations import blobs
from annotations.models import (
    Annotation,
    ArchiveAnswer,
    ArchiveRequest,
    Article,
    Assignment,
    Capture,
    Citation,
    Claim,
    Claimant,
    Comment,
    Confidant,
    Correction,
    Criticism,
    DailyRoot,
    DraftVersion,
    EarlierCheck,
    Edition,
    FileImport,
    Guidelines,
    HeldForm,
    Identity,
    IdentityNote,
    Invitation,
    Job,
    Letter,
    LetterTemplate,
    Mark,
    Notice,
    NoticeChoice,
    Original,
    Orphan,
    Phrase,
    Presence,
    Rating,
    Receipt,
    RemovedMark,
    ReplyPoint,
    ReplyRequest,
    Report,
    Revision,
    RootLeaf,
    SavedFilter,
    Sentence,
    Sighting,
    Snapshot,
    Source,
    SourceChange,
    SourceNote,
    Stamp,
    Statement,
    Step,
    Tally,
    Transition,
    UnsentForm,
    Verdict,
    Watch,
)
from tests import cast as c
from tests.replaying import replayed

TEXT = "One two three. Four five six."
NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def give_texts() -> None:
    """Every article gets a text that is cut, without which no fixture loads it."""
    for article in Article.objects.filter(revisions=None):
        Revision.objects.create(
            article=article, text=TEXT, sha256=sha(TEXT), created_by=article.created_by
        )
    for revision in Revision.objects.filter(sentences=None):
        revision.sentences.create(position=0, number=1, paragraph=0, kind="body", start=0, end=14)


@pytest.fixture
def rows(db) -> dict[str, Any]:
    return replayed(("rows",), _made)


def _made() -> dict[str, Any]:
    with transaction.atomic():  # what is current is asked about when all of it is there
        found = _rows()
    found["replypoint"] = ReplyPoint.objects.create(
        request=found["reply"],
        claim=found["claim"],
        number=1,
        words="One two three.",
        answer="So it is.",
    )
    return found


def _rows() -> dict[str, Any]:
    desk = c.make_desk()
    person = c.make_person("ann", desk, "editor")
    rating = Rating.objects.get(slug="true")
    article = Article.objects.create(desk=desk, title="News", slug="news", created_by=person)
    revision = Revision.objects.create(
        article=article, text=TEXT, sha256=sha(TEXT), created_by=person
    )
    original = Original.objects.create(revision=revision, data=TEXT.encode(), sha256=sha(TEXT))
    Sentence.objects.bulk_create(
        Sentence(
            revision=revision,
            position=position,
            number=position + 1,
            paragraph=0,
            kind="body",
            start=start,
            end=end,
        )
        for position, (start, end) in enumerate([(0, 14), (15, 29)])
    )
    claimant = Claimant.objects.create(desk=desk, name="The mayor")
    claim = Claim.objects.create(
        desk=desk,
        number=1,
        slug="it-is-so",
        claim_reviewed="It is so",
        claimant=claimant,
        status="published",
        created_by=person,
        changed_by=person,
    )
    mark = Mark.objects.create(
        claim=claim, revision=revision, start=4, end=7, exact="two", created_by=person
    )
    later = Revision.objects.create(
        article=article, number=3, text=TEXT, sha256=sha(TEXT), created_by=person
    )
    followed = Mark.objects.create(
        claim=claim,
        revision=later,
        start=4,
        end=7,
        exact="two",
        created_by=person,
        came_by="context",
        came_from=mark,
        confirmed_by=person,
        confirmed_at=NOW,
    )
    orphan = Orphan.objects.create(
        mark=mark,
        revision=later,
        outcome="attached",
        placed=followed,
        settled_by=person,
        settled_at=NOW,
    )
    assignment = Assignment.objects.create(
        claim=claim, person=person, status="submitted", assigned_by=person
    )
    annotation = Annotation.objects.create(
        assignment=assignment,
        rating=rating,
        finding="So it is.",
        justification="We looked.",
        submitted_at=NOW,
    )
    source = Source.objects.create(desk=desk, title="Register", added_by=person)
    cited = Citation.objects.create(annotation=annotation, source=source, stance="supports")
    remark = Comment.objects.create(claim=claim, author=person, body="Look again.")
    verdict = Verdict.objects.create(
        claim=claim,
        number=1,
        rating=rating,
        finding="So it is.",
        justification="We looked.",
        evidence_as_of=NOW.date(),
        decided_by=person,
    )
    relied_on = Citation.objects.create(verdict=verdict, source=source, stance="supports")
    of_claim = Edition.objects.create(
        desk=desk, claim=claim, verdict=verdict, number=1, content={}, published_by=person
    )
    of_article = Edition.objects.create(
        desk=desk, article=article, revision=revision, number=1, content={}, published_by=person
    )
    claim.verdict, claim.edition, article.edition = verdict, of_claim, of_article
    claim.save(update_fields=["verdict", "edition"])
    article.save(update_fields=["edition"])
    report = Report.objects.create(
        edition=of_claim, words="It is not so.", email="reader@example.org", sender="0"
    )
    copy = Snapshot.objects.create(
        source=source, data=b"What stood there.", sha256="0", taken_by=person
    )
    wanted = {"address": "https://a.example/1", "host": "a.example", "wanted_by": person}
    archived = ArchiveRequest.objects.create(source=source, service="internet_archive")
    root = DailyRoot.objects.create(day="2026-11-23", root=sha("root"), seed=sha("seed"))
    return {
        "scale": desk.scale,
        "rating": rating,
        "desk": desk,
        "person": person,
        "membership": person.memberships.get(),
        "article": article,
        "translation": Article.objects.create(
            desk=desk,
            title="Titre",
            slug="titre",
            language="fr",
            original=article,
            created_by=person,
        ),
        "claim_translation": Claim.objects.create(
            desk=desk,
            number=99,
            claim_reviewed="C’est ainsi",
            language="fr",
            original=claim,
            created_by=person,
            changed_by=person,
        ),
        "revision": revision,
        "original": original,
        "sentence": revision.sentences.first(),
        "link": revision.links.create(start=4, end=7, address="https://a.example/two"),
        "picture": revision.pictures.create(at=4, address="https://a.example/p.jpg"),
        "claimant": claimant,
        "claim": claim,
        "mark": mark,
        "mark_followed": followed,
        "orphan": orphan,
        "assignment": assignment,
        "annotation": annotation,
        "source": source,
        "source_unused": Source.objects.create(desk=desk, title="Gazette", added_by=person),
        "citation": cited,
        "citation_of_verdict": relied_on,
        "verdict": verdict,
        "edition": of_claim,
        "edition_of_article": of_article,
        "correction": Correction.objects.create(
            edition=of_claim, kind="update", changes=[], why="New papers."
        ),
        "invitation": Invitation.objects.create(
            desk=desk, email="new@example.org", role="checker", invited_by=person, expires_at=NOW
        ),
        "held_form": HeldForm.objects.create(to="/desk/", fields=[], files=[], expires_at=NOW),
        "dailyroot": root,
        "rootleaf": RootLeaf.objects.create(root=root, digest=sha("leaf"), snapshot=copy),
        "stamp": Stamp.objects.create(root=root, authority="https://tsa.example/"),
        "unsent_form": UnsentForm.objects.create(
            desk=desk, person=person, form="/a/form/", fields=[], version=1
        ),
        "file_import": FileImport.objects.create(
            desk=desk, person=person, name="a.jsonl", data=b"{}"
        ),
        "transition": Transition.objects.create(desk=desk, claim=claim, move="mark", actor=person),
        "sighting": Sighting.objects.create(claim=claim, person=person),
        "guidelines": Guidelines.objects.create(
            desk=desk, version=1, text="Be fair.", created_by=person
        ),
        "snapshot": copy,
        "capture": Capture.objects.create(source=source, **wanted),
        "archiverequest": archived,
        "archiverequest_answered": ArchiveRequest.objects.create(
            source=source, service="own", state="answered", finished_at=NOW
        ),
        "archiveanswer": ArchiveAnswer.objects.create(request=archived, status=200),
        "capture_saved": Capture.objects.create(
            source=source, state="saved", snapshot=copy, warc=blobs.keep(b"WARC").sha256, **wanted
        ),
        "reply": ReplyRequest.objects.create(
            desk=desk,
            addressee="The mayor",
            channel="email",
            answer="It is so.",
            answered_at=NOW,
            asked_by=person,
        ),
        "reply_awaited": ReplyRequest.objects.create(
            desk=desk, addressee="The mayor", channel="email", asked_by=person
        ),
        "identity": Identity.objects.create(source=source, sealed="sealed", kept_by=person),
        "confidant": Confidant.objects.create(source=source, person=person, given_by=person),
        "identitynote": IdentityNote.objects.create(source=source, act="keep", person=person),
        "watch": Watch.objects.create(source=source, address="https://a.example", host="a.example"),
        "change": SourceChange.objects.create(source=source, claim=claim, kind="gone"),
        "change_settled": SourceChange.objects.create(
            source=source,
            claim=claim,
            kind="moved",
            matters=False,
            reason="The same words stand there.",
            settled_by=person,
            settled_at=NOW,
        ),
        "criticism": Criticism.objects.create(claim=claim, of="The mayor", noted_by=person),
        "reply_not_needed": ReplyRequest.objects.create(
            desk=desk, not_needed="Nobody is named.", asked_by=person
        ),
        "removedmark": RemovedMark.objects.create(
            claim=claim, revision=revision, start=8, end=13, exact="three", removed_by=person
        ),
        "tally": Tally.objects.create(kind="captures", outcome="saved", number=1),
        "step": Step.objects.create(article=article, person=person, kind="mark"),
        "presence": Presence.objects.create(article=article, person=person),
        "draftversion": DraftVersion.objects.create(annotation=annotation, number=1),
        "source_note": SourceNote.objects.create(
            annotation=annotation, source=source, body="Needs a primary source."
        ),
        "comment": remark,
        "comment_reply": Comment.objects.create(
            claim=claim, author=person, parent=remark, body="I did."
        ),
        "lettertemplate": LetterTemplate.objects.create(
            desk=desk, number=1, subject="Your reply", body="{claims}", written_by=person
        ),
        "statement": Statement.objects.create(
            desk=desk, kind="funding", body="By readers.", written_by=person
        ),
        "report": report,
        "report_answered": Report.objects.create(
            edition=of_claim, words="Nor so.", outcome="stands", answered_by=person, answered_at=NOW
        ),
        "letter": Letter.objects.create(
            report=report, to=report.email, subject="Your report", body="It is so."
        ),
        "letter_secret": Letter.objects.create(
            person=person,
            kind="account",
            to="ann@mail.example",
            subject="Your account",
            body="Open the door.",
            is_secret=True,
            key="account 1",
        ),
        "notice": Notice.objects.create(
            person=person,
            desk=desk,
            kind="reported",
            event=f"reported:{report.uuid}",
            report=report,
            way="at_once",
        ),
        "earliercheck": EarlierCheck.objects.create(
            desk=desk, external_id="one", sha256=sha("one"), claim="It is so", added_by=person
        ),
        "noticechoice": NoticeChoice.objects.create(person=person, kind="asked", way="off"),
        "phrase": Phrase.objects.create(
            desk=desk, name="Old figure", body="It is old.", written_by=person
        ),
        "savedfilter": SavedFilter.objects.create(
            desk=desk, person=person, name="Late", query="is:late", saved_by=person
        ),
        "job": Job.objects.create(name="dust"),
        "receipt": Receipt.objects.create(
            person=person, key=uuid.uuid4(), answer={"what": "save", "answer": 1}
        ),
    }
