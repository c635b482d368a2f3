"""Which article is a translation of which: what is refused, and what is logged."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from annotations import workflow
from annotations.models import Article, Transition
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
        (german, elsewhere, "another desk"),
        (french, english, "a translation already"),
        (original, german, "has translations itself"),
        (german, french, "a translation itself"),
        (english, original, "the same language"),
        (other, original, "has a translation in that language"),
    ):
        with pytest.raises(workflow.Refused, match=words):
            workflow.translate(article, to, actor=cast.eda)
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
