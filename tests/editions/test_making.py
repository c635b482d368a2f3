"""What an edition is made of: no more of the text than may be shown, and who said it."""

from __future__ import annotations

import datetime as dt

from annotations.editions import content, making
from annotations.editions.reading import read_article
from annotations.models import Article, Claim, Claimant
from annotations.vocabulary import PublicText
from tests import cast as c

AT = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
WORDS = "carried 4,000 people"


def test_where_only_a_link_is_allowed_readers_get_the_marked_words_and_not_one_more(cast):
    article = cast.article()
    claim = c.mark(article, WORDS, cast.eda)
    cast.publish(article, claim)
    Article.objects.filter(pk=article.pk).update(public_text=PublicText.LINK)
    article = Article.objects.get(pk=article.pk)
    made = making.of_article(article, number=2, at=AT)
    sentences = [each for paragraph in made.paragraphs for each in paragraph.sentences]
    start = article.revision.text.index(WORDS)
    assert [(each.text, each.start) for each in sentences] == [(WORDS, start)]


def test_an_edition_names_who_said_it(cast):
    _article, claim = cast.published()
    mayor = Claimant.objects.create(
        desk=cast.desk, name="The mayor", description="of the town", kind="person"
    )
    Claim.objects.filter(pk=claim.pk).update(claimant=mayor)
    made = making.of_claim(Claim.objects.get(pk=claim.pk), number=2, at=AT)
    assert made.claim.claimant == content.Claimant("The mayor", "of the town", "person")
    assert made.claim.reports is None


def test_a_stored_edition_of_an_article_keeps_what_each_verdict_stands_on(cast):
    article, _claim = cast.published()
    made = making.of_article(article, number=2, at=AT)
    assert made.claims[0].citations == 1
    assert [source.url for source in made.claims[0].sources or ()] == [
        "https://records.example/Ann"
    ]
    assert read_article(content.stored(made)) == made
