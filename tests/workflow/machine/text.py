"""Moves of a desk that is played: texts, marks, and how claims are put."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.models import Article, Claim, Mark, Orphan, RemovedMark
from annotations.vocabulary import SetAside, Triage
from tests import cast as c

from .asking import Asking
from .moves import AT, KIND, STALE, WHO, WHY, has, move
from .promises import PEOPLE

ANOTHER = [
    c.TEXT,
    c.TEXT.replace("sailing,” the mayor said.", "sailing,” she said."),
    c.TEXT.replace("to stop sailing", "not to stop sailing"),
    c.TEXT.replace(" The line carried 4,000 people last year.", "") + " We never sailed.",
    c.TEXT + " It was paid for last year.",
    "Another story\n\nNothing of it is left here.",
]
TEXTS = st.sampled_from(range(len(ANOTHER)))
MOST_CLAIMS, MOST_ARTICLES = 4, 3


class TextMoves(Asking):
    """Importing, marking, triage, new texts, translations, wording, setting aside."""

    @move(writes="import", who=WHO, text=TEXTS, language=st.sampled_from(["en", "en", "de"]))
    def import_(self, who: int, text: int, language: str) -> None:
        if len(self.now["Article"]) < MOST_ARTICLES:
            self.attempt(
                "import",
                partial(
                    exchange.import_text,
                    self.desk,
                    ANOTHER[text],
                    actor=self.someone(who),
                    language=language,
                ),
                may_rest=True,
            )

    @move(writes="mark", who=WHO, article=AT, words=AT, same_as=st.none() | AT, step=st.booleans())
    def mark(self, who: int, article: int, words: int, same_as: int | None, step: bool) -> None:
        place = self.pick(Article, article)
        start, end, exact = self.span(place, words)
        claim = wording = None
        if same_as is not None or len(self.now["Claim"]) >= MOST_CLAIMS:
            claim = self.pick(Claim, same_as or 0)
        else:
            wording = workflow.ClaimDraft(f"It is so, says {self.number()}.")
        me = self.someone(who)

        def act() -> object:
            if step and wording is not None:
                return workflow.mark_new(
                    place, [(start, end)], actor=me, exact=exact, wording=wording
                )
            if step:
                return workflow.mark_step(place, [(start, end)], actor=me, exact=exact, claim=claim)
            return workflow.mark(place, start, end, actor=me, wording=wording, claim=claim)

        self.attempt("mark", act)

    @move(writes="unmark", weight=1, when=has("Mark"), who=WHO, at=AT, step=st.booleans())
    def unmark(self, who: int, at: int, step: bool) -> None:
        if mark := self.pick(Mark, at):
            take = workflow.unmark_step if step else workflow.unmark
            article, me = mark.revision.article, self.someone(who)
            self.attempt("unmark", partial(take, article, mark, actor=me))

    @move(writes="mark", when=has("RemovedMark"), who=WHO, at=AT)
    def put_back(self, who: int, at: int) -> None:
        if removed := self.pick(RemovedMark, at):
            article, me = removed.revision.article, self.someone(who)
            self.attempt("put_back", partial(workflow.put_back, article, removed, actor=me), "mark")

    @move(writes="mark, unmark, triage", when=has("Step"), who=WHO, article=AT, again=st.booleans())
    def undo(self, who: int, article: int, again: bool) -> None:
        steps = self.rows("Step", is_undone=again)
        if steps:
            if who >= PEOPLE:
                who = self.index(steps[article % len(steps)]["person_id"])
            place = Article.objects.get(pk=steps[article % len(steps)]["article_id"])
            move = workflow.redo if again else workflow.undo
            lines = self.attempt_logged(
                "redo" if again else "undo", partial(move, place, actor=self.someone(who))
            )
            assert lines <= {"mark", "unmark", "triage"}, lines

    @move(
        writes="triage",
        who=WHO,
        article=AT,
        numbers=st.sets(st.integers(1, 5)),
        value=st.sampled_from(Triage),
    )
    def triage(self, who: int, article: int, numbers: set[int], value: Triage) -> None:
        place = self.pick(Article, article)
        self.attempt(
            "triage",
            partial(workflow.triage_step, place, numbers, value, actor=self.someone(who)),
            may_rest=True,
        )

    @move(writes="revise, orphan", who=WHO, article=AT, text=TEXTS, is_stale=STALE)
    def revise(self, who: int, article: int, text: int, is_stale: bool) -> None:
        place = self.pick(Article, article)
        number = 0 if is_stale else place.revision.number
        document = plain.read(ANOTHER[text], place.language)
        self.attempt(
            "revise",
            partial(
                exchange.revise,
                place,
                document,
                actor=self.someone(who),
                based_on=number,
                reason="A new print.",
            ),
        )

    @move(when=has("Orphan"), ripe=has("Orphan", outcome=""), who=WHO, at=AT, words=AT)
    def attach(self, who: int, at: int, words: int) -> None:
        orphan = self.pick(Orphan, at)
        start, end, _exact = self.span(orphan.revision.article, words)
        me = self.someone(who)
        self.attempt("attach", partial(workflow.attach, orphan, start, end, actor=me))

    @move(
        writes="let go, set aside",
        when=has("Orphan"),
        ripe=has("Orphan", outcome=""),
        who=WHO,
        at=AT,
        why=st.sampled_from(SetAside),
    )
    def let_go(self, who: int, at: int, why: SetAside) -> None:
        orphan = self.pick(Orphan, at)
        me = self.someone(who)
        lines = self.attempt_logged("let_go", partial(workflow.let_go, orphan, why, actor=me))
        assert lines <= {"let go", "set aside"}, lines

    @move(when=has("Mark", came_by="context"), who=WHO, at=AT)
    def confirm(self, who: int, at: int) -> None:
        mark = self.pick(Mark, at, self.rows("Mark", came_by="context"))
        article, me = mark.revision.article, self.someone(who)
        self.attempt("confirm", partial(workflow.confirm, article, [str(mark.uuid)], actor=me))

    @move(when=has("Revision", number=2), ripe=lambda desk: desk.lost(), who=WHO, article=AT)
    def look_again(self, who: int, article: int) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        self.attempt("look_again", partial(workflow.look_again, place, actor=me), may_rest=True)

    @move(
        ripe=has("Edition"),
        who=WHO,
        article=AT,
        title=st.sampled_from(["A title", "Another title"]),
    )
    def describe(self, who: int, article: int, title: str) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        values, base = {"title": title}, {"title": place.title}
        self.attempt("describe", partial(workflow.describe, place, values, actor=me, base=base))

    @move(
        writes="translate, also in",
        ripe=has("Article", language="de"),
        who=WHO,
        kind=KIND,
        at=AT,
        of=AT,
    )
    def translate(self, who: int, kind: type[Any], at: int, of: int) -> None:
        first = self.rows(kind.__name__, language="en")
        later = self.rows(kind.__name__, language="de") or first
        me, row, original = (
            self.someone(who),
            self.pick(kind, at, later),
            self.pick(kind, of, first),
        )
        self.attempt("translate", partial(workflow.translate, row, original, actor=me))

    @move(writes="untie, also in", when=lambda desk: desk.tied(), who=WHO, at=AT)
    def untie(self, who: int, at: int) -> None:
        tied = self.tied()
        row = tied[at % len(tied)]
        found = self.pick(Article if "outlet" in row else Claim, 0, [row])
        self.attempt("untie", partial(workflow.untie, found, actor=self.someone(who)))

    # --- wording ---

    @move(ripe=has("Claim", status="spotted"), who=WHO, claim=AT, is_stale=STALE)
    def word(self, who: int, claim: int, is_stale: bool) -> None:
        row, me = self.at("spotted", claim), self.someone(who)
        wording = workflow.ClaimDraft(f"It is so, says {self.number()}.")
        version = row.version - is_stale
        self.attempt(
            "word", partial(workflow.save_wording, row, wording, person=me, based_on=version)
        )

    @move(writes="reword, return", who=WHO, claim=AT, why=WHY)
    def reword(self, who: int, claim: int, why: str) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        wording = workflow.ClaimDraft(f"It is so, says {self.number()}.")
        self.attempt("reword", partial(workflow.reword, row, wording, actor=me, reason=why))

    @move(
        writes="set aside, expire",
        weight=1,
        ripe=has("Claim", status="spotted"),
        who=WHO,
        claim=AT,
        why=st.sampled_from(SetAside),
        other=AT,
    )
    def set_aside(self, who: int, claim: int, why: SetAside, other: int) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        twin = self.pick(Claim, other) if why == SetAside.DUPLICATE else None
        self.attempt(
            "set_aside",
            partial(workflow.set_aside, row, why, actor=me, note="Look.", duplicate_of=twin),
        )

    @move(ripe=has("Claim", status="set_aside"), who=WHO, claim=AT, why=WHY)
    def bring_back(self, who: int, claim: int, why: str) -> None:
        row, me = self.at("set_aside", claim), self.someone(who)
        self.attempt("bring_back", partial(workflow.bring_back, row, actor=me, reason=why))
