"""Every page as people meet it, in every look: see `looks.py`.

On the invented article of the fixtures, of which `make screenshots` takes pictures. An address
that has a page but no line here fails `test_each_address_with_a_page_is_looked_at`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Page

from annotations import workflow
from annotations.models import (
    Article,
    Assignment,
    Claim,
    Claimant,
    Desk,
    Edition,
    FileImport,
    Membership,
    Phrase,
    ReplyRequest,
    Source,
    SourceChange,
    User,
)
from annotations.tasks.file_imports import FileImporter
from annotations.workflow import notices
from annotations.workflow.replies import pass_for_reply
from tests import cast as c
from tests.e2e.looks import IN_LOOKS, WIDE, objections
from tests.replaying import replayed
from tests.views.test_access import address, patterns

pytestmark = pytest.mark.django_db(transaction=True)

NewPage = Callable[..., Page]
Visit = tuple[str, str | None, str, int]
"""Name, who looks (nobody: a reader), address and status."""

PARTS = {
    # Each in a story of its own: test_revisions.py, with its pictures, and test_signing_in.py.
    "revise",
    "revision",
    "held",
    # There only while something waits for a second person: test_desk_story.py.
    "confirm_taking_back",
    # No script runs in it, so axe-core cannot: test_copies.py.
    "read_copy",
    "look_of_copy",
    "read_passage",
    "cited_copy",
    "shown_copy",
}
FILES = {"public_article_json", "public_claim_json", "claim_card", "article_card"}
FILES |= {"web_annotations", "saved_copy", "reply_file", "claimant_feed", "metrics"}
FILES |= {
    "copy_file",
    "roots",
    "copy_proof",
    "record_proof",
    "edition_proof",
    "evidence",
    "dossier",
}
FILES |= {"look_sheet", "look_picture", "wrong_rows"}
FRAGMENTS = {"find_source", "unsent", "offered_phrases", "copied_words"}
"""Answered to the page's own script, and looked at in the page: test_panels.py, test_unsent.py,
test_phrases.py, test_picking.py."""


@pytest.fixture
def fixtures(db) -> None:
    replayed(("fixtures of pages",), _loaded)


def _loaded() -> None:
    call_command("loaddata", "scales", "sample", "fictional", verbosity=0)
    User.objects.create_superuser("root")
    ruth = User.objects.get(username="ruth")
    ruth.set_password("ruth")
    ruth.save()


def translated(article: Article, editor: User) -> Article:
    """A French text of two claims that is tied to the article, one of them to a claim of it."""
    if made := article.translations.first():
        return made
    words = ("Les bains ont coûté trois fois le prix", "personne n’a jamais demandé")
    text = f"Les bains de la ville\n\n« {words[0]} », dit-elle. Or {words[1]} à les fermer."
    french = c.import_text(article.desk, editor, text, language="fr")
    workflow.translate(french, article, actor=editor)
    first, _second = (c.mark(french, each, editor, claim_reviewed=each) for each in words)
    workflow.translate(first, article.revision.marks.all()[0].claim, actor=editor)
    return french


def wrong_file(desk: Desk) -> FileImport:
    """One of two files of ruth's of which the worker took nothing."""
    ruth = User.objects.get(username="ruth")
    mine = FileImport.objects.filter(desk=desk, person=ruth)
    if not mine.exists():
        rows = "".join(f'{{"title": "Ferry {at}", "text": {at}}}\n' for at in range(3)).encode()
        files = [workflow.Sent(f"{name}.jsonl", rows) for name in ("october", "november")]
        workflow.bring(desk, files, actor=ruth)
        importer = FileImporter()
        while importer.take_next():
            pass
    return mine.get(name="october.jsonl")


def addresses() -> list[Visit]:
    """Each page and what is looked at of it, on what the fixtures hold."""
    edition = Edition.objects.filter(desk__slug="lantern", article__isnull=False).latest("number")
    article = edition.article
    assert article is not None
    claim = Claim.objects.filter(desk__slug="lantern", editions__number=2).get()
    bench = f"/articles/{article.pk}/"
    member = Membership.objects.get(desk=article.desk, user__username="bruno")
    file = wrong_file(article.desk)
    source = Source.objects.filter(desk=article.desk, citations__verdict__isnull=False)[0]
    work = {
        stage: Article.objects.filter(
            desk__is_sample=True, revisions__marks__claim__status=stage
        ).distinct()[0]
        for stage in ("checking", "deciding", "decided")
    }
    first = work["checking"].revision.marks.order_by("start")[0].claim_id
    asked = Assignment.objects.filter(claim_id=first, task="check", person__username="carla")[0]
    handed_in = Assignment.objects.filter(
        claim__marks__revision__article=work["deciding"], task="check", status="submitted"
    )[0]
    nadia = User.objects.get(username="nadia")
    words = "The figure is of an earlier year; the newest one is … ([source](https://…))."
    phrase, _made = Phrase.objects.get_or_create(
        desk=article.desk, name="Figure out of date", body=words, written_by=nadia
    )
    official, _made = Source.objects.get_or_create(
        desk=article.desk, title="An official of the town", is_confidential=True, added_by=nadia
    )
    told = ReplyRequest.objects.create(
        desk=article.desk, addressee="Town hall", channel="email", asked_by=member.user
    )
    with_link = workflow.ask_reply(
        [claim],
        "Town hall",
        channel="email",
        actor=User.objects.get(username="nadia"),
        letter=workflow.ReplyLetter("hall@mail.example", "What do you say?", "{claims} {link}"),
    )
    changed = SourceChange.objects.create(
        source=Source.objects.filter(citations__verdict__claim=claim)[0],
        claim=claim,
        kind="changed",
        about={"passages": [{"before": "It was so.", "now": "It was not so."}]},
    )
    workflow.note_criticism([claim], "Town hall", actor=User.objects.get(username="nadia"))
    guest = f"/reply/{pass_for_reply(with_link)}/"
    invited = workflow.invite(article.desk, "new@example.org", name="Ann Lee", actor=None)
    if not User.objects.filter(username="keeper").exists():
        User.objects.create_superuser("keeper")
        call_command("worker", "--once")
        # The fixtures came in without moves, so nobody was told of anything.
        notices.tell_of_assignment(asked.transitions.get(move="assign"))
    in_french = translated(article, User.objects.get(username="nadia"))
    speaker, other = Claimant.objects.filter(desk=article.desk).order_by("pk")[:2]
    Claimant.objects.get_or_create(
        desk=article.desk, name="I. Marrender", defaults={"same_as": speaker}
    )
    merging = f"/desks/lantern/claimants/{speaker.uuid}/merge/"
    checking = f"/articles/{work['checking'].pk}/"
    deciding = f"/articles/{work['deciding'].pk}/"
    mine = f"/articles/{work['checking'].pk}/?claim={first}"
    return [
        ("latest", None, "/", 200),
        ("public-article", None, f"/checks/lantern/{article.slug}/", 200),
        ("public-claim", None, f"/claims/lantern/{claim.number}-{claim.slug}/", 200),
        ("public-article-arabic", None, f"/checks/lantern/{article.slug}/?lang=ar", 200),
        (
            "public-claim-arabic",
            None,
            f"/claims/lantern/{claim.number}-{claim.slug}/?lang=ar",
            200,
        ),
        ("public-claim-french", None, f"/claims/lantern/{claim.number}-{claim.slug}/?lang=fr", 200),
        ("versions", None, f"/checks/lantern/{article.slug}/versions/", 200),
        ("edition-1", None, f"/checks/lantern/{article.slug}/versions/1/", 200),
        ("search", None, "/search/?q=baths", 200),
        ("search-empty", None, "/search/?q=zeppelin", 200),
        ("search-arabic", None, "/search/?q=baths&lang=ar", 200),
        ("desk-checks", None, "/checks/lantern/", 200),
        ("desk-corrections", None, "/corrections/lantern/", 200),
        ("corrections-arabic", None, "/corrections/?lang=ar", 200),
        ("claimants-arabic", None, "/claimants/lantern/?lang=ar", 200),
        ("versions-arabic", None, f"/checks/lantern/{article.slug}/versions/?lang=ar", 200),
        ("about-arabic", None, "/about/lantern/?lang=ar", 200),
        ("report-arabic", None, f"/report/lantern/?claim={claim.number}&lang=ar", 200),
        ("corrections", None, "/corrections/", 200),
        ("claimants", None, "/claimants/lantern/", 200),
        ("claimant", None, "/claimants/lantern/?name=Ilsa+Marrender", 200),
        ("about", None, "/about/lantern/", 200),
        ("ratings", None, "/about/lantern/ratings/", 200),
        ("report", None, f"/report/lantern/?claim={claim.number}", 200),
        ("report-thanks", None, "/report/lantern/thanks/", 200),
        ("embed-article", None, f"/embed/checks/lantern/{article.slug}/", 200),
        ("embed-claim", None, f"/embed/claims/lantern/{claim.number}-{claim.slug}/", 200),
        ("reports", "nadia", "/desks/lantern/reports/", 200),
        ("statements", "nadia", "/desks/lantern/statements/", 200),
        ("edit-statement", "ruth", "/desks/lantern/statements/methodology/", 200),
        ("not-allowed", "carla", f"{deciding}decide/", 403),
        ("not-found-signed-in", "carla", "/articles/999999/", 404),
        ("open-checking", "nadia", f"{bench}open/", 200),
        ("take-back", "edith", f"{checking}asked/{asked.uuid}/take-back/", 200),
        ("decline", "carla", f"/my-checks/{asked.uuid}/decline/", 200),
        ("give-back", "edith", f"{deciding}return/{handed_in.uuid}/", 200),
        ("ask-again", "edith", f"{deciding}claims/{handed_in.claim_id}/ask/", 200),
        ("bring-back", "nadia", f"{bench}claims/{claim.pk}/back/", 200),
        ("keep-reply", "nadia", f"{bench}replies/{told.uuid}/", 200),
        ("changes", "nadia", f"{bench}changes/", 200),
        ("settle-change", "nadia", f"{bench}changes/{changed.uuid}/", 200),
        ("criticism", "nadia", f"{bench}criticism/", 200),
        ("withdraw-reply", "nadia", f"{bench}replies/{told.uuid}/withdraw/", 200),
        ("letter", "ruth", "/desks/lantern/letter/", 200),
        ("phrases", "ruth", "/desks/lantern/phrases/", 200),
        ("phrase", "ruth", f"/desks/lantern/phrases/{phrase.uuid}/", 200),
        ("confidential-source", "nadia", f"/sources/{official.uuid}/", 200),
        ("guest-reply", None, guest, 200),
        ("revisions", "nadia", f"{bench}revisions/", 200),
        ("orphans-none", "nadia", f"{bench}orphans/", 200),
        ("not-found", None, "/checks/lantern/no-such-article/", 404),
        ("sign-in", None, "/login/", 200),
        ("lost-password", None, "/password/", 200),
        ("invitation", None, f"/invitations/{workflow.pass_for(invited)}/", 200),
        ("no-invitation", None, "/invitations/no-such-pass/", 410),
        ("invite", "ruth", "/desks/lantern/people/invite/", 200),
        ("set-up", "root", "/set-up/", 200),
        ("account", "ruth", "/account/", 200),
        ("second-factor", "ruth", "/account/second-factor/", 200),
        ("sessions", "ruth", "/account/sessions/", 200),
        ("password", "ruth", "/account/password/", 200),
        ("e-mail", "ruth", "/account/e-mail/", 200),
        ("say-it-again", "ruth", "/account/confirm/?next=/account/", 200),
        ("administration", "ruth", "/admin/", 200),
        ("queue", "edith", "/desks/sample/", 200),
        ("queue-checker", "carla", "/desks/sample/", 200),
        ("articles", "edith", "/desks/sample/articles/", 200),
        ("search", "edith", "/desks/sample/search/?q=consulate", 200),
        ("claims", "edith", "/desks/sample/claims/", 200),
        ("claims-empty", "carla", "/desks/sample/claims/?q=zeppelin", 200),
        ("add-article", "edith", "/desks/sample/articles/add/", 200),
        ("workbench", "nadia", bench, 200),
        ("claim-panel", "nadia", f"{bench}?claim={claim.pk}", 200),
        ("sentence-panel", "nadia", f"{bench}?sentence=3", 200),
        ("mark-panel", "nadia", f"{bench}?start=70&end=120", 200),
        ("history", "nadia", f"{bench}history/", 200),
        ("correct", "nadia", f"{bench}claims/{claim.pk}/correct/", 200),
        ("check-panel", "carla", mine, 200),
        (
            "source-panel",
            "carla",
            f"{mine}&cite=new",
            200,
        ),
        ("who-makes-claims", "ruth", "/desks/lantern/claimants/", 200),
        ("who-makes-claims-none", "ruth", "/desks/lantern/claimants/?q=zeppelin", 200),
        ("names", "ruth", f"/desks/lantern/claimants/{speaker.uuid}/", 200),
        ("names-edit", "ruth", f"/desks/lantern/claimants/{speaker.uuid}/edit/", 200),
        ("names-merge", "ruth", f"{merging}?name={other.name.replace(' ', '+')}", 200),
        ("names-refused", "ruth", f"{merging}?name=zeppelin", 422),
        ("earlier-checks", "ruth", "/desks/lantern/earlier-checks/", 200),
        ("add-earlier-checks", "ruth", "/desks/lantern/earlier-checks/add/", 200),
        ("files", "ruth", "/desks/lantern/imports/", 200),
        ("file", "ruth", f"/desks/lantern/imports/{file.uuid}/", 200),
        ("rules", "ruth", "/desks/lantern/rules/", 200),
        ("look", "ruth", "/desks/lantern/look/", 200),
        ("guidelines", "ruth", "/desks/lantern/guidelines/?write=1", 200),
        ("people", "ruth", "/desks/lantern/people/", 200),
        ("end-membership", "ruth", f"/desks/lantern/people/{member.uuid}/end/", 200),
        ("log", "nadia", "/desks/lantern/log/", 200),
        ("statistics", "nadia", "/desks/lantern/statistics/", 200),
        ("renewal", "nadia", "/desks/lantern/renewal/", 200),
        ("my-annotations", "carla", "/desks/sample/my-annotations/", 200),
        ("notices", "carla", "/desks/sample/notices/", 200),
        ("notice-choices", "carla", "/account/notices/", 200),
        ("jobs", "keeper", "/jobs/", 200),
        ("more", "nadia", "/desks/lantern/more/", 200),
        ("asked", "edith", f"/articles/{work['checking'].pk}/claims/{first}/asked/", 200),
        ("reword", "edith", f"/articles/{work['checking'].pk}/claims/{first}/reword/", 200),
        ("duplicate", "edith", f"/articles/{work['checking'].pk}/claims/{first}/duplicate/", 200),
        ("replies", "nadia", f"{bench}replies/", 200),
        ("details", "nadia", f"{bench}details/", 200),
        ("plan", "nadia", f"{bench}plan/", 200),
        ("submit", "carla", f"/articles/{work['checking'].pk}/submit/", 200),
        ("translations", "nadia", f"/articles/{in_french.pk}/translations/", 200),
        ("tied-claims", "nadia", f"/articles/{in_french.pk}/translations/claims/", 200),
        ("withdraw", "ruth", f"{bench}withdraw/", 200),
        ("retract", "ruth", f"{bench}claims/{claim.pk}/retract/", 200),
        ("review", "ruth", f"{bench}claims/{claim.pk}/review/", 200),
        ("source", "nadia", f"/sources/{source.uuid}/", 200),
        ("decide", "edith", f"/articles/{work['deciding'].pk}/decide/", 200),
        ("decide-claim", "edith", f"{deciding}claims/{handed_in.claim_id}/decide/", 200),
        ("approve", "emil", f"/articles/{work['decided'].pk}/approve/", 200),
        ("preview", "emil", f"/articles/{work['decided'].pk}/preview/", 200),
    ]


@IN_LOOKS
@pytest.mark.parametrize("for_readers", [True, False], ids=["readers", "desk"])
def test_a_page_is_well_in_every_look(fixtures, new_page, for_readers, looks):
    visits = addresses()
    people = {user.username: user for user in User.objects.all()}
    pages: dict[str | None, Page] = {}
    wrong: list[str] = []
    for name, who, path, status in visits:
        if (who is None) is not for_readers:
            continue
        if who not in pages:
            person = people[who] if who else None
            pages[who] = new_page(person, refusals=(403, 404, 410, 422), viewport=WIDE)
        response = pages[who].goto(path)
        assert response is not None
        assert response.status == status, f"{name}: {response.status}"
        wrong += objections(pages[who], name, looks)
    assert not wrong, "\n".join(wrong)


def test_each_address_with_a_page_is_looked_at(fixtures):
    """What answers GET with HTML, asked as a member: not what only takes a POST, nor a file."""
    member = Client()
    member.force_login(User.objects.get(username="ruth"))
    seen = {resolve(path.split("?")[0]).url_name for _, _, path, status in addresses()}
    claim = Claim.objects.filter(desk__slug="lantern", editions__number=2).get()
    article = claim.marks.all()[0].revision.article
    unseen = set()
    lead_on = {"desk", "desk_page"}  # to a page with its desk in the address
    for pattern in patterns():
        if pattern.name in seen | PARTS | FILES | FRAGMENTS | lead_on:
            continue
        answer = member.get(
            address(pattern, article, claim, "8" * 8 + "-8888-4888-8888-" + "8" * 12)
        )
        if answer.status_code != 405 and answer["Content-Type"].startswith("text/html"):
            unseen.add(pattern.name)
    assert unseen == set()
