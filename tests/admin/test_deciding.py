"""A verdict of one's own through the admin: its words, and the sources that it stands on."""

from __future__ import annotations

from annotations.models import Annotation, Claim
from tests import cast as c

from .hands import Hands


def own_words(claim: Claim, **fields: str) -> dict[str, str]:
    """A whole verdict of one's own, some of it otherwise."""
    whole = {
        "rating": str(c.rating(claim, "half").pk),
        "finding": "Half of it is so.",
        "justification": "Both registers agree on one half.",
        "cause": "error",
        "reason": "Neither read the second page.",
    }
    return {f"{name}_{claim.uuid.hex}": value for name, value in (whole | fields).items()}


def test_a_verdict_of_ones_own_stands_on_all_that_was_cited(cast):
    _article, claim = cast.deciding()
    Hands(cast.eda).act("claim", "decide", claim, **own_words(claim))
    verdict = claim.verdicts.get()
    assert (verdict.finding, verdict.adopted) == ("Half of it is so.", None)
    titles = {row.source.title for row in verdict.citations.all()}
    assert titles == {"Register of Ann", "Register of Ben"}


def test_it_stands_on_the_sources_of_the_annotation_that_was_chosen(cast):
    _article, claim = cast.deciding()
    anns = Annotation.objects.get(assignment=c.check_of(claim, cast.ann))
    adopt = {f"adopt_{claim.uuid.hex}": str(anns.uuid)}
    Hands(cast.eda).act("claim", "decide", claim, **own_words(claim), **adopt)
    verdict = claim.verdicts.get()
    assert (verdict.finding, verdict.adopted) == ("Half of it is so.", None)
    assert [row.source.title for row in verdict.citations.all()] == ["Register of Ann"]


def test_what_a_verdict_of_ones_own_lacks_is_said_and_nothing_is_decided(cast):
    _article, claim = cast.deciding()
    said = Hands(cast.eda).act("claim", "decide", claim, **own_words(claim, justification=""))
    assert "A verdict of your own has a rating, a finding and reasons." in said
    assert "Half of it is so." in said, "what was typed comes back"
    nothing = dict.fromkeys(("rating", "finding", "justification"), "")
    said = Hands(cast.eda).act("claim", "decide", claim, **own_words(claim, **nothing))
    assert "Choose one, or write a verdict of your own." in said
    assert not claim.verdicts.exists()
