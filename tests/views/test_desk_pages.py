"""The desk's own pages and the pages of one question: each does what it says, and says what not."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import (
    Article,
    Assignment,
    Claim,
    Claimant,
    Desk,
    Edition,
    Guidelines,
    Membership,
    ReplyRequest,
    Snapshot,
    Source,
    Transition,
)
from tests import cast as c

from .sending import hidden


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def said(answer: Any) -> str:
    return str(answer.content.decode())


RULES = {
    "preset": "four",
    "annotations_needed": "2",
    "decider_may_approve": "",
    "lapse_days": "3",
    "sources_needed": "1",
    "demand_sources": "off",
    "demand_primary": "block",
    "demand_copies": "off",
    "demand_locator": "off",
    "demand_confirmed": "off",
    "archiver": "",
    "demand_reply": "warn",
    "people_shown": "roles",
    "corrected_days": "30",
    "time_zone": "UTC",
    "logo": "https://post.example/logo.png",
    "data_licence": "",
    "reason": "We grew.",
}


def test_every_member_reads_the_rules_and_a_manager_changes_them(cast):
    url = reverse("rules", args=["desk"])
    assert "Change the rules" not in said(as_(cast.ola).get(url))
    assert as_(cast.eda).post(url, RULES).status_code == 403
    mia = as_(cast.mia)
    rules = RULES | hidden(mia, url)
    assert mia.post(url, rules | {"reason": ""}).status_code == 422
    assert mia.post(url, rules | {"annotations_needed": "1"}).status_code == 422
    assert mia.post(url, rules).status_code == 302
    desk = Desk.objects.get(pk=cast.desk.pk)
    assert (desk.lapse_days, desk.demand_primary, desk.demand_reply) == (3, "block", "warn")
    assert "Do not publish without it" in said(as_(cast.ola).get(url))
    assert Transition.objects.filter(move="change rules").count() == 1


def test_readers_are_told_names_or_roles_as_the_desk_chooses(cast):
    article, claim = cast.published()
    claim.refresh_from_db()
    pages = [
        reverse("public_article", args=[cast.desk.slug, article.slug]),
        reverse("public_claim", args=[cast.desk.slug, claim.number, claim.slug]),
    ]
    people = [str(person) for person in (cast.ann, cast.ben, cast.eda, cast.eli)]
    assert all(name in said(Client().get(pages[0])) for name in people)
    url, mia = reverse("rules", args=["desk"]), as_(cast.mia)
    rules = RULES | {"demand_primary": "off"} | hidden(mia, url)
    assert mia.post(url, rules).status_code == 302
    assert all(name in said(Client().get(pages[0])) for name in people), "pinned as it was"
    article, claim = Article.objects.get(), Claim.objects.get()  # with the desk as it is now
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    for edition in Edition.objects.filter(number=2):
        how = edition.content["how"]
        assert (how["checked"], how["decided"], how["approved"]) == (
            ["checker", "checker"],
            ["editor"],
            ["editor"],
        )
    for page in pages:
        assert "An editor decided. An editor approved." in said(Client().get(page))
    assert 'Checked by <b dir="ltr">2 checkers</b>.' in said(Client().get(pages[0]))


def test_an_editor_is_warned_of_a_wording_that_others_may_cut(cast):
    article, claim = cast.marked()
    panel = f"{reverse('workbench', args=[article.pk])}?claim={claim.pk}"
    assert "may cut it" not in said(as_(cast.eda).get(panel))
    claim.claim_reviewed = "x" * 76
    claim.save(update_fields=["claim_reviewed"])
    for page in (panel, f"{panel}&edit=1"):
        assert "The wording has 76 characters." in said(as_(cast.eda).get(page))


def test_guidelines_are_read_by_all_written_by_managers_and_kept_in_versions(cast):
    url = reverse("guidelines", args=["desk"])
    assert as_(cast.eda).post(url, {"text": "Mine.", "based_on": 0}).status_code == 403
    mia = as_(cast.mia)
    assert mia.post(url, {"text": "Be fair.", "based_on": 0}).status_code == 302
    late = mia.post(url, {"text": "Be quick.", "based_on": 0})
    assert late.status_code == 409
    assert "Be quick." in said(late), "what was typed is there"
    assert 'name="based_on" value="1"' in said(late), "who has read the newer may write on"
    assert mia.post(url, {"text": "Be quick.", "based_on": 1}).status_code == 302
    assert [row.version for row in Guidelines.objects.order_by("version")] == [1, 2]
    assert "Be quick." in said(as_(cast.ola).get(url))
    assert "Be fair." in said(as_(cast.ola).get(f"{url}?version=1"))
    part = as_(cast.ann).get(url, headers={"HX-Request": "true"})
    assert "Be quick." in said(part)
    assert "<html" not in said(part)


def test_managers_alone_read_when_somebody_last_signed_in(cast):
    assert "Last signed in" in as_(cast.mia).get(reverse("people", args=["desk"])).content.decode()
    for person in (cast.ann, cast.eda):
        page = as_(person).get(reverse("people", args=["desk"])).content.decode()
        assert "Last signed in" not in page


def test_a_manager_adds_people_changes_roles_and_ends_memberships(cast):
    url, mia = reverse("people", args=["desk"]), as_(cast.mia)
    assert as_(cast.eda).post(url, {"username": "stranger", "role": "editor"}).status_code == 403
    nobody = mia.post(url, {"username": "nobody", "role": "editor"})
    assert nobody.status_code == 422
    assert "Nobody signs in with this name" in said(nobody)
    assert mia.post(url, {"username": "stranger", "role": "checker"}).status_code == 302
    member = Membership.objects.get(desk=cast.desk, user=cast.stranger)
    mia.post(reverse("choose_role", args=["desk", member.uuid]), {"role": "editor"})
    member.refresh_from_db()
    assert member.role == "editor"
    end = reverse("end_membership", args=["desk", member.uuid])
    assert as_(cast.eda).post(end, {"reason": "x"}).status_code == 403
    assert mia.post(end, {"reason": ""}).status_code == 422
    assert mia.post(end, {"reason": "A guest."}).status_code == 302
    assert not Membership.objects.filter(pk=member.pk).exists()
    moves = Transition.objects.filter(person=cast.stranger).order_by("pk")
    assert [line.move for line in moves] == ["enrol", "enrol", "end membership"]


def test_the_last_manager_is_told_why_they_cannot_go(cast):
    mine = cast.mia.memberships.get()
    page = as_(cast.mia).post(
        reverse("choose_role", args=["desk", mine.uuid]), {"role": "editor"}, follow=True
    )
    assert "A desk keeps one manager at least." in said(page)


def test_the_log_is_filtered_and_taken_away_as_far_as_one_may_read_it(cast):
    article, claim = cast.marked()
    workflow.set_aside(claim, "opinion", actor=cast.eda, note="=1+1")
    url = reverse("log", args=["desk"])
    assert "Set aside" in said(as_(cast.ola).get(url, {"move": "set aside"}))
    nothing = said(as_(cast.ola).get(url, {"person": "ola"}))
    assert "Nothing was found" in nothing
    assert "Marked a claim" in said(as_(cast.ola).get(url, {"person": "eda", "move": "mark"}))
    assert "Nothing was found" in said(as_(cast.ola).get(url, {"until": "2020-01-01"}))
    assert as_(cast.ola).get(url, {"since": "soon"}).status_code == 422
    answer = as_(cast.ola).get(url, {"as": "csv", "move": "set aside"})
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert data.startswith(b"\xef\xbb\xbf"), "Excel would read it in the letters of its system"
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["claim"] for row in rows] == [claim.claim_reviewed]
    assert json.loads(rows[0]["policy"])["preset"] == "four"
    lines = as_(cast.ola).get(url, {"as": "jsonl"})
    read = [json.loads(line) for line in b"".join(lines.streaming_content).splitlines()]  # type: ignore[attr-defined]
    assert len(read) == Transition.objects.filter(desk=cast.desk).count()
    assert {row["article"] for row in read} >= {article.title}


def test_a_line_of_the_log_stays_one_whatever_stands_in_it(cast):
    _article, claim = cast.checking()
    reason = "One\u2028two\u2029three\x85four"
    workflow.set_aside(claim, "opinion", actor=cast.eda, note=reason)
    answer = as_(cast.ola).get(reverse("log", args=["desk"]), {"as": "jsonl"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    read = [json.loads(line) for line in text.splitlines()]
    assert reason in [row["reason"] for row in read]


def test_a_blind_checker_finds_nothing_of_the_other_in_the_log_or_its_files(cast):
    _article, claim = cast.checking()
    ben, url = as_(cast.ben), reverse("log", args=["desk"])

    def everything() -> str:
        files = [ben.get(url, {"as": kind}) for kind in ("csv", "jsonl")]
        told = [b"".join(file.streaming_content).decode() for file in files]  # type: ignore[attr-defined]
        page = [line for line in said(ben.get(url)).splitlines() if "csrf" not in line]
        return "\n".join([*told, *page])

    everything()
    before = everything()
    c.annotate(claim, cast.ann)
    assert everything() == before


def test_whoever_annotated_reads_what_became_of_it_and_why(cast):
    _article, claim = cast.deciding("false", "half")
    ann, url = as_(cast.ann), reverse("outcomes", args=["desk"])
    assert "No verdict yet" in said(ann.get(url))
    c.decide(claim, cast.eda, "half")
    page = said(ann.get(url))
    assert "Another rating" in page
    assert "The second register is newer." in page
    assert "The same rating" in said(as_(cast.ben).get(url))
    assert "not handed anything in" in said(as_(cast.eli).get(url))


def test_somebody_is_asked_told_until_when_and_asked_no_longer(cast):
    article, claim = cast.checking()
    url = reverse("asked", args=[article.pk, claim.pk])
    eda = as_(cast.eda)
    assert as_(cast.ann).get(url).status_code == 403
    assert eda.post(url, {"person": "ola", "task": "check"}).status_code == 409
    asked = eda.post(url, {"person": "mia", "task": "approve", "due_at": "2096-12-01T09:00"})
    assert asked.status_code == 302
    assert "Mia" in said(eda.get(url))
    check = c.check_of(claim, cast.ann)
    back = reverse("take_back", args=[article.pk, check.uuid])
    assert eda.post(back, {"reason": ""}).status_code == 422
    eda.post(back, {"reason": "Ill."})
    check.refresh_from_db()
    assert check.status == "expired"


def test_a_checker_declines_with_a_reason(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    url = reverse("decline", args=[check.uuid])
    assert as_(cast.ben).post(url, {"reason": "x"}).status_code == 404
    assert as_(cast.ann).post(url, {"reason": "I know the mayor."}).status_code == 302
    check.refresh_from_db()
    assert check.status == "declined"


def test_a_frozen_wording_is_changed_with_a_reason_and_everybody_is_asked_again(cast):
    article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    url = reverse("reword", args=[article.pk, claim.pk])
    data = {
        "claim_reviewed": "Put otherwise.",
        "type": "event",
        "reason": "It was unclear.",
        "version": claim.version,
    }
    assert as_(cast.ann).post(url, data).status_code == 403
    assert as_(cast.eda).post(url, data | {"reason": ""}).status_code == 422
    assert as_(cast.eda).post(url, data).status_code == 302
    claim.refresh_from_db()
    assert claim.claim_reviewed == "Put otherwise."
    assert c.check_of(claim, cast.ann).status == "returned"


def test_a_claim_that_repeats_another_names_it(cast):
    article, claim = cast.marked()
    other = c.mark(article, c.SECOND, cast.eda, claim_reviewed=f"{claim.claim_reviewed}, again")
    url = reverse("duplicate", args=[article.pk, other.pk])
    page = as_(cast.eda).get(url)
    assert claim.claim_reviewed in said(page)
    assert as_(cast.eda).post(url, {"note": ""}).status_code == 422
    assert as_(cast.eda).post(url, {"duplicate_of": claim.pk}).status_code == 302
    other.refresh_from_db()
    assert (other.status, other.set_aside, other.duplicate_of) == ("set_aside", "duplicate", claim)


def test_a_reply_is_asked_for_noted_and_kept(cast):
    article, claim = cast.deciding()
    url, eda = reverse("replies", args=[article.pk]), as_(cast.eda)
    data = {"claims": [claim.pk], "addressee": "The mayor", "channel": "email"}
    assert as_(cast.ann).post(url, data).status_code == 403
    assert eda.post(url, data | {"channel": ""}).status_code == 422
    assert eda.post(url, data | {"not_needed": "No."}).status_code == 422
    for _once_and_again in range(2):
        key = {"key": "0b7c39e0-5f3a-4c50-8f3b-fac7c4ec0001"}
        assert eda.post(url, data | key).status_code == 302
    asked = ReplyRequest.objects.get()
    keep = reverse("keep_reply", args=[article.pk, asked.uuid])
    assert eda.post(keep, {"answer": "It is so."}).status_code == 302
    assert "It is so." in said(as_(cast.ola).get(url))
    again = eda.post(keep, {"answer": "It is not."}, headers={"referer": f"http://testserver{url}"})
    assert again.status_code == 409
    assert "It is not." in said(again)
    asked.refresh_from_db()
    assert asked.answer == "It is so."


def test_an_article_is_withdrawn_at_once_and_confirmed_by_another(cast):
    article, claim = cast.published()
    url = reverse("withdraw", args=[article.pk])
    typed = {"why": "A court asked for it.", f"claim-{claim.pk}": "goes"}
    assert as_(cast.eda).post(url, {"why": "A court."}).status_code == 403
    assert as_(cast.mia).post(url, {"why": ""}).status_code == 422
    assert as_(cast.mia).post(url, typed).status_code == 302
    assert Article.objects.get(pk=article.pk).status == "withdrawn"
    assert "A second person confirms it" in said(as_(cast.eda).get(reverse("queue", args=["desk"])))
    assert "A second person confirms it" not in said(
        as_(cast.mia).get(reverse("queue", args=["desk"]))
    )
    public = reverse("public_article", args=[cast.desk.slug, article.slug])
    gone = Client().get(public)
    assert (gone.status_code, "A court asked for it." in said(gone)) == (410, True)
    assert c.MARKED not in said(gone)
    page = reverse("confirm_taking_back", args=[article.pk])
    assert "The whole article, taken back by Mia: A court asked for it." in said(
        as_(cast.eda).get(page)
    )
    assert as_(cast.eda).post(page, {"rows": []}).status_code == 422
    every_one = as_(cast.eda).get(page).context["form"]["rows"].value()
    assert str(article.uuid) in every_one
    assert as_(cast.eda).post(page, {"rows": every_one}).status_code == 302
    assert Transition.objects.filter(move="confirm taking back", actor=cast.eda).exists()
    assert "A second person confirms it" not in said(
        as_(cast.eli).get(reverse("queue", args=["desk"]))
    )


def test_a_withdrawn_article_can_come_back_and_its_past_stays_readable(cast):
    article, _claim = cast.published()
    workflow.withdraw(article, actor=cast.mia, why="A court asked for it.")
    workflow.publish(article, actor=cast.eda)
    public = Client().get(reverse("public_article", args=[cast.desk.slug, article.slug]))
    assert public.status_code == 200
    assert c.MARKED in said(public)


def test_a_verdict_is_retracted_and_its_article_says_so(cast):
    article, claim = cast.published()
    url = reverse("retract", args=[article.pk, claim.pk])
    assert as_(cast.eda).post(url, {"why": "Forged."}).status_code == 403
    assert "Retract claim 1" in said(as_(cast.mia).get(url))
    assert as_(cast.mia).post(url, {"why": "The register was forged."}).status_code == 302
    assert Claim.objects.get(pk=claim.pk).status == "retracted"
    public = said(Client().get(reverse("public_article", args=[cast.desk.slug, article.slug])))
    assert "The register was forged." in public
    assert "Decided by Eda" not in public
    page = reverse("confirm_taking_back", args=[article.pk])
    asked = said(as_(cast.eli).get(page))
    assert f"“{claim}”, taken back by Mia: The register was forged." in asked
    assert "Confirm the retraction of claim 1" in asked
    queue = said(as_(cast.eli).get(reverse("queue", args=["desk"])))
    assert f"Mia retracted “{claim}”: The register was forged." in queue
    sent = {"rows": [str(claim.uuid)], "key": "7b0f6f0e-5a53-4a7d-8a6b-0a4f6f5f4a01"}
    answers = [as_(cast.eli).post(page, sent) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {reverse("workbench", args=[article.pk])}
    assert Transition.objects.filter(move="confirm taking back", claim=claim).exists()


def test_a_retraction_names_its_claim_wherever_it_is_told(cast):
    article, claim = cast.published()
    workflow.retract(claim, actor=cast.mia, why="The register was forged.")
    public = said(Client().get(reverse("public_article", args=[cast.desk.slug, article.slug])))
    assert "Claim 1: Retracted." in public
    assert "One was retracted." in public
    assert "was set aside" not in public
    bench = as_(cast.eli).get(reverse("workbench", args=[article.pk])).content.decode()
    panel = reverse("workbench", args=[article.pk]) + f"?claim={claim.pk}"
    lines = as_(cast.eli).get(panel).content.decode().split('<p class="meta">')[1:]
    assert sum(line.partition("</p>")[0].count("Retracted") for line in lines) == 1
    assert "claim-entry retracted" in bench
    assert "v-retracted" in bench
    own = said(as_(cast.ann).get(reverse("outcomes", args=["desk"])))
    assert "Retracted since." in own
    assert "Your words stand" not in own


def test_the_public_summary_says_what_was_found(cast):
    article, _claim = cast.published()
    public = said(Client().get(reverse("public_article", args=[cast.desk.slug, article.slug])))
    words = " ".join(re.sub(r"<[^>]+>", "", public).split())
    assert "One is false. " in words
    assert "We checked" not in words


def test_what_readers_will_see_is_said_where_it_is_typed(cast):
    article = cast.article()
    words = "Readers see this on the page. Do not put a tip or the name of a source here."
    for page in (reverse("import", args=["desk"]), reverse("details", args=[article.pk])):
        assert words in said(as_(cast.eda).get(page)), page


def test_a_copy_of_a_source_is_kept_and_comes_back_byte_for_byte(cast):
    cast.deciding()
    found = Source.objects.get(added_by=cast.ann)
    url = reverse("source", args=[found.uuid])
    assert as_(cast.stranger).get(url).status_code == 404
    data = b"<script>alert(1)</script>"
    for _once_and_again in range(2):
        file = SimpleUploadedFile("page.html", data, "text/html")
        assert as_(cast.ann).post(url, {"file": file}).status_code == 302
    copy = Snapshot.objects.get()
    answer: Any = as_(cast.eda).get(reverse("saved_copy", args=[copy.uuid]))
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="page.html"'
    assert as_(cast.stranger).get(reverse("saved_copy", args=[copy.uuid])).status_code == 404


def test_a_source_nobody_disclosed_yet_does_not_exist_for_others(cast):
    _article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    found = Source.objects.get(added_by=cast.ann)
    for person in (cast.ben, cast.eda, cast.mia):
        assert as_(person).get(reverse("source", args=[found.uuid])).status_code == 404


@pytest.mark.parametrize("level", ["block", "warn"])
def test_what_the_rules_ask_for_stands_on_the_approvers_page_with_where_to_mend_it(cast, level):
    article, _claim = cast.decided()
    Desk.objects.update(demand_copies=level, demand_reply=level)
    page = said(as_(cast.eli).get(reverse("approve", args=[article.pk])))
    found = Source.objects.get(citations__verdict__isnull=False)
    assert reverse("source", args=[found.uuid]) in page
    assert reverse("replies", args=[article.pk]) in page
    assert ("are in the way" in page) is (level == "block")
    assert ("It can be published all the same" in page) is (level == "warn")


def test_who_is_asked_by_name_is_told_so_and_others_are_not_bothered(cast):
    _article, claim = cast.deciding()
    workflow.assign(claim, cast.eli, actor=cast.mia, task="decide")
    assert "You are asked to decide." in said(as_(cast.eli).get(reverse("queue", args=["desk"])))
    assert "you may decide" not in said(as_(cast.eda).get(reverse("queue", args=["desk"])))
    assert Assignment.objects.filter(task="decide").count() == 1


def test_ratings_that_are_furthest_apart_are_decided_first(cast):
    article, near = cast.marked()
    far = c.mark(article, c.SECOND, cast.eda, claim_reviewed="It is far apart")
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for claim, ratings in ((near, ("half", "false")), (far, ("true", "false"))):
        for person, slug in zip((cast.ann, cast.ben), ratings, strict=True):
            c.annotate(claim, person, slug)
    answer = as_(cast.eda).get(reverse("decide", args=[article.pk]))
    assert answer.context["claim"] == far


def test_nothing_is_published_by_looking(cast):
    article, claim = cast.published()
    count = Edition.objects.count()
    for name, args in (
        ("withdraw", [article.pk]),
        ("retract", [article.pk, claim.pk]),
        ("rules", ["desk"]),
        ("people", ["desk"]),
    ):
        assert as_(cast.mia).get(reverse(name, args=args)).status_code == 200
    assert Edition.objects.count() == count


def test_agreement_counts_only_what_was_answered_blind(cast):
    article, claim = cast.deciding("false", "false")
    url = reverse("queue", args=["desk"])
    assert "100% <small>of 1 claim" in said(as_(cast.ola).get(url))
    assert "α is undefined" in said(as_(cast.ola).get(url))
    as_(cast.ann).get(f"{reverse('workbench', args=[article.pk])}?claim={claim.pk}")
    c.look(cast.ann)
    workflow.give_back(c.check_of(claim, cast.ann), actor=cast.eda, reason="Look again.")
    workflow.submit(c.check_of(claim, cast.ann), actor=cast.ann)
    assert "of 1 claim" not in said(as_(cast.ola).get(url))


def test_readers_are_told_of_saved_copies_and_of_replies_but_not_why_nobody_was_asked(cast):
    article, claim = cast.approved()
    source = Source.objects.get(citations__verdict__claim=claim)
    copy = workflow.keep_copy(source, b"What stood there.", person=cast.eli, name="page.html")
    asked = workflow.ask_reply([claim], "The mayor", channel="email", actor=cast.eda)
    workflow.keep_reply(asked, "It is as I said.", actor=cast.eda)
    workflow.ask_reply([claim], "The clerk", channel="email", actor=cast.eda)
    workflow.no_reply_needed([claim], "MARKER of the desk", actor=cast.eda)
    workflow.publish(article, actor=cast.eli)
    claim.refresh_from_db()
    url = reverse("public_claim", args=[cast.desk.slug, claim.number, claim.slug])
    page = said(Client().get(url))
    assert copy.sha256 in page
    assert 'answered: “<bdi lang="">It is as I said.</bdi>”' in page
    assert "The clerk was asked on" in page
    assert "MARKER" not in page
    assert "What stood there." not in page


def test_who_rewords_a_claim_is_offered_the_claimants_of_the_desk(cast):
    article, claim = cast.checking()
    Claimant.objects.create(desk=cast.desk, name="The harbour master")
    page = said(as_(cast.eda).get(reverse("reword", args=[article.pk, claim.pk])))
    assert 'list="claimants"' in page
    assert re.search(
        r'<datalist id="claimants">\s*<option value="The harbour master"\s+data-kind="person">',
        page,
    )


def test_a_long_wording_is_worth_a_second_look_before_approval_and_blocks_nothing(cast):
    article = cast.article()
    short = c.mark(article, c.MARKED, cast.eda, claim_reviewed="They were never asked to stop.")
    long = c.mark(article, c.SECOND, cast.eda, claim_reviewed=f"The line carried {'many ' * 15}")
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for claim in (short, long):
        for person in (cast.ann, cast.ben):
            c.annotate(claim, person, "false")
        c.decide(claim, cast.eda)
    client = Client()
    client.force_login(cast.eli)
    page = str(client.get(reverse("approve", args=[article.pk])).content, "utf-8")
    [caution] = [each for each in page.split("<li") if "may cut it after 75." in each]
    assert long.claim_reviewed in caution
    assert short.claim_reviewed not in caution
    for claim in (short, long):
        workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)


def test_a_refusal_says_who_may_and_whom_to_ask(cast):
    browser = Client()
    browser.force_login(cast.ann)
    page = browser.get(reverse("import", args=["desk"]))
    assert page.status_code == 403
    words = page.content.decode()
    assert "Who may: Editor, Manager. Ask Mia." in words


def test_whoever_may_not_do_something_is_led_back_to_the_desk_they_have(cast):
    refused = as_(cast.ann).get(reverse("look", args=["desk"]))
    assert refused.status_code == 403
    assert "You may not manage its rules and people at this desk." in said(refused)
    assert f'href="{reverse("desk")}"' in refused.content.decode()
    cast.mia.memberships.all().delete()
    nowhere = as_(cast.mia).get(reverse("desk"))
    assert nowhere.status_code == 403
    assert "You are not a member of a desk yet." in said(nowhere)
    assert f'href="{reverse("desk")}"' not in nowhere.content.decode()
