"""The committed fixtures: they load twice on an empty database and hold what they promise."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import TestCase

from annotations import readiness, workflow
from annotations.models import (
    OPEN,
    Annotation,
    Article,
    Assignment,
    Citation,
    Claim,
    Correction,
    Desk,
    Edition,
    Mark,
    RatingScale,
    Revision,
    Sentence,
    Source,
    Transition,
    User,
    Verdict,
)
from annotations.vocabulary import ClaimStatus, PublicText, Role, Tone
from tests.build_fixtures import FIXTURES, build
from tests.stories import sample

NAMES = ["scales", "sample", "fictional"]


def rows() -> dict[str, list[dict[str, object]]]:
    """All that the app's tables hold."""
    models = apps.get_app_config("annotations").get_models()
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.mark.heart
def test_the_committed_fixtures_are_what_the_stories_make(db):
    for name, text in build().items():
        committed = (FIXTURES / name).read_text(encoding="utf-8")
        assert json.loads(text) == json.loads(committed), f"{name}: run `make fixtures`"
        assert text == committed


class TestLoaded(TestCase):
    """The fixtures as they come out of the database; Django loads them once for all tests."""

    fixtures = NAMES

    @property
    def real(self) -> Article:
        """The sample article: the only one about real people."""
        return Article.objects.get(slug__startswith="lavrov")

    @property
    def invented(self) -> Article:
        return Article.objects.get(desk__slug="lantern")

    def test_loading_twice_changes_nothing(self):
        before = rows()
        call_command("loaddata", *NAMES, verbosity=0)
        assert rows() == before
        written = [found for name, found in before.items() if name != "Listing"]
        assert sum(map(len, written)) == sum(
            len(json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8")))
            for name in NAMES
        )

    def test_every_row_passes_what_forms_would_ask_of_it(self):
        """Constraints held on loading; choices, lengths and addresses are asked here."""
        for model in apps.get_app_config("annotations").get_models():
            for row in model._base_manager.all():
                empty = {
                    field.name
                    for field in row._meta.fields
                    if getattr(row, field.attname) in field.empty_values
                }
                row.clean_fields(exclude=empty)

    def test_marks_and_sentences_fit_their_texts(self):
        assert Mark.objects.count() > 20
        for mark in Mark.objects.select_related("revision"):
            text = mark.revision.text
            assert text[mark.start : mark.end] == mark.exact
            assert text[: mark.start].endswith(mark.prefix)
            assert text[mark.end :].startswith(mark.suffix)
        for revision in Revision.objects.all():
            between = 0
            for sentence in revision.sentences.all():
                assert revision.text[between : sentence.start].strip() == ""
                between = sentence.end
            assert revision.text[between:].strip() == ""

    def test_the_texts_are_the_files_beside_the_fixtures(self):
        real = self.real
        invented = self.invented
        for article, name in ((real, "lavrov-consulate.txt"), (invented, "orsolet-baths.txt")):
            data = (FIXTURES / name).read_bytes()
            assert article.revision.text.encode() == data
            assert b"".join(article.revision.original.pieces()) == data
            assert article.revision.original.name == name

    def test_nobody_can_sign_in_with_what_the_fixtures_hold(self):
        people = User.objects.all()
        assert len(people) == 11
        assert not any(person.has_usable_password() or person.is_superuser for person in people)

    def test_two_scales_show_that_scales_are_data(self):
        newsroom = RatingScale.objects.get(slug="newsroom").ratings.all()
        assert [(rating.label, rating.value) for rating in newsroom] == [
            ("True", 5),
            ("Mostly true", 4),
            ("Missing context", 3),
            ("Misleading", 2),
            ("False", 1),
            ("Unproven", None),
            ("Not checkable", None),
        ]
        assert [rating.tone for rating in newsroom] == Tone.values
        assert all(rating.short and rating.definition for rating in newsroom)
        averitec = RatingScale.objects.get(slug="averitec").ratings.all()
        assert [rating.label for rating in averitec] == [
            "Supported",
            "Refuted",
            "Not Enough Evidence",
            "Conflicting Evidence/Cherrypicking",
        ]

    # The sample desk

    def test_the_sample_desk_says_that_it_is_one(self):
        desk = Desk.objects.get(slug="sample")
        assert desk.is_sample
        assert desk.preset == "four"
        roles = Counter(desk.memberships.values_list("role", flat=True))
        assert roles == {"checker": 2, "editor": 2, "manager": 1, "observer": 1}

    def test_every_sample_finding_and_reason_says_that_it_is_one(self):
        sampled = {"desk__is_sample": True}
        words = [
            *Annotation.objects.filter(assignment__claim__desk__is_sample=True).values_list(
                "finding", "justification"
            ),
            *Verdict.objects.filter(claim__desk__is_sample=True).values_list(
                "finding", "justification"
            ),
            *Verdict.objects.filter(claim__desk__is_sample=True).values_list("reason"),
            *Correction.objects.filter(edition__desk__is_sample=True).values_list("why"),
            *Claim.objects.filter(**sampled).values_list("set_aside_note"),
        ]
        said = [word for row in words for word in row if word]
        assert len(said) > 50
        assert [word for word in said if not word.startswith("Sample:")] == []
        editions = Edition.objects.filter(**sampled)
        shown = [
            content["verdict"]["finding"]
            for edition in editions
            for content in [edition.content, *edition.content.get("claims", [])]
            if "verdict" in content
        ]
        assert len(shown) > 20
        assert all(finding.startswith("Sample:") for finding in shown)
        assert all(edition.content["desk"]["is_sample"] for edition in editions)

    def test_what_is_said_of_the_real_article_says_nothing_of_the_matter(self):
        real = self.real
        claims = Claim.objects.made_in(real)
        known = (
            {answer.finding for place in range(7) for answer in sample._dealt(place)}
            | {sample.NOTHING_CHECKED}
            | {"Sample: this shows how a corrected finding looks; nothing was checked."}
        )
        for model, path in ((Annotation, "assignment__claim"), (Verdict, "claim")):
            of_claims = model.objects.filter(**{f"{path}__in": claims})
            assert of_claims.count() > 8
            for said in of_claims.values_list("finding", "justification"):
                assert set(said) <= known

    def test_sources_about_the_real_article_are_named_and_nothing_more(self):
        real = self.real
        claims = Claim.objects.made_in(real)
        citations = Citation.objects.filter(annotation__assignment__claim__in=claims)
        citations |= Citation.objects.filter(verdict__claim__in=claims)
        assert citations.count() > 40
        for citation in citations.select_related("source"):
            assert (citation.passage, citation.locator) == ("", "")
            assert citation.note == sample.NOT_LOOKED_UP
            source = citation.source
            assert (source.url, source.published_on) == ("", "")
            assert source.title.startswith("Sample:")
            assert source.publisher.startswith("Sample:")

    def test_the_real_article_is_excerpted_without_a_permission_that_nobody_gave(self):
        real = self.real
        assert (real.public_text, real.permission) == (PublicText.EXCERPTS, "")
        assert real.why_selected.startswith("Sample:")

    def test_the_real_article_shows_each_kind_of_mark(self):
        real = self.real
        marks = {mark.exact: mark for mark in real.revision.marks.select_related("claim")}
        inside = marks["We never asked them to close the consulate general as they did"]
        across = marks["It was their initiative. I don’t know what caused it"]

        def touched(mark: Mark) -> list[Sentence]:
            sentences = real.revision.sentences
            return list(sentences.filter(start__lt=mark.end, end__gt=mark.start))

        (sentence,) = touched(inside)
        assert sentence.start < inside.start
        assert inside.end < sentence.end
        assert [each.number for each in touched(across)] == [11, 12]
        assert len(marks) == len({mark.claim_id for mark in marks.values()}) + 1, "one is repeated"
        reported = Claim.objects.made_in(real).get(reports__isnull=False)
        assert (reported.type, str(reported.claimant)) == ("quotation", "Sergei Lavrov")
        aside = Claim.objects.made_in(real).get(status=ClaimStatus.SET_ASIDE)
        assert aside.set_aside == "opinion"
        assert readiness.blockers(real) == []

    def test_the_real_article_was_published_and_corrected(self):
        real = self.real
        assert list(real.editions.order_by("number").values_list("number", flat=True)) == [1, 2]
        correction = Correction.objects.get(edition__desk__is_sample=True)
        assert correction.changes[0]["field"] == "rating"

    def test_every_sample_person_who_may_work_finds_work(self):
        desk = Desk.objects.get(slug="sample")
        claims = list(desk.claims.select_related("desk"))
        for member in desk.memberships.select_related("user").exclude(role=Role.OBSERVER):
            person = member.user
            owed = Assignment.objects.filter(person=person, status__in=OPEN)
            moves = [
                claim
                for move in (workflow.DECIDE, workflow.APPROVE)
                for claim in claims
                if member.role != Role.CHECKER and not move.objection(claim, person)
            ]
            assert owed or moves, person
        assert {claim.status for claim in claims} >= {
            "checking",
            "deciding",
            "decided",
            "published",
        }

    # The desk with the invented article

    def test_the_invented_article_is_no_sample_and_says_that_it_is_invented(self):
        invented = self.invented
        assert not invented.desk.is_sample
        assert "invented" in invented.why_selected
        assert (invented.public_text, bool(invented.permission)) == (PublicText.FULL, True)
        sentences = invented.revision.sentences
        assert sentences.filter(kind="heading").count() == 2
        assert 16 <= sentences.filter(kind="body").count() <= 18

    def test_the_invented_article_has_every_rating_and_full_evidence(self):
        invented = self.invented
        claims = Claim.objects.made_in(invented)
        verdicts = [claim.verdict for claim in claims if not claim.set_aside]
        assert {verdict.rating.label for verdict in verdicts if verdict} == set(
            invented.desk.scale.ratings.values_list("label", flat=True)
        )
        for citation in Citation.objects.filter(source__desk=invented.desk):
            assert citation.passage
            assert citation.locator
            assert citation.source.publisher
            assert citation.source.published_on
        addresses = Source.objects.filter(desk=invented.desk).exclude(url="")
        assert addresses.count() > 20
        assert all(".example/" in source.url for source in addresses)
        assert ".example/" in invented.url

    @pytest.mark.heart
    def test_the_invented_article_was_checked_by_four_people_and_corrected(self):
        invented = self.invented
        edition = invented.editions.latest("number")
        how = edition.content["how"]
        assert edition.number == 2
        assert how["blind_annotations"] == 2
        assert (how["claims"], how["agreed"]) == (10, 8)
        assert [len(how[task]) for task in ("checked", "decided", "approved")] == [2, 1, 1]
        (correction,) = edition.content["corrections"]
        assert {change["field"] for change in correction["changes"]} == {
            "finding", "justification", "evidence_as_of", "how",
        }  # fmt: skip

    def test_every_status_in_the_fixtures_has_its_line_in_the_log(self):
        for claim in Claim.objects.all():
            line = Transition.objects.filter(claim=claim, assignment=None).latest("at", "pk")
            assert line.target == claim.status
