"""A claim at every stage and round, every secret in it a word of its own, and the ways to look.

A state is made by the moves alone. `Desk` has the people; `WALKED` names the states.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, reverse

from annotations import workflow
from annotations.models import (
    OPEN,
    Annotation,
    Assignment,
    Citation,
    Claim,
    Claimant,
    Comment,
    DraftVersion,
    Membership,
    Snapshot,
    Source,
    SourceNote,
    Transition,
    User,
)
from annotations.vocabulary import AssignmentStatus, ClaimStatus, MoveName, Role, SetAside, Task
from annotations.workflow import discussion
from tests import cast as c

from .test_access import OPEN_TO_ANYONE, converters, patterns

HOLDS = (*OPEN, AssignmentStatus.SUBMITTED)
"""The states of a check that somebody holds."""

SEALED = ("identity", "contact", "recording", "recorded")
"""What tells who a confidential source is: disclosed to nobody, at any stage."""

NOT_DISCLOSED = (ClaimStatus.SPOTTED, ClaimStatus.CHECKING)


# --- what is secret ---


@dataclass(frozen=True, slots=True)
class Secret:
    """A word that stands in one thing only: whose it is, and what it is part of."""

    word: str
    author: str
    kind: str
    check: int | None = None
    """The key of the check that it answers, if it is part of an annotation."""
    told: frozenset[str] = frozenset()
    """Who is told it by name, besides its author."""

    def __str__(self) -> str:
        return f"{self.word} ({self.kind} of {self.author})"


@dataclass
class World:
    """A desk, a claim at work there, and all that is secret of it.

    ann and ben check, cal checks other claims only, eda decides, eli is an editor, mia manages, ola
    observes, sue is a superuser and an editor here, root a superuser and no member, gone has left
    the desk, the stranger manages another one.
    """

    desk: Any = None
    people: dict[str, User] = field(default_factory=dict)
    article: Any = None
    claim: Any = None
    secrets: dict[str, Secret] = field(default_factory=dict)
    carried: set[str] = field(default_factory=set)
    """Words of annotations that a verdict took over: they go where the verdict goes."""
    published: set[str] = field(default_factory=set)
    ratings: dict[str, str] = field(default_factory=dict)
    """What stands for a verdict's rating, by its label, which is no secret by itself."""
    seen: set[str] = field(default_factory=set)
    """The words that anybody was shown so far."""

    def __getattr__(self, name: str) -> User:
        people: dict[str, User] = self.__dict__.get("people", {})
        if name not in people:
            raise AttributeError(name)
        return people[name]

    def secret(self, author: User, kind: str, **more: Any) -> str:
        """A new word, to be put into something the person writes."""
        base = f"Secret{author.username.title()}{kind.title().replace(' ', '')}"
        word = next(w for n in itertools.count(1) if (w := f"{base}{n}x") not in self.secrets)
        self.secrets[word] = Secret(word, author.username, kind, **more)
        return word

    def again(self) -> Claim:
        """The claim as it stands now."""
        found: Claim = Claim.objects.get(pk=self.claim.pk)
        self.claim = found
        return found

    def check(self, person: User) -> Assignment | None:
        rows = Assignment.objects.filter(claim=self.claim, person=person, task=Task.CHECK)
        return rows.first()

    def holds(self, person: User) -> bool:
        check = self.check(person)
        return check is not None and check.status in HOLDS

    def is_member(self, person: User) -> bool:
        return Membership.objects.filter(desk=self.desk, user=person).exists()

    def is_disclosed(self) -> bool:
        status = self.again().status
        if status != ClaimStatus.SET_ASIDE:
            return status not in NOT_DISCLOSED
        aside = Transition.objects.filter(claim=self.claim, move=MoveName.SET_ASIDE).latest("pk")
        return aside.source not in NOT_DISCLOSED

    def closed_words(self) -> set[str]:
        """What only its author may see: drafts, and what is handed in and not disclosed."""
        rows = Annotation.objects.filter(submitted_at=None) | Annotation.objects.filter(
            disclosed_at=None
        )
        closed = set(rows.values_list("assignment", flat=True))
        words = {w for w, each in self.secrets.items() if each.check in closed}
        sealed = {w for w, each in self.secrets.items() if each.kind in SEALED}
        return (words - self.carried) | sealed


ROLES = {
    "ann": Role.CHECKER,
    "ben": Role.CHECKER,
    "cal": Role.CHECKER,
    "dot": Role.CHECKER,
    "eda": Role.EDITOR,
    "eli": Role.EDITOR,
    "mia": Role.MANAGER,
    "ola": Role.OBSERVER,
    "sue": Role.EDITOR,
    "gone": Role.CHECKER,
}


def made() -> World:
    """A desk whose article has one claim marked; beside it another, that most are asked to check.

    Only so can they look for sources again, as somebody does who is at another claim.
    """
    world = World(desk=c.make_desk(checkers_mark=True))
    world.people = {name: c.make_person(name, world.desk, role) for name, role in ROLES.items()}
    world.people["root"] = c.make_person("root", c.make_desk("third"), Role.MANAGER)
    world.people["stranger"] = c.make_person("stranger", c.make_desk("elsewhere"), Role.MANAGER)
    for person, superuser in ((world.sue, True), (world.root, True), (world.mia, False)):
        person.is_staff, person.is_superuser = True, superuser
        person.save()
    side = c.import_text(world.desk, world.eda, "Elsewhere\n\nThe pier is new. It is so.")
    c.mark(side, "The pier is new", world.eda)
    workflow.open_checking(side, [world.cal, world.eli, world.sue], actor=world.eda)
    world.article = c.import_text(world.desk, world.eda)
    world.claim = c.mark(world.article, c.MARKED, world.eda)
    c.triage_all(world.article, world.eda)
    typed = [("finding", world.secret(world.eda, "typed"))]
    workflow.keep_unsent(world.desk, TYPED, typed, actor=world.eda, based_on=0)
    return world


# --- moves, each leaving its secrets ---


def draft(world: World, person: User) -> None:
    """Begin an annotation with a source, a passage and a saved copy."""
    check = world.check(person)
    assert check is not None
    workflow.start(check, actor=person)
    annotation = Annotation.objects.filter(assignment=check).first()

    def secret(kind: str) -> str:
        return world.secret(person, kind, check=check.pk)

    slug = {"ann": "false", "ben": "half"}.get(person.username, "true")
    workflow.save_annotation(
        check,
        workflow.Answer(
            c.rating(world.claim, slug), secret("finding"), secret("justification"), "high"
        ),
        person=person,
        based_on=annotation.version if annotation else 0,
    )
    address = f"https://e.example/{secret('address')}"
    citation = workflow.save_citation(
        check,
        workflow.SourceDraft(secret("title"), secret("publisher"), address),
        person=person,
        stance="contradicts",
        passage=secret("passage"),
        locator=secret("locator"),
        note=secret("note"),
    )
    workflow.keep_copy(
        citation.source, secret("bytes").encode(), person=person, name=f"{secret('copy')}.txt"
    )
    assert citation.annotation is not None
    workflow.add_note(citation.annotation, citation.source, secret("doubt"), person=person)
    if person == world.ben:
        cite_in_confidence(check, person, secret)


def cite_in_confidence(check: Assignment, person: User, secret: Callable[[str], str]) -> None:
    """A source that must not be named, with what tells who it is."""
    described = workflow.SourceDraft(secret("title"), is_confidential=True)
    citation = workflow.save_citation(check, described, person=person, stance="context")
    who = workflow.Who(secret("identity"), secret("contact"))
    workflow.keep_identity(citation.source, who, actor=person)
    name = f"{secret('recording')}.txt"
    workflow.keep_copy(citation.source, secret("recorded").encode(), person=person, name=name)


def hand_in(world: World, *people: User) -> None:
    for person in people:
        draft(world, person)
        check = world.check(person)
        assert check is not None
        workflow.submit(check, actor=person)


def leave(world: World) -> None:
    member = Membership.objects.get(user=world.gone, desk=world.desk)
    workflow.end_membership(member, actor=world.mia)


def comment(world: World, person: User) -> None:
    said = f"{world.secret(person, 'comment')}, @mia"
    discussion.add(world.again(), said, person=person)


def decide(world: World) -> None:
    """A verdict that stands on what ann and ben cited."""
    rows = Citation.objects.filter(annotation__assignment__claim=world.claim)
    taken = [
        workflow.CitationDraft(row.source, row.stance, row.passage, row.locator, row.note)
        for row in rows.select_related("source")
    ]
    kinds = {"title", "publisher", "address", "passage", "locator", "note", "bytes", "copy"}
    world.carried |= {w for w, s in world.secrets.items() if s.check and s.kind in kinds}
    slug = "half" if world.ratings else "open"
    world.ratings[slug] = world.secret(world.eda, "verdict rating")
    c.decide(
        world.again(),
        world.eda,
        slug,
        finding=world.secret(world.eda, "verdict finding"),
        justification=world.secret(world.eda, "verdict justification"),
        reason=world.secret(world.eda, "decider's reason".replace("'", "")),
        citations=taken,
    )


# --- states ---


def spotted(world: World) -> None:
    """Marked; ann is asked already."""
    workflow.assign(world.claim, world.ann, actor=world.eda)


def asked(world: World) -> None:
    """Checking: five are asked. cal's colleague dot and the editor eli have handed in."""
    people = [world.ann, world.ben, world.dot, world.eli, world.sue, world.gone]
    workflow.open_checking(world.article, people, actor=world.eda)
    draft(world, world.gone)
    leave(world)
    hand_in(world, world.dot, world.eli)
    draft(world, world.sue)


def drafted(world: World) -> None:
    asked(world)
    draft(world, world.ben)


def half(world: World) -> None:
    asked(world)
    hand_in(world, world.ben)


def set_aside(world: World) -> None:
    half(world)
    workflow.set_aside(world.again(), SetAside.NOT_CHECKABLE, actor=world.eda)


def brought_back(world: World) -> None:
    set_aside(world)
    workflow.bring_back(world.again(), actor=world.eda, reason="Look again.")


def asked_anew(world: World) -> None:
    """Brought back, and checked again by ann and cal, who see nothing of what was before."""
    brought_back(world)
    workflow.open_checking(world.article, [world.ann, world.cal], actor=world.eda)


def deciding(world: World) -> None:
    people = [world.ann, world.ben, world.gone]
    workflow.open_checking(world.article, people, actor=world.eda)
    hand_in(world, *people)
    leave(world)
    source = Source.objects.get(added_by=world.gone)
    name = world.secret(world.eda, "later copy")
    workflow.keep_copy(source, name.encode(), person=world.eda, name=name)
    comment(world, world.ben)
    comment(world, world.eda)


def set_aside_disclosed(world: World) -> None:
    deciding(world)
    workflow.set_aside(world.again(), SetAside.OPINION, actor=world.eda)


def returned(world: World) -> None:
    """ann's annotation is with her again; she knows why, and nobody else who checks does."""
    deciding(world)
    check = world.check(world.ann)
    assert check is not None
    why = world.secret(world.eda, "reason to return", told=frozenset(["ann"]))
    workflow.give_back(check, actor=world.eda, reason=why)


def reworded(world: World) -> None:
    deciding(world)
    wording = workflow.ClaimDraft(claim_reviewed="It is so that they never asked.")
    # Whose annotations it returns are told it with them.
    why = world.secret(world.eda, "reason to reword", told=frozenset(["ann", "ben"]))
    workflow.reword(world.again(), wording, actor=world.eda, reason=why)


def decided(world: World) -> None:
    deciding(world)
    decide(world)


def sent_back(world: World) -> None:
    decided(world)
    why = world.secret(world.mia, "reason to send back")
    workflow.send_back(world.again(), actor=world.mia, reason=why)


def ask_two_more(world: World) -> None:
    """The superuser sue and the editor eli owe a blind annotation; the rest have seen enough."""
    why = world.secret(world.eda, "reason to ask again")
    workflow.ask_again(world.again(), world.sue, actor=world.eda, reason=why)
    workflow.assign(world.again(), world.eli, actor=world.eda)


def asked_again(world: World) -> None:
    sent_back(world)
    ask_two_more(world)


def approved(world: World) -> None:
    decided(world)
    workflow.approve(world.again(), actor=world.mia)


def published(world: World) -> None:
    approved(world)
    workflow.publish(world.article, actor=world.mia)
    verdict = ("verdict finding", "verdict justification", "verdict rating")
    world.published |= {w for w, s in world.secrets.items() if s.kind in verdict} | {
        # Saved copies stay within the desk.
        w
        for w in world.carried
        if world.secrets[w].kind not in ("bytes", "copy")
    }


def reopened(world: World) -> None:
    published(world)
    why = world.secret(world.mia, "reason to correct")
    workflow.reopen(world.again(), actor=world.mia, reason=why)
    comment(world, world.ann)


def reopened_and_asked(world: World) -> None:
    reopened(world)
    ask_two_more(world)


def decided_again(world: World) -> None:
    reopened(world)
    decide(world)


State = Callable[[World], None]

WALKED: list[State] = [
    half,
    decided,
    asked_again,
    published,
]

BESIDES: list[State] = [
    spotted,
    drafted,
    set_aside,
    deciding,
    returned,
    reopened_and_asked,
    brought_back,
    approved,
    reopened,
    asked_anew,
    set_aside_disclosed,
    reworded,
    sent_back,
    decided_again,
]
"""Walked in the drill only: each is much like one above, on its way to another."""


# --- addresses ---


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at something: an address, how it is asked for, and what is sent."""

    name: str
    url: str
    data: tuple[tuple[str, str], ...] | None = None
    htmx: bool = False

    def __str__(self) -> str:
        words = "POST" if self.data is not None else "GET"
        return f"{words} {self.url}{' (htmx)' if self.htmx else ''}"


PLAIN = {
    "account",
    "account_sign_out_everywhere",
    "add_mark",
    "answer_invitation",
    "answer_report",
    "articles",
    "ask_again",
    "bring_back",
    "choose_role",
    "claimant",
    "claimants",
    "held",
    "invite",
    "set_up",
    "confirm_marks",
    "confirm_taking_back",
    "correct",
    "correct_report",
    "decline",
    "desk",
    "desk_more",
    "desk_page",
    "details",
    "add_earlier_checks",
    "duplicate",
    "earlier_checks",
    "edit_claim",
    "edit_statement",
    "end_membership",
    "file_import",
    "file_imports",
    "give_back",
    "guidelines",
    "here",
    "import",
    "keep_reply",
    "letter",
    "look",
    "look_again",
    "merge_claimants",
    "edit_claimant",
    "open_checking",
    "orphans",
    "part_claimants",
    "people",
    "plan",
    "reports",
    "retract",
    "review",
    "revise",
    "revision",
    "revisions",
    "reword",
    "edit_phrase",
    "offered_phrases",
    "phrases",
    "remove_phrase",
    "remove_filter",
    "rules",
    "save_filter",
    "set_aside",
    "statements",
    "stop_file_import",
    "take_back",
    "tied_claims",
    "translations",
    "withdraw",
    "withdraw_reply",
    "wrong_rows",
}
"""Forms and lists with nothing of an annotation or verdict in them: walked in some states only."""

PANELS = ["?claim={claim}", "?claim={claim}&tab=history", "?claim={claim}&tab=discussion"]
"""What htmx asks for of the workbench."""

FILES = {name: ["?as=csv", "?as=jsonl"] for name in ("log", "claims")}
FILES |= {name: ["?as=csv"] for name in ("statistics", "renewal")}
"""What may be taken away, by the name of the address."""

TYPED = "/a/form/"
"""A form that eda has typed into."""

ALWAYS_ASKED = {
    "find_source": "?find=secret",
    "desk_search": "?q=secret",
    "unsent": f"?form={TYPED}",
}
"""Without which a page shows nothing."""

LOOKS: dict[str, dict[str, str]] = {
    "here": {},
    "approve_all": {"seen": "before"},
    "decide_claim": {"finding": ""},
    "comment": {"body": ""},
    "see_identity": {},
    "annotate": {"version": ""},
}
"""What is sent that changes nothing (or is refused), and is answered with a page."""

NO_PAGE: set[str] = set()
"""The names of addresses that are only sent to, as they turn out to be."""

PICTURES = {"claim_card", "article_card"}


def rows_behind(world: World, person: User | None) -> dict[str, list[Any]]:
    """What of this state stands in addresses: by the name of what they take, or of both.

    Of checks the person's own and ben's, of sources ben's, of copies ben's and the newest.
    """
    own = Assignment.objects.filter(person=person, task=Task.CHECK) if person else None
    newest = _keys(own)[-1:] if own is not None else []
    here = [check.uuid for each in (person, world.ben) if each and (check := world.check(each))]
    of_claim = {"annotation__assignment__claim": world.claim}
    copies = Snapshot.objects.filter(source__desk=world.desk)
    bens = Source.objects.filter(desk=world.desk, added_by=world.ben)
    members = _keys(Membership.objects.filter(desk=world.desk))[:1]
    named = _keys(Claimant.objects.filter(desk=world.desk))[:1]
    behind: dict[str, list[Any]] = {
        "pk": [world.article.pk],
        "claim_pk": [world.claim.pk],
        "desk": [world.desk.slug],
        "desk_slug": [world.desk.slug],
        "slug": [world.article.slug],
        "number": [1],
        "kind": ["methodology"],
        "rest": ["log/"],
        "digest": [],
        "citation_key": _keys(Citation.objects.filter(**of_claim))[:1],
        "version_key": _keys(DraftVersion.objects.filter(**of_claim))[:1],
        "comment_key": _keys(Comment.objects.filter(claim=world.claim))[:1],
        "mark_key": _keys(world.claim.marks.all())[:1],
        "find_source key": newest,
        "decline key": newest,
        "resume key": newest,
        "source key": [*_keys(bens)[:1], *_keys(bens.filter(is_confidential=True))[:1]],
        "confidant_key": [],
        "archive_again key": [],
        "archive_key": [],
        "read_copy key": [*_keys(copies.filter(taken_by=world.ben))[:1], *_keys(copies)[-1:]],
        "copy_file key": [*_keys(copies.filter(taken_by=world.ben))[:1], *_keys(copies)[-1:]],
        "look_of_copy key": [*_keys(copies.filter(taken_by=world.ben))[:1], *_keys(copies)[-1:]],
        "copy_proof key": [*_keys(copies.filter(taken_by=world.ben))[:1], *_keys(copies)[-1:]],
        "record_proof key": [*_keys(copies.filter(taken_by=world.ben))[:1], *_keys(copies)[-1:]],
        "edition_proof key": [],
        "read_passage key": _keys(copies.filter(taken_by=world.ben))[:1],
        "cited_copy key": _keys(Citation.objects.filter(**of_claim))[:1],
        "saved_copy key": [*_keys(copies.filter(taken_by=world.ben))[:1], *_keys(copies)[-1:]],
        "annotate key": here[:1] if person and world.check(person) else [],
        "choose_role key": members,
        "answer_invitation key": [],
        "held key": [],
        "remove_filter key": [],
        "file_import key": [],
        "stop_file_import key": [],
        "wrong_rows key": [],
        "edit_phrase key": [],
        "remove_phrase key": [],
        "claimant key": named,
        "merge_claimants key": named,
        "edit_claimant key": named,
        "part_claimants key": [],
        "guest_reply shown": ["no-pass"],
        "invitation shown": ["no-pass"],
        "end_membership key": members,
    }
    behind["note_key"] = _keys(SourceNote.objects.filter(annotation__assignment__person=world.ben))
    for name in ("add_note", "settle_note"):
        behind[f"{name} key"] = _keys(bens)[:1]
    for name in ("keep_identity", "see_identity", "confide", "end_confidence", "forget_identity"):
        behind[f"{name} key"] = _keys(bens.filter(is_confidential=True))[:1]
    for name in ("cite", "cite_again", "cite_back", "uncite", "place_source", "restore_version"):
        behind[f"{name} key"] = here[:1]
    for name in ("take_back", "give_back"):
        behind[f"{name} key"] = here
    reports = ("answer_report", "correct_report", "tell_again")
    replies = ("keep_reply", "withdraw_reply", "note_reply_read", "reply_file")
    settled = ("settle_change", "settle_criticism")
    for name in (*replies, *settled, "attach", "let_go", *reports):
        behind[f"{name} key"] = []
    behind["letter_key"] = []
    behind["run_job name"] = ["clean"]
    for name in ("public_claim", "public_claim_json", "embed_claim"):
        behind[f"{name} slug"] = [world.claim.slug or "not-published"]
        behind[f"{name} number"] = [world.claim.number]
    return behind


def _keys(rows: Any) -> list[uuid.UUID]:
    return list(rows.order_by("pk").values_list("uuid", flat=True))


def filled(pattern: URLPattern, behind: dict[str, list[Any]]) -> list[str]:
    """The pattern's addresses for these rows. Fails where nobody said which rows stand behind it.

    Where a state has no such row, one key that is nobody's stands for it.
    """
    name = str(pattern.name)
    choices = []
    for taken in converters(pattern):
        rows = behind.get(f"{name} {taken}", behind.get(taken))
        assert rows is not None, f"{name}: say in `rows_behind` what its {taken} names"
        choices.append([(taken, value) for value in rows or [uuid.uuid4()]])
    return [reverse(name, kwargs=dict(each)) for each in itertools.product(*choices)]


def documents(world: World) -> list[str]:
    """What is asked for the words of a copy of what ben and ann cite, by every name it has."""
    rows = Source.objects.filter(added_by__in=[world.ben, world.ann]).order_by("pk")
    return [
        f"?{urlencode({'url': row.url, 'title': row.title, 'source': row.uuid})}" for row in rows
    ]


def looks(
    world: World, person: User | None, *, plain: bool = False, besides: bool = True
) -> list[Look]:
    """Every way in which the person may look at the pages of the app; nobody: the public ones.

    `plain` are forms and lists that tell nothing of answers; `besides` are files and what is sent,
    each another answer of an address that is there too.
    """
    behind = rows_behind(world, person)
    found = []
    for pattern in patterns():
        name = str(pattern.name)
        is_public = name in OPEN_TO_ANYONE
        if is_public != (person is None) or name == "account_logout" or name in PICTURES:
            continue
        if name in PLAIN and not plain:
            continue
        for url in filled(pattern, behind):
            if name not in NO_PAGE:
                found.append(Look(name, url + ALWAYS_ASKED.get(name, "")))
            if name == "copied_words":
                found += [Look(name, url + asked) for asked in documents(world)]
            if name == "workbench":
                panels = [url + query.format(claim=world.claim.pk) for query in PANELS]
                found += [Look(name, panel, htmx=True) for panel in panels]
            if besides:
                found += [Look(name, url + query) for query in FILES.get(name, [])]
            if name in LOOKS and besides:
                found.append(Look(name, url, tuple(LOOKS[name].items())))
    return found


OF_A_CLAIM = {
    "annotation",
    "assignment",
    "citation",
    "claim",
    "edition",
    "snapshot",
    "source",
    "transition",
    "verdict",
}
"""What the administration has of a claim at work."""


def admin_looks(world: World, *, plain: bool) -> list[Look]:
    """Every list, and the pages of a row of the claim, in the administration."""
    found = []
    for model in admin.site._registry:
        name = str(model._meta.model_name)
        if model._meta.app_label != "annotations" or (name not in OF_A_CLAIM and not plain):
            continue
        base = reverse(f"admin:annotations_{name}_changelist")
        found.append(Look(name, base))
        if (row := _shown(world, model, name)) is not None:
            key = getattr(row, "uuid", row.pk)
            found += [Look(name, f"{base}{key}/change/"), Look(name, f"{base}{key}/history/")]
    query = "app_label=annotations&model_name=citation&field_name=source&term=secret"
    found.append(Look("autocomplete", f"{reverse('admin:autocomplete')}?{query}"))
    return found


def _shown(world: World, model: type[Model], name: str) -> Any:
    """One row of the model: of ben's where he has one, for none of the people who look is ben."""
    rows = model._base_manager.order_by("-pk")
    of_ben: dict[str, dict[str, Any]] = {
        "claim": {"pk": world.claim.pk},
        "assignment": {"claim": world.claim, "person": world.ben},
        "annotation": {"assignment__claim": world.claim, "assignment__person": world.ben},
        "citation": {"annotation__assignment__person": world.ben},
        "source": {"added_by": world.ben},
        "snapshot": {"taken_by": world.ben},
        "transition": {"reason__startswith": "Secret"},
    }
    return rows.filter(**of_ben.get(name, {})).first()
