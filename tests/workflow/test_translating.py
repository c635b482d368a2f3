"""Which article is a translation of which: what is refused, and what is logged."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from annotations import workflow
from annotations.models import Article, Membership, Transition
from annotations.queries.translations import possible_originals
from annotations.workflow.translations import is_public
from tests import cast as c

FRENCH = "Le bac a coulé, dit le maire."


@pytest.fixture
def french(cast) -> Article:
    return c.import_text(cast.desk, cast.eda, FRENCH, language="fr")


def moves(article: Article) -> list[str]:
    return list(Transition.objects.filter(article=article).values_list("move", flat=True))


def test_a_translation_is_tied_untied_and_both_are_logged(cast, french):
    original = cast.article()
    workflow.translate(french, original, actor=cast.eda)
    french.refresh_from_db()
    assert french.original == original
    assert (
        list(workflow.translation_group(french))
        == list(workflow.translation_group(original))
        == [french, original]
    )
    workflow.untie(french, actor=cast.eda)
    french.refresh_from_db()
    assert french.original is None
    assert moves(french) == ["import", "translate", "untie"]
    with pytest.raises(workflow.Refused, match="not a translation"):
        workflow.untie(french, actor=cast.eda)


def test_what_cannot_be_tied_is_refused_with_the_reason(cast, french):
    original = cast.article()
    german = c.import_text(cast.desk, cast.eda, "Die Fähre sank, sagt er.", language="de")
    other = c.import_text(cast.desk, cast.eda, "Le bac brûle, dit-il.", language="fr")
    english = c.import_text(cast.desk, cast.eda, "Another text altogether.", language="en")
    elsewhere = c.import_text(cast.stranger.desks.get(), cast.stranger, "A text of theirs.")
    workflow.translate(french, original, actor=cast.eda)
    for article, to, words in (
        (original, original, "of itself"),
        (french, english, "a translation already"),
        (original, german, "has translations itself"),
        (german, french, "a translation itself"),
        (english, original, "the same language"),
        (other, original, "has a translation in that language"),
    ):
        with pytest.raises(workflow.Refused, match=words):
            workflow.translate(article, to, actor=cast.eda)
    with pytest.raises(PermissionDenied):
        workflow.translate(german, elsewhere, actor=cast.eda)
    with pytest.raises(PermissionDenied):
        workflow.translate(elsewhere, french, actor=cast.stranger)
    assert Article.objects.filter(original__isnull=False).get() == french


def test_the_database_refuses_a_second_translation_and_an_article_as_its_own(cast, french):
    original = cast.article()
    other = c.import_text(cast.desk, cast.eda, "Le bac brûle, dit-il.", language="fr")
    workflow.translate(french, original, actor=cast.eda)
    for article, to, name in (
        (other, original, "article_translated_once_a_language"),
        (original, original, "article_is_not_its_own_original"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Article.objects.filter(pk=article.pk).update(original=to)


def test_desks_of_one_newsroom_tie_their_texts_where_a_person_belongs_to_both(cast):
    """A newsroom that publishes in several languages has a desk for each."""
    theirs = cast.stranger.desks.get()
    Membership.objects.create(desk=theirs, user=cast.eda, role="editor")
    original = cast.article()
    french = c.import_text(theirs, cast.eda, FRENCH, language="fr")
    workflow.translate(french, original, actor=cast.eda)
    assert list(workflow.translation_group(original)) == [original, french]
    # Their log is theirs: it says whose the original is, and no word of it.
    line = Transition.objects.get(move="translate")
    assert (line.desk, line.detail) == (theirs, {"original": "Desk"})


def test_a_sample_is_no_translation_of_a_check(cast):
    """Readers of a real page would be led to findings that nobody made."""
    theirs = c.make_desk("samples", is_sample=True)
    Membership.objects.create(desk=theirs, user=cast.eda, role="editor")
    original = cast.article()
    french = c.import_text(theirs, cast.eda, FRENCH, language="fr")
    assert original not in possible_originals(french, cast.eda)
    with pytest.raises(workflow.Refused, match="samples only"):
        workflow.translate(french, original, actor=cast.eda)


def test_a_claim_keeps_the_language_it_was_first_marked_in_and_is_tied_once_a_language(cast):
    _article, claim = cast.marked()
    first = c.import_text(cast.desk, cast.eda, FRENCH, language="fr")
    french, second = (c.mark(first, words, cast.eda) for words in ("Le bac a coulé", "le maire"))
    english = c.mark(cast.article(), c.SECOND, cast.eda)
    assert (claim.language, french.language) == ("en", "fr")
    workflow.translate(french, claim, actor=cast.eda)
    for one, to, words in (
        (claim, claim, "of itself"),
        (second, claim, "has a translation in that language"),
        (english, claim, "the same language"),
        (english, french, "a translation itself"),
        (claim, second, "has translations itself"),
    ):
        with pytest.raises(workflow.Refused, match=words):
            workflow.translate(one, to, actor=cast.eda)
    log = Transition.objects.filter(claim=french).order_by("pk")
    assert list(log.values_list("move", "detail"))[-1] == (
        "translate",
        {"original": claim.claim_reviewed},
    )


def test_what_readers_have_is_public_and_what_was_taken_back_is_not(cast):
    article, claim = cast.approved()
    assert not is_public(article)
    assert not is_public(claim)
    workflow.publish(article, actor=cast.eli)
    assert is_public(article)
    assert is_public(claim)
    workflow.withdraw(article, actor=cast.mia, why="A court.")
    assert not is_public(article)
