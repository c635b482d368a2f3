"""Pages of a desk that is played: what they tell of the others, as somebody reads them."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st

from annotations.models import Article, User

from .asking import Asking
from .moves import AT, WHO, has, move
from .promises import Promise

LOGS = ("page", "csv", "jsonl", "history")
"""The shapes in which the log is read: the desk's as a page and as files, and an article's."""


class Pages(Asking):
    """The same rows are asked for by many pages. These tell of others what nobody would look for:
    why somebody decided, and that somebody is there."""

    @move(writes="", weight=1, ripe=has("Verdict"), who=WHO, article=AT, way=st.sampled_from(LOGS))
    def read_log(self, who: int, article: int, way: str) -> None:
        """A member reads why others decided as they did."""
        me, place = self.someone(who), self.pick(Article, article)
        if not self.is_member(me):
            return
        of_desk = reverse("log", args=[self.desk.slug])
        shapes = {"page": of_desk, "history": reverse("history", args=[place.pk])}
        page = self.read(me, shapes.get(way, f"{of_desk}?as={way}"))
        decided = self.rows("Transition", move="decide")
        told = [row for row in decided if row["reason"].strip() and row["reason"] in page]
        for line in told:
            if line["actor_id"] != me.pk:
                self.has_read.add((me.pk, line["claim_id"]))
        owes = [
            claim
            for claim, promise in self.closed_claims(me.pk).items()
            if promise == Promise.OWING_IS_BLIND
        ]
        leaked = [line["claim_id"] for line in told if line["claim_id"] in owes]
        self.promise(Promise.OWING_IS_BLIND, not leaked, f"the log tells of claims {leaked}")
        self.look_anew()

    @move(writes="", weight=1, ripe=has("Claim", status="checking"), who=WHO, article=AT)
    def open_article(self, who: int, article: int) -> None:
        """A member has an article open, is noted, and told who else has."""
        me, place = self.someone(who), self.pick(Article, article)
        if not self.is_member(me):
            return
        before = self.now["Presence"]
        page = self.read(me, reverse("here", args=[place.pk]), sends=True)
        self.look_anew()
        made = self.claims_of(place.pk)
        for person in self.people:
            for claim, promise in self.closed_claims(person.pk).items():
                if claim in made and person == me:
                    is_nobody = not page.strip() and self.now["Presence"] == before
                    self.promise(promise, is_nobody, f"who checks is noted, or told: {page}")
                elif claim in made:
                    self.promise(promise, str(person) not in page, f"is told {person} is there")

    def is_member(self, person: User) -> bool:
        return person.pk in {member["user_id"] for member in self.members()}

    def read(self, me: User, address: str, *, sends: bool = False) -> str:
        """The page, or nothing where the person may not open it."""
        browser = Client()
        browser.force_login(me)
        answer = browser.post(address) if sends else browser.get(address)
        assert answer.status_code in (200, 403), answer.status_code
        return answer.getvalue().decode() if answer.status_code == 200 else ""
