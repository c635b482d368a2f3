"""One article leaves and comes to a desk the same, or is refused with what is wrong and where."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import uuid
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from annotations import addresses, blobs, workflow
from annotations import models as m
from annotations.editions.reading import read
from annotations.exchange import moving
from annotations.exchange.moving import arriving
from annotations.exchange.moving.tables import PARTS, PERSON, SCALES
from annotations.formats import lossless
from annotations.management import whole
from annotations.management.deskarchives import ROWS
from annotations.models import Article, Claim, Desk, RatingScale, Source, User
from annotations.vocabulary import Role
from tests import cast as c
from tests.emptying import empty

from . import moved
from .test_moving import blobs_there, flipped, with_rows

MANAGER = "max"


@pytest.fixture
def archive(cast, tmp_path) -> Path:
    return left(moved.full(cast), tmp_path / "article.tar")


def left(article: Article, path: Path) -> Path:
    call_command("export_article", article.desk.slug, article.slug, str(path))
    return path


def come(path: Path, desk: str = "desk", **options: Any) -> str:
    out = io.StringIO()
    call_command("import_article", str(path), desk=desk, stdout=out, **options)
    return out.getvalue()


def refused(path: Path, **options: Any) -> str:
    """Why the archive is refused; nothing of it stays."""
    before, kept = moved.contents(), set(blobs_there())
    with pytest.raises(CommandError) as error:
        come(path, **options)
    assert moved.contents() == before
    assert set(blobs_there()) == kept
    assert "Nothing was kept" in str(error.value)
    return str(error.value)


def empty_but_for_scales() -> None:
    """What a site has that nobody has worked at: scales are loaded, under the same UUIDs."""
    scales = [model.objects.all() for model in (RatingScale, m.Rating)]
    kept = [row for rows in scales for row in rows]
    empty()
    for row in kept:
        row.save(force_insert=True)


def made_again(slug: str = "desk", **fields: Any) -> Desk:
    """An empty site with a desk of that name and scale, whose manager is somebody else."""
    empty_but_for_scales()
    desk = c.make_desk(slug, **fields)
    c.make_person(MANAGER, desk, Role.MANAGER)
    return desk


def rows_in(path: Path) -> list[dict[str, Any]]:
    with tarfile.open(path) as tar:
        return [json.loads(line) for line in tar.extractfile(ROWS)]  # type: ignore[union-attr]


def shared(cast: c.Cast) -> tuple[Article, Article]:
    """Two articles whose claims stand on one source and were put to one person in one letter."""
    articles, claims = [], []
    for number in (1, 2):
        article = c.import_text(cast.desk, cast.eda, f"{c.TEXT} It is number {number}.")
        claims.append(c.mark(article, c.MARKED, cast.eda))
        articles.append(article)
        workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    source = _source(cast)
    for claim in claims:
        check = c.check_of(claim, cast.ann)
        workflow.start(check, actor=cast.ann)
        answer = workflow.Answer(c.rating(claim, "half"), "Half of it", "", "")
        workflow.save_annotation(check, answer, person=cast.ann, based_on=0)
        annotation = m.Annotation.objects.get(assignment=check)
        m.Citation.objects.create(annotation=annotation, source=source, stance="context")
    claimant = m.Claimant.objects.create(desk=cast.desk, name="The mayor")
    Claim.objects.update(claimant=claimant)
    workflow.ask_reply(claims, "The mayor", channel="letter", actor=cast.eda)
    return articles[0], articles[1]


def _source(cast: c.Cast) -> Source:
    source = Source.objects.create(
        desk=cast.desk, title="Register", url="https://records.example/r", added_by=cast.ann
    )
    workflow.keep_copy(source, b"a register", person=cast.ann)
    return source


# --- what is moved ---


def test_out_a_desk_made_in_and_out_again_are_the_same_bytes(archive, tmp_path):
    before, listed = archive.read_bytes(), m.Listing.objects.count()
    assert listed
    made_again()
    come(archive)
    assert left(Article.objects.get(), tmp_path / "again.tar").read_bytes() == before
    assert m.Listing.objects.count() == listed
    assert all(copy.is_whole() for copy in m.Snapshot.objects.all())


def test_of_every_part_that_can_be_of_an_article_there_is_a_row(cast, tmp_path):
    article = moved.full(cast)
    m.Annotation.objects.filter(submitted_at=None).update(guidelines=m.Guidelines.objects.get())
    there = {row.get("row") for row in rows_in(left(article, tmp_path / "article.tar"))}
    assert {part.name for part in PARTS if part.within} | {PERSON, *SCALES} == there - {None}


def test_what_is_of_other_articles_and_of_the_desk_stays(cast, tmp_path):
    article, _claim = cast.published()
    other = c.import_text(cast.desk, cast.eli, f"{c.TEXT} Elsewhere it rained.")
    apart = c.mark(other, c.SECOND, cast.eli)
    path = left(article, tmp_path / "article.tar")
    rows = rows_in(path)
    assert sum(row.get("row") == "article" for row in rows) == 1
    assert b"it rained" not in path.read_bytes()
    assert str(apart.uuid) not in path.read_text("latin-1")
    assert not {"desk", "membership", "statement"} & {row.get("row") for row in rows}
    assert {row["desk"] for row in rows if "desk" in row} == {""}


def test_the_lines_alone_are_those_of_the_archive_and_as_the_schema_says(archive, tmp_path):
    lines = tmp_path / "article.jsonl"
    article = Article.objects.get(desk__slug="desk")
    call_command("export_article", "desk", article.slug, str(lines), rows_only=True)
    with tarfile.open(archive) as tar:
        assert tar.extractfile(ROWS).read() == lines.read_bytes()  # type: ignore[union-attr]
    assert lines.stat().st_mode & 0o077 == 0
    check = jsonschema.Draft202012Validator(
        lossless.schema(moving.shapes()),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )
    for line in lines.read_text(encoding="utf-8").splitlines():
        assert not [error.message for error in check.iter_errors(json.loads(line))], line
    assert "no archive of an article" in refused(lines)


def test_what_came_points_at_what_stands_and_stands_where_its_log_left_it(archive):
    made_again("gazette")
    come(archive, "gazette")
    assert [*whole.of_pointers(), *whole.of_log()] == []


def test_the_log_keeps_its_order_and_the_desks_own_says_who_brought_it(archive):
    log = m.Transition.objects.filter(desk__slug="desk").order_by("at", "pk")
    of_it = log.exclude(article=None, claim=None)
    before = list(of_it.values_list("uuid", "at", "move", "reason", "detail"))
    made_again()
    come(archive)
    after = list(of_it.values_list("uuid", "at", "move", "reason", "detail"))
    assert after == before
    line = log.get(actor__username=MANAGER)
    assert (line.move, line.article, line.detail["exact"]) == (
        "import",
        None,
        Article.objects.get().title,
    )


def test_what_came_along_with_a_reply_comes_too(cast, tmp_path):
    article, claim = cast.checking()
    asked = workflow.ask_reply([claim], "The mayor", channel="letter", actor=cast.eda)
    came = workflow.Answered("I said so.", file=b"a letter", file_name="letter.pdf")
    workflow.keep_reply(asked, came, actor=cast.eda)
    path = left(article, tmp_path / "article.tar")
    made_again()
    for each in blobs_there():
        each.unlink()
    come(path)
    assert b"".join(blobs.pieces(m.ReplyRequest.objects.get().attachment)) == b"a letter"


def test_a_source_that_was_taken_out_of_a_draft_comes_and_can_be_brought_back(cast, tmp_path):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.start(check, actor=cast.ann)
    answer = workflow.Answer(c.rating(claim, "half"), "Half of it", "", "")
    workflow.save_annotation(check, answer, person=cast.ann, based_on=0)
    draft = workflow.SourceDraft("A register", url="https://records.example/r")
    workflow.save_citation(check, draft, person=cast.ann, stance="supports")
    citation = m.Citation.objects.get(annotation__assignment=check)
    workflow.remove_citation(check, citation, person=cast.ann)
    version = m.DraftVersion.objects.filter(citations__contains=[{"uuid": str(citation.uuid)}])
    assert version.exists()
    path = left(article, tmp_path / "article.tar")
    desk = made_again()
    ann = c.make_person("ann", desk)
    come(path, same_people=True)
    check = m.Assignment.objects.get(person=ann)
    workflow.restore_citation(check, version.latest("pk"), citation.uuid, person=ann)
    assert m.Citation.objects.get().source.title == "A register"


# --- at a desk that has others ---


def elsewhere(**fields: Any) -> Desk:
    """A desk on which claims of its own have the first numbers, and a text has the title."""
    desk = made_again("town", **fields)
    person = User.objects.get(username=MANAGER)
    article = c.import_text(desk, person, f"{c.TEXT} And it rained.")
    for words in (c.MARKED, c.SECOND):
        c.mark(article, words, person)
    m.Claimant.objects.create(desk=desk, name="ＴＨＥ  mayor", description="Ours")
    return desk


def test_the_order_of_citations_comes_along(cast, tmp_path):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    cited = [
        workflow.save_citation(
            check, workflow.SourceDraft(title), person=cast.ann, stance="context"
        )
        for title in ("One", "Two", "Three")
    ]
    workflow.place_citation(check, cited[2], 0, person=cast.ann)
    path = left(article, tmp_path / "article.tar")
    desk = made_again()
    c.make_person("ann", desk)
    come(path, same_people=True)
    assert [row.source.title for row in m.Citation.objects.all()] == ["Three", "One", "Two"]


def test_at_another_desk_its_addresses_are_free_ones_and_its_pages_are_found(archive):
    desk = elsewhere()
    first = Article.objects.get()
    told = come(archive, "town")
    article = Article.objects.exclude(pk=first.pk).get()
    assert article.slug == f"{first.slug}-2"
    assert f"as “{article.slug}”" in told
    numbers = set(desk.claims.values_list("number", flat=True))
    assert len(numbers) == desk.claims.count() > 2
    assert "Claim 1 has the number 3 here." in told
    standing = m.Edition.objects.exclude(listing=None)
    assert standing
    for edition in standing:
        url = addresses.of_edition(read(edition.content))
        assert url.startswith(("/checks/town/", "/claims/town/")), url
        assert Client().get(url).status_code == 200, url
    assert c.mark(first, "It is a fine pier", User.objects.get(username=MANAGER)).number > max(
        numbers
    )


def test_a_claimant_whom_the_desk_knows_is_the_one_it_knows(cast, tmp_path):
    first, _second = shared(cast)
    path = left(first, tmp_path / "article.tar")
    elsewhere()
    come(path, "town")
    claimant = m.Claimant.objects.get()
    assert (claimant.description, claimant.claims.count()) == ("Ours", 1)


def test_another_article_of_its_desk_finds_what_they_share(cast, tmp_path):
    first, second = (left(each, tmp_path / f"{each.pk}.tar") for each in shared(cast))
    before = second.read_bytes()
    made_again()
    come(first)
    come(second, same_people=True)
    assert Source.objects.count() == m.Snapshot.objects.count() == m.Claimant.objects.count() == 1
    letter = m.ReplyRequest.objects.get()
    assert set(letter.claims.all()) == set(Claim.objects.all())
    assert letter.points.count() == len(letter.claims.all())
    assert not User.objects.filter(username="ann-2").exists()
    article = Article.objects.latest("pk")
    assert left(article, tmp_path / "again.tar").read_bytes() == before


def test_a_source_that_is_another_here_is_refused(cast, tmp_path):
    first, second = (left(each, tmp_path / f"{each.pk}.tar") for each in shared(cast))
    made_again()
    come(first)
    Source.objects.update(title="Something else")
    assert "the source “Something else” is another here than there" in refused(second)


def test_a_source_whose_page_was_found_elsewhere_since_is_the_same(cast, tmp_path):
    first, second = (left(each, tmp_path / f"{each.pk}.tar") for each in shared(cast))
    made_again()
    come(first)
    Source.objects.update(document="https://records.example/now", leads_to="https://a.example/r")
    come(second, same_people=True)
    assert Source.objects.get().leads_to == "https://a.example/r"


def test_two_that_make_a_claim_together_do_not_both_come(cast, tmp_path):
    first, second = (c.import_text(cast.desk, cast.eda, f"{c.TEXT} {n}.") for n in "12")
    claim = c.mark(first, c.MARKED, cast.eda)
    mark = m.Mark.objects.get()
    mark.pk, mark.uuid, mark.revision = None, uuid.uuid4(), second.revision
    mark.save(force_insert=True)
    paths = [left(each, tmp_path / f"{each.pk}.tar") for each in (first, second)]
    made_again()
    come(paths[0])
    why = refused(paths[1])
    assert f"the claim “{claim}” is here already, at the desk “Desk”" in why


def test_what_a_claim_is_a_duplicate_of_comes_with_it_and_other_ties_are_cut(cast, tmp_path):
    article = cast.article()
    other = c.import_text(cast.desk, cast.eda, f"{c.TEXT} Elsewhere.")
    first, double = c.mark(other, c.SECOND, cast.eda), c.mark(article, c.SECOND, cast.eda)
    original = c.mark(other, c.MARKED, cast.eda)
    workflow.set_aside(double, "duplicate", actor=cast.eda, duplicate_of=first)
    Claim.objects.filter(pk=double.pk).update(original=original, language="fr")
    Article.objects.filter(pk=article.pk).update(original=other, language="fr")
    path = left(article, tmp_path / "article.tar")
    made_again()
    come(path)
    assert Article.objects.get().original is None
    found = Claim.objects.get(uuid=double.uuid)
    assert (found.duplicate_of, found.original) == (Claim.objects.get(uuid=first.uuid), None)
    assert Claim.objects.count() == 2
    assert left(Article.objects.get(), tmp_path / "again.tar").read_bytes() == path.read_bytes()


# --- what is here already ---


def test_an_article_that_is_here_is_refused_at_any_desk(archive):
    told = "is here already, at the desk “Desk”. Nothing is added to it."
    assert told in refused(archive, person="mia")
    assert told in refused(archive, desk="elsewhere")


def test_a_desk_that_is_not_here_or_nobody_may_bring_it_is_said(archive):
    with pytest.raises(CommandError, match="no desk “none”"):
        come(archive, "none")
    with pytest.raises(CommandError, match="may not"):
        come(archive, person="ola")
    with pytest.raises(CommandError, match="no article “none” at the desk “Desk”"):
        call_command("export_article", "desk", "none", "-")


def test_an_article_of_a_sample_comes_to_samples_alone(archive):
    made_again(is_sample=True)
    assert "The desk “Desk” is a sample, and the article is of none." in refused(archive)


# --- the scale ---


def foreign(*left_out: str) -> None:
    """The desk rates by a scale of its own, which lacks some of the ratings."""
    scale = RatingScale.objects.create(name="Ours", slug="ours")
    for rating in m.Rating.objects.exclude(slug__in=left_out):
        rating.pk, rating.uuid, rating.scale = None, uuid.uuid4(), scale
        rating.save(force_insert=True)
    Desk.objects.filter(slug="desk").update(scale=scale)


def test_a_scale_that_lacks_a_rating_is_refused_in_words(archive):
    made_again()
    foreign("half")
    why = refused(archive)
    assert "the rating “half” of “Three, version 1” is not on the scale of the desk “Desk”" in why
    assert "“Ours, version 1”, which has true, false, open" in why


def test_ratings_are_those_of_the_desks_scale_by_their_slugs(archive):
    before = sorted(m.Verdict.objects.values_list("rating__slug", flat=True))
    made_again()
    foreign()
    told = come(archive)
    assert "Ratings of “Three, version 1” are those of “Ours, version 1” here." in told
    verdicts = m.Verdict.objects.order_by("rating__slug")
    assert [each.rating.slug for each in verdicts] == before
    assert {each.rating.scale.slug for each in verdicts} == {"ours"}


def test_a_scale_that_was_renamed_is_another(archive):
    made_again()
    m.Rating.objects.filter(slug="half").update(label="In part")
    assert "the rating “In part” is another here than there" in refused(archive)


def test_guidelines_are_the_desks_and_an_article_brings_none(cast, tmp_path):
    article, claim = cast.checking()
    guidelines = m.Guidelines.objects.create(
        desk=cast.desk, version=1, text="Ask.", created_by=cast.mia
    )
    c.annotate(claim, cast.ann)
    path = left(article, tmp_path / "article.tar")
    assert m.Annotation.objects.get().guidelines == guidelines
    desk = made_again()
    told = come(path)
    assert "Version 1 of the guidelines is not this desk’s" in told
    assert not desk.guidelines.exists()
    empty_but_for_scales()
    desk = c.make_desk("desk")
    guidelines.created_by = c.make_person(MANAGER, desk, Role.MANAGER)
    guidelines.desk = desk
    guidelines.save(force_insert=True)
    come(path)
    assert m.Annotation.objects.get().guidelines == guidelines


# --- people, and what was blind ---


def test_people_come_as_names_and_what_was_blind_stays_blind(archive):
    seen = set(m.Sighting.objects.values_list("claim__uuid", "person__username"))
    assert seen
    made_again()
    c.make_person("ben")
    told = come(archive)
    assert "“ben” is somebody else's name here: they are “ben-2”." in told
    ann = User.objects.get(username="ann")
    assert (ann.email, ann.is_active, ann.has_usable_password()) == ("", False, False)
    came = {
        (claim, name.removesuffix("-2"))
        for claim, name in m.Sighting.objects.values_list("claim__uuid", "person__username")
    }
    assert came == seen
    draft = m.Annotation.objects.get(finding="A secret draft")
    manager = User.objects.get(username=MANAGER)
    assert not m.Annotation.objects.visible_to(manager).filter(pk=draft.pk).exists()


def test_same_people_are_found_by_their_user_names_if_one_says_so(archive):
    desk = made_again()
    ann = c.make_person("ann", desk)
    assert "somebody else's" not in come(archive, same_people=True)
    draft = m.Annotation.objects.get(finding="A secret draft")
    assert m.Annotation.objects.visible_to(ann).filter(pk=draft.pk).exists()


def test_who_a_confidential_source_is_never_leaves(cast, tmp_path):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.start(check, actor=cast.ann)
    answer = workflow.Answer(c.rating(claim, "half"), "Half of it", "", "")
    workflow.save_annotation(check, answer, person=cast.ann, based_on=0)
    draft = workflow.SourceDraft("An official of the ministry", is_confidential=True)
    workflow.save_citation(check, draft, person=cast.ann, stance="supports")
    source = Source.objects.get(is_confidential=True)
    workflow.keep_identity(source, workflow.Who("Wanda Secret"), actor=cast.ann)
    workflow.keep_copy(source, b"their own voice", person=cast.ann)
    path = left(article, tmp_path / "article.tar")
    for words in (
        b"Wanda",
        b"their own voice",
        hashlib.sha256(b"their own voice").hexdigest().encode(),
    ):
        assert words not in path.read_bytes()
    assert m.Identity.objects.get().sealed.encode() not in path.read_bytes()
    made_again()
    come(path)
    assert Source.objects.get(uuid=source.uuid).is_confidential
    assert not m.Identity.objects.exists()


# --- what is wrong ---


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "no such field": ("article", {"colour": "red"}, '/colour is "red"; expected was no such'),
    "a number for words": ("claim", {"claim_reviewed": 5}, "/claim_reviewed is 5; expected was te"),
    "no moment": ("transition", {"at": "2026-11-24"}, "expected was a moment such as"),
    "NUL": ("source", {"title": "a\0b"}, "/title is"),
    "a row of a desk": (
        "comment",
        {"row": "membership"},
        '/row is "membership"; expected was what is of one article',
    ),
    "a table": ("comment", {"row": "letter"}, "the name of a table"),
    "other words": ("mark", {"exact": "something else"}, "the database refuses a mark"),
    "a desk": ("claim", {"desk": str(uuid.UUID(int=5))}, "is not in it"),
    "an edition that cannot be read": (
        "edition",
        {"content": {"format": 3, "desk": {"slug": "desk"}}},
        "/content is no edition",
    ),
    "no edition": ("edition", {"content": {"desk": 5}}, "/content is no edition"),
    "an article of no claim": ("mark", {"claim": str(uuid.UUID(int=5))}, "is not in it"),
}


def test_a_row_that_is_wrong_is_told_with_its_line_and_nothing_is_kept(archive):
    made_again()
    for name, (table, change, why) in WRONG.items():

        def wrong(
            rows: list[dict[str, Any]], table: str = table, change: dict[str, Any] = change
        ) -> None:
            next(row for row in rows if row.get("row") == table).update(change)

        told = refused(with_rows(archive, wrong, lossless.ARTICLE))
        assert "rows.jsonl, line" in told, name
        assert why in told, name


def test_a_row_cannot_reach_for_what_the_desk_has(archive):
    desk = elsewhere()
    theirs = desk.claims.first()
    assert theirs

    def reach(rows: list[dict[str, Any]]) -> None:
        next(row for row in rows if row.get("row") == "comment")["claim"] = str(theirs.uuid)

    why = refused(with_rows(archive, reach, lossless.ARTICLE), desk="town")
    assert f"the claim “{theirs.uuid}” is not in it" in why


def test_no_article_and_two_are_refused(archive):
    made_again()

    def none(rows: list[dict[str, Any]]) -> None:
        del rows[1:]

    assert "has 0 articles; expected was one" in refused(with_rows(archive, none, lossless.ARTICLE))
    newer = with_rows(
        archive, lambda rows: rows[0].update(version=lossless.VERSION + 1), lossless.ARTICLE
    )
    assert "a newer version of Factcheck wrote it" in refused(newer)


def test_a_byte_that_was_changed_is_found(archive):
    made_again()
    assert "was altered" in refused(flipped(archive, b"A secret draft"))


def test_a_desk_and_an_article_are_told_apart(archive, tmp_path):
    moved.export("desk", tmp_path / "desk.tar")
    made_again()
    why = refused(tmp_path / "desk.tar")
    assert "no archive of an article, but of a desk: import_desk takes it" in why
    with pytest.raises(CommandError, match="but of an article: import_article takes it"):
        call_command("import_desk", str(archive))


def test_an_import_that_was_ended_has_kept_nothing_and_works_when_begun_again(
    archive, monkeypatch, tmp_path
):
    before = archive.read_bytes()
    made_again()
    here = moved.contents()

    class Ended(BaseException):
        """The process is killed."""

    def end(_self: object) -> None:
        raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(arriving.Coming, "settle", end)
        with pytest.raises(Ended):
            come(archive)
    assert moved.contents() == here
    come(archive)
    assert left(Article.objects.get(), tmp_path / "again.tar").read_bytes() == before


def test_a_trial_says_what_would_be_and_writes_nothing(archive):
    elsewhere()
    before = moved.contents()
    told = come(archive, "town", dry_run=True)
    assert "1 article" in told
    assert "would be at the desk “Town”" in told
    assert "Claim 1 has the number 3 here." in told
    assert moved.contents() == before
