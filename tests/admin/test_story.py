"""From a text to a published and corrected verdict, through the admin alone."""

import pytest
from django.urls import reverse

from annotations import workflow
from annotations.models import Annotation, Article, Claim, Correction, Edition, Transition
from annotations.vocabulary import Triage
from tests import cast as c

from .hands import Hands


@pytest.fixture
def hands(cast):
    return {name: Hands(getattr(cast, name)) for name in ("ann", "ben", "eda", "eli", "mia", "ola")}


def status(row) -> str:
    found: str = type(row).objects.values_list("status", flat=True).get(pk=row.pk)
    return found


def import_article(editor: Hands, text: str = c.TEXT, **fields):
    sent = {"desk": "desk", "text": text, "public_text": "excerpts"} | fields
    return editor.client.post(reverse("admin:annotations_article_add"), sent, follow=True)


def mark(editor: Hands, article: Article, words: str, claim: str, **fields):
    address = reverse("admin:annotations_article_mark", args=[article.uuid])
    sent = {"words": words, "claim_reviewed": claim, "type": "event"} | fields
    return editor.client.post(address, sent, follow=True)


def test_the_whole_story_through_the_admin_alone(cast, hands):
    eda, eli, ann, ben = (hands[name] for name in ("eda", "eli", "ann", "ben"))
    page = import_article(eda, outlet="The Harbour Post", published_on="2026-03")
    assert "The article was imported." in page.content.decode()
    article = Article.objects.get()
    assert (article.desk, article.outlet, article.created_by) == (
        cast.desk, "The Harbour Post", cast.eda,
    )  # fmt: skip
    assert article.revision.sentences.count() == 6

    mark(eda, article, c.MARKED, "The town never asked.", claimant_name="The mayor")
    mark(eda, article, c.SECOND, "4,000 people took the line last year.")
    claim, second = Claim.objects.order_by("number")
    assert claim.marks.get().exact == c.MARKED
    assert claim.claimant is not None
    assert claim.claimant.name == "The mayor"
    left = article.revision.sentences.filter(triage="", number__isnull=False)
    eda.act("sentence", "triage_unimportant", *left)
    assert not article.revision.sentences.filter(triage="", number__isnull=False).exists()

    said = eda.act("article", "open_checking", article, who=["ann", "ben"])
    assert "checking is open for 2 claims" in said
    for hand, slug in ((ann, "false"), (ben, "half")):
        name = hand.user.username
        drafts = [
            hand.write(
                c.check_of(each, hand.user),
                c.rating(each, slug if each == claim else "true"),
                f"Finding of {name}",
                f"Register of {name}",
            )
            for each in (claim, second)
        ]
        assert "is submitted" in hand.act("annotation", "submit", *drafts)
    assert Annotation.objects.submitted().count() == 4
    assert status(claim) == status(second) == "deciding"

    assert "1 claim on which all agree is decided" in eda.act("article", "adopt_agreed", article)
    page = eda.ask("claim", "decide", claim).content.decode()
    assert "Finding of ann" in page
    assert "Finding of ben" in page
    key, anns = claim.uuid.hex, Annotation.objects.get(assignment=c.check_of(claim, cast.ann))
    said = eda.act("claim", "decide", claim, **{f"adopt_{key}": anns.uuid})
    assert "The ratings differ" in said
    assert status(claim) == "deciding"
    eda.act(
        "claim", "decide", claim,
        **{f"adopt_{key}": anns.uuid, f"cause_{key}": "error", f"reason_{key}": "Newer."},
    )  # fmt: skip
    assert status(claim) == "decided"
    verdict = claim.verdicts.get()
    assert (verdict.adopted, verdict.decided_by, verdict.reason) == (anns, cast.eda, "Newer.")
    assert verdict.citations.get().source.title == "Register of ann"

    assert "someone else approves it" in eda.act("claim", "approve", claim)
    eli.act("claim", "approve", claim, second)
    assert status(claim) == status(second) == "approved"
    assert "edition 1" in eli.act("article", "publish", article)
    assert status(article) == "published"

    eli.act("claim", "reopen", claim, reason="A reader sent the letter.")
    bens = Annotation.objects.get(assignment=c.check_of(claim, cast.ben))
    eda.act(
        "claim", "decide", claim,
        **{f"adopt_{key}": bens.uuid, f"cause_{key}": "source", f"reason_{key}": "The letter."},
    )  # fmt: skip
    eli.act("claim", "approve", claim)
    asked = eli.ask("article", "publish", article).content.decode()
    assert f"kind_{key}" in asked
    assert f"kind_{second.uuid.hex}" not in asked, "only what readers have and was changed"
    said = eli.act(
        "article", "publish", article,
        **{f"kind_{key}": "correction", f"why_{key}": "We had the wrong letter."},
    )  # fmt: skip
    assert "edition 2" in said
    assert Correction.objects.get().why == "We had the wrong letter."
    assert Edition.objects.filter(claim=claim).count() == 2
    log = eli.list("transition", move="decide").content.decode()
    assert "The letter." in log
    assert "Newer." in log


def test_words_that_stand_twice_ask_which(cast, hands):
    article = cast.article()
    page = mark(hands["eda"], article, "pier", "There is a pier.")
    assert page.status_code == 422
    assert not Claim.objects.exists()
    start = article.revision.text.rindex("pier")
    mark(hands["eda"], article, "pier", "There is a pier.", place=str(start))
    assert Claim.objects.get().marks.get().start == start


def test_words_that_do_not_stand_there_are_not_marked(cast, hands):
    page = mark(hands["eda"], cast.article(), "We always asked", "They asked.")
    assert page.status_code == 422
    assert "do not stand in the text" in page.content.decode()
    assert not Claim.objects.exists()


def test_one_claim_can_be_marked_in_a_second_place(cast, hands):
    article = cast.article()
    claim = c.mark(article, c.MARKED, cast.eda)
    mark(hands["eda"], article, c.SECOND, "", same_as=claim.number)
    assert claim.marks.count() == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "Paste a text"), ("  \n ", "Paste a text"), ("a\x00b", "Null characters")],
)
def test_a_bad_text_is_an_error_of_the_form_and_leaves_nothing(cast, hands, text, why):
    page = import_article(hands["eda"], text)
    assert page.status_code == 422
    assert why in page.content.decode()
    assert not Article.objects.exists()


def test_bytes_that_are_no_text_are_an_error_of_the_form(cast, hands):
    from django.core.files.uploadedfile import SimpleUploadedFile

    for data in (b"\xff\xfe\xfa", b"%PDF-1.7\n\x00\x01", b"a" * (10 * 1024 * 1024 + 1)):
        page = import_article(hands["eda"], "", file=SimpleUploadedFile("a.txt", data))
        assert page.status_code == 422
        assert page.context["form"].errors["file"]
    assert not Article.objects.exists()


def test_a_checker_may_not_import(cast, hands):
    page = import_article(hands["ann"])
    assert page.status_code == 403
    assert not Article.objects.exists()


def test_the_same_text_again_leads_to_the_first(cast, hands):
    cast.article()
    page = import_article(hands["eda"])
    assert "already on the desk" in page.content.decode()
    assert Article.objects.count() == 1


def test_a_claim_is_set_aside_and_brought_back(cast, hands):
    _article, claim = cast.marked()
    eda = hands["eda"]
    assert eda.ask("claim", "set_aside", claim).status_code == 200
    assert status(claim) == "spotted", "asking moves nothing"
    eda.act("claim", "set_aside", claim, why="opinion", note="A guess.")
    assert status(claim) == "set_aside"
    page = eda.act("claim", "bring_back", claim, reason="")
    assert "This field is required" in page
    eda.act("claim", "bring_back", claim, reason="It is a fact after all.")
    assert status(claim) == "spotted"


def test_a_claim_is_sent_back_and_another_person_asked(cast, hands):
    _article, claim = cast.decided()
    hands["eli"].act("claim", "send_back", claim, reason="Thin.")
    assert status(claim) == "deciding"
    said = hands["eda"].act("claim", "ask_again", claim, who="ola")
    assert "valid choice" in said, "an observer cannot annotate"
    hands["eda"].act("claim", "ask_again", claim, who="mia", reason="A third opinion.")
    assert status(claim) == "checking"
    assert c.check_of(claim, cast.mia).status == "assigned"


def test_an_annotation_is_returned_and_written_again(cast, hands):
    _article, claim = cast.deciding()
    check = c.check_of(claim, cast.ann)
    hands["eda"].act("assignment", "give_back", check, reason="Which register?")
    check.refresh_from_db()
    assert check.status == "returned"
    page = hands["ann"].open(check.annotation, "history").content.decode()
    assert "Which register?" in page
    assert hands["ann"].save(check.annotation, finding="The other one").status_code == 302
    hands["ann"].act("annotation", "submit", check.annotation)
    assert status(claim) == "deciding"


def test_triage_says_what_it_refuses(cast, hands):
    article, _claim = cast.marked()
    marked = article.revision.sentences.get(triage=Triage.CHECKWORTHY)
    heading = article.revision.sentences.filter(kind="heading")[0]
    assert "A claim is marked in" in hands["eda"].act("sentence", "triage_opinion", marked)
    hands["eda"].act("sentence", "triage_opinion", heading)
    heading.refresh_from_db()
    assert heading.triage == Triage.OPINION
    marked.refresh_from_db()
    assert marked.triage == Triage.CHECKWORTHY


def test_several_claims_are_moved_and_reported_one_by_one(cast, hands):
    article = cast.article()
    first, second = c.mark(article, c.MARKED, cast.eda), c.mark(article, c.SECOND, cast.eda)
    hands["eda"].act("claim", "set_aside", first, why="opinion")
    said = hands["eda"].act("claim", "set_aside", first, second, why="opinion")
    assert f"“{second}” is set aside." in said
    assert f"“{first}” is at the stage “Set aside”" in said
    assert Transition.objects.filter(move="set aside").count() == 2


def test_wording_is_changed_until_checking_opens(cast, hands):
    article, claim = cast.marked()
    assert hands["eda"].save(claim, claim_reviewed="Put better.").status_code == 302
    claim.refresh_from_db()
    assert (claim.claim_reviewed, claim.version) == ("Put better.", 2)
    assert hands["ann"].client.post(hands["ann"].address(claim), {}).status_code == 403
    sent = hands["eda"].fields_of(claim)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    page = hands["eda"].client.post(
        hands["eda"].address(claim), sent | {"claim_reviewed": "Too late."}
    )
    assert page.status_code == 409
    assert "Too late." in page.content.decode(), "what was typed is kept"
    claim.refresh_from_db()
    assert claim.claim_reviewed == "Put better."


def test_a_stale_draft_is_shown_again_with_both(cast, hands):
    _article, claim = cast.checking()
    ann = hands["ann"]
    annotation = ann.write(
        c.check_of(claim, cast.ann), c.rating(claim, "false"), "First", "Register"
    )
    one, other = ann.fields_of(annotation), ann.fields_of(annotation)
    assert ann.client.post(ann.address(annotation), one | {"finding": "Theirs"}).status_code == 302
    mine = other | {
        "finding": "Mine",
        "citations-1-title": "Typed",
        "citations-1-stance": "context",
    }
    page = ann.client.post(ann.address(annotation), mine)
    text = page.content.decode()
    assert page.status_code == 409
    for words in ("Theirs", "Mine", "Typed", "changed while you worked on it"):
        assert words in text
    annotation.refresh_from_db()
    assert annotation.finding == "Theirs"
    assert annotation.citations.count() == 1
    again = mine | {"based_on": page.context["adminform"].form["based_on"].value()}
    assert ann.client.post(ann.address(annotation), again).status_code == 302
    annotation.refresh_from_db()
    assert annotation.finding == "Mine"
    assert annotation.citations.count() == 2


def test_a_repeated_save_has_one_effect(cast, hands):
    _article, claim = cast.checking()
    ann = hands["ann"]
    annotation = ann.write(
        c.check_of(claim, cast.ann), c.rating(claim, "false"), "First", "Register"
    )
    sent = ann.fields_of(annotation) | {
        "citations-1-title": "Second", "citations-1-stance": "context",
    }  # fmt: skip
    for _time in range(2):
        assert ann.client.post(ann.address(annotation), sent).status_code == 302
    assert annotation.citations.count() == 2


def test_a_citation_is_changed_and_taken_out(cast, hands):
    _article, claim = cast.checking()
    ann = hands["ann"]
    annotation = ann.write(
        c.check_of(claim, cast.ann), c.rating(claim, "false"), "First", "Register"
    )
    ann.save(annotation, **{"citations-0-locator": "page 3"})
    assert annotation.citations.get().locator == "page 3"
    ann.save(annotation, **{"citations-0-DELETE": "on"})
    assert not annotation.citations.exists()


@pytest.mark.parametrize("date", ["2025-04-31", "٢٠٢٦-٠٢-٣٠", "spring"])
def test_a_day_that_there_is_not_is_refused_in_words_for_a_mark_and_a_source(cast, hands, date):
    article, claim = cast.checking()
    page = mark(hands["eda"], article, c.SECOND, "4,000 people took the line.", said_on=date)
    assert "Give a date as 2026" in page.content.decode()
    assert "4,000 people took the line." in page.content.decode()
    ann = hands["ann"]
    annotation = ann.write(c.check_of(claim, cast.ann), c.rating(claim, "false"), "So.", "Register")
    sent = {"citations-0-published_on": date, "citations-0-locator": "page 3"}
    page = ann.save(annotation, **sent)
    assert page.status_code in {200, 422}
    assert "Give a date as 2026" in page.content.decode()
    assert "page 3" in page.content.decode()


def test_a_source_dated_in_arabic_digits_is_kept_with_plain_ones(cast, hands):
    _article, claim = cast.checking()
    ann = hands["ann"]
    annotation = ann.write(c.check_of(claim, cast.ann), c.rating(claim, "false"), "So.", "Register")
    ann.save(annotation, **{"citations-0-published_on": "٢٠٢٦-٠٢"})
    assert annotation.citations.get().source.published_on == "2026-02"
