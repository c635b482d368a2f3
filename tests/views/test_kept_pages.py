"""Whatever is done at a desk, a page that is kept is the page that would be made now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from annotations import addresses, workflow
from annotations.models import Article, Claim, Claimant, Membership, User
from tests import cast as c

SPEAKER, OTHER = "Ada / Mayor", "Second"
OF_NAMES = ("public_claimants", "claimant_feed")
DRAWN = ("claim_card", "article_card")
"""Pictures: dear, and of the same state as the page of what they show."""


def pages(article: Article, claim: Claim) -> list[str]:
    desk = article.desk.slug
    found = [reverse(name) for name in addresses.SITE_OUTPUTS]
    found += [reverse(name, args=[desk]) for name in addresses.DESK_OUTPUTS if name not in OF_NAMES]
    found += [
        addresses.of_claimant(desk, name, page) for name in (SPEAKER, OTHER) for page in OF_NAMES
    ]
    for name in {*addresses.ARTICLE_OUTPUTS, "public_edition"}.difference(DRAWN):
        number = [1] if name == "public_edition" else []
        found.append(reverse(name, args=[desk, article.slug, *number]))
    for name in set(addresses.CLAIM_OUTPUTS).difference(DRAWN):
        found.append(reverse(name, args=[desk, claim.number, claim.slug]))
    for kind in ("methodology", "ratings"):
        found.append(reverse("public_statement", args=[desk, kind]))
    found += [reverse("public_about", args=[desk]), f"/search/?desk={desk}&q=sail"]
    return found


class Desk:
    """A desk with a published claim, and what may be done at it."""

    def __init__(self, cast: c.Cast) -> None:
        self.cast, self.desk = cast, cast.desk
        self.article = c.import_text(cast.desk, cast.eda, outlet="The Courier", topic="Ferries")
        self.speaker, self.other = (
            Claimant.objects.create(desk=cast.desk, name=name) for name in (SPEAKER, OTHER)
        )
        self.claim = c.mark(self.article, c.MARKED, cast.eda, claimant=self.speaker)
        cast.publish(self.article, self.claim)

    def rules(self, **values: Any) -> None:
        workflow.change_rules(self.desk, values, actor=self.cast.mia, reason="So.")

    def state(self, number: int) -> None:
        words = f"How we check, {number}."
        workflow.write_statement(
            self.desk, "methodology", words, actor=self.cast.mia, based_on=number
        )

    def reopen(self) -> None:
        workflow.reopen(self._claim(), actor=self.cast.eli, reason="A letter came.")

    def correct(self) -> None:
        claim = self._claim()
        c.decide(claim, self.cast.eda, "half", finding="Half of it.")
        workflow.approve(claim, actor=self.cast.mia)
        notes = {claim.pk: workflow.CorrectionNote("correction", "A letter shows it.")}
        workflow.publish(self._article(), actor=self.cast.mia, notes=notes)

    def retitle(self) -> None:
        c.retitle(self._article(), self.cast.eda)

    def rename(self, name: str, description: str) -> None:
        entry = Claimant.objects.get(pk=self.speaker.pk)
        said = workflow.ClaimantDraft(name, "person", description)
        before = workflow.ClaimantDraft.of(entry)
        workflow.change_claimant(entry, said, actor=self.cast.mia, based_on=before)

    def merge(self) -> None:
        workflow.merge_claimants(self.other, self.speaker, actor=self.cast.mia)

    def part(self) -> None:
        workflow.part_claimants(Claimant.objects.get(pk=self.speaker.pk), actor=self.cast.mia)

    def another_scale(self) -> None:
        scale = c.make_scale("other")
        workflow.change_scale(self.desk, scale, actor=self.cast.mia, reason="New.")

    def leave(self) -> None:
        member = Membership.objects.get(user=self.cast.ben)
        workflow.end_membership(member, actor=self.cast.mia, reason="Another job.")

    def erase(self) -> None:
        workflow.erase_person(User.objects.get(pk=self.cast.ann.pk), reason="Asked for.")

    def retract(self) -> None:
        workflow.retract(self._claim(), actor=self.cast.mia, why="Forged.")

    def withdraw(self) -> None:
        workflow.withdraw(self._article(), actor=self.cast.mia, why="A court.")

    def _claim(self) -> Claim:
        return Claim.objects.get(pk=self.claim.pk)

    def _article(self) -> Article:
        return Article.objects.get(pk=self.article.pk)


def acts(desk: Desk) -> dict[str, Callable[[], object]]:
    """In an order in which each can be done."""
    return {
        "a statement": lambda: desk.state(0),
        "another statement": lambda: desk.state(1),
        "the publisher": lambda: desk.rules(organisation="The Harbour"),
        "the desk's name": lambda: desk.rules(name="Another desk"),
        "its own site": lambda: desk.rules(website="https://harbour.example"),
        "its language": lambda: desk.rules(language="fr"),
        "its time zone": lambda: desk.rules(time_zone="Asia/Tokyo"),
        "whether copies are shown": lambda: desk.rules(shows_copies=True),
        "reopened": desk.reopen,
        "corrected": desk.correct,
        "how long that is said": lambda: desk.rules(corrected_days=1),
        "a title": desk.retitle,
        "what is said of somebody": lambda: desk.rename(SPEAKER, "the mayor"),
        "two names of one": desk.merge,
        "two again": desk.part,
        "another scale": desk.another_scale,
        "who leaves": desk.leave,
        "who is erased": desk.erase,
        "retracted": desk.retract,
        "withdrawn": desk.withdraw,
    }


def test_a_page_that_a_reader_keeps_is_the_page_that_would_be_made_now(cast):
    desk = Desk(cast)
    addresses_of = pages(desk.article, desk._claim())
    kept = {address: Client().get(address) for address in addresses_of}
    stale = []
    for name, act in acts(desk).items():
        act()
        for address in addresses_of:
            tag = kept[address].get("ETag", "none")
            again = Client().get(address, headers={"If-None-Match": tag})
            shown = kept[address] if again.status_code == 304 else again
            caches["process"].clear()
            kept[address] = Client().get(address)
            if _told(shown) != _told(kept[address]):
                stale.append((name, address))
    assert stale == []


def _told(answer: Any) -> tuple[int, str, bytes]:
    return answer.status_code, answer.get("Location", ""), answer.content
