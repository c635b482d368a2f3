"""A confidential source: cited as anybody's, known to few, and named nowhere else."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import tarfile
import uuid
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import second_person, workflow
from annotations.demands import unmet_demands
from annotations.editions import reading
from annotations.models import (
    Annotation,
    Article,
    Assignment,
    Claim,
    Claimant,
    Confidant,
    Edition,
    HeldForm,
    Identity,
    IdentityNote,
    Membership,
    RootLeaf,
    Snapshot,
    Source,
    User,
)
from annotations.queries.access import article_of
from annotations.sealing import Unreadable, seal, unseal
from annotations.tasks.proofs import make_root
from annotations.vocabulary import AnswerWay, Channel, IdentityAct, Role
from annotations.workflow import confidence
from tests import cast as c

NAME = "Zaïnab Quillfeather"
CONTACT = "Signal 0170 555 0199; she signed the order."
WHO = workflow.Who(NAME, CONTACT)
OFFICIAL = workflow.SourceDraft("An official of the ministry", is_confidential=True)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def cite(check: Assignment, draft: workflow.SourceDraft = OFFICIAL, **what: Any) -> Source:
    given: dict[str, Any] = {"person": check.person, "stance": "supports"} | what
    source: Source = workflow.save_citation(check, draft, **given).source
    return source


@pytest.fixture
def source(cast) -> Source:
    """Cited by ann while the claim is checked; who it is, is written down."""
    _article, claim = cast.checking()
    source = cite(c.check_of(claim, cast.ann))
    workflow.keep_identity(source, WHO, actor=cast.ann)
    return source


@pytest.fixture
def disclosed(cast, source: Source) -> Source:
    """The same, once ann and ben have handed in: everybody at the desk sees the source."""
    claim = Claim.objects.get()
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    return source


def page(person: User, source: Source) -> str:
    answer = client_of(person).get(reverse("source", args=[source.uuid]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(sender: User, name: str, source: Source, /, *more: Any, **data: str) -> Any:
    return client_of(sender).post(reverse(name, args=[source.uuid, *more]), data)


# --- from citing to showing ---


def test_it_is_cited_described_and_named_apart(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    typed = {
        "url": "", "title": OFFICIAL.title, "stance": "supports", "is_confidential": "on",
        "key": str(uuid.uuid4()),
    }  # fmt: skip
    answer = client_of(cast.ann).post(reverse("cite", args=[check.uuid]), typed)
    assert answer.status_code == 302
    source = Source.objects.get(is_confidential=True)
    bench = client_of(cast.ann).get(reverse("workbench", args=[article_of(claim).pk]))
    assert f"{reverse('source', args=[source.uuid])}#who" in bench.content.decode()
    assert f"Only {cast.ann}" not in page(cast.ann, source), "she may know who it is"
    named = {"secret_name": NAME, "secret_contact": CONTACT, "key": str(uuid.uuid4())}
    assert post(cast.ann, "keep_identity", source, **named).status_code == 302
    assert NAME not in page(cast.ann, source), "a page that a link leads to never names it"
    shown = post(cast.ann, "see_identity", source)
    assert NAME in shown.content.decode()
    assert CONTACT in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    acts = list(IdentityNote.objects.values_list("act", flat=True))
    assert acts == [IdentityAct.SEE, IdentityAct.KEEP]


def test_a_form_without_a_name_comes_back_as_it_was_typed(cast, source):
    answer = post(cast.ann, "keep_identity", source, secret_contact="Ring twice")
    assert answer.status_code == 422
    assert "Say who it is." in answer.content.decode()
    assert "Ring twice" in answer.content.decode()
    assert workflow.see_identity(source, actor=cast.ann) == WHO


def test_sent_twice_it_is_written_down_once(cast, source):
    key = str(uuid.uuid4())
    for _again in range(2):
        post(cast.ann, "keep_identity", source, secret_name="B", key=key)
    assert IdentityNote.objects.filter(act=IdentityAct.KEEP).count() == 2


@pytest.mark.parametrize("field", ["url", "isbn"])
def test_it_has_no_address_and_no_isbn(cast, field):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    value: Any = {"url": "https://ministry.example/", "isbn": "9783161484100"}[field]
    typed = {"title": "x", "stance": "supports", "is_confidential": "on", field: value}
    answer = client_of(cast.ann).post(reverse("cite", args=[check.uuid]), typed)
    assert answer.status_code == 422
    assert "A confidential source has no address and no ISBN." in answer.content.decode()
    given: dict[str, Any] = {field: value}
    draft = workflow.SourceDraft("x", is_confidential=True, **given)
    with pytest.raises(workflow.Refused):
        cite(check, draft)
    source = cite(check)
    for name, given_value in ((field, value), ("leads_to", "https://a.example/order")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Source.objects.filter(pk=source.pk).update(**{name: given_value})


def test_a_source_becomes_confidential_only_when_it_is_first_cited(cast, source):
    check = c.check_of(Claim.objects.get(), cast.ann)
    open_one = workflow.save_citation(
        check, workflow.SourceDraft(NAME), person=cast.ann, stance="supports"
    )
    hidden = workflow.SourceDraft("An official", is_confidential=True)
    with pytest.raises(workflow.Refused, match="first cited"):
        cite(check, hidden, citation=open_one)
    own = source.citations.get()
    with pytest.raises(workflow.Refused, match="first cited"):
        cite(check, workflow.SourceDraft(OFFICIAL.title), citation=own)


def test_described_in_other_words_it_is_the_same_person(cast, source):
    workflow.confide(source, cast.eda, actor=cast.ann)
    check = c.check_of(Claim.objects.get(), cast.ann)
    other = workflow.SourceDraft("A senior official", is_confidential=True)
    again = cite(check, other, citation=source.citations.get())
    assert again.pk != source.pk
    assert workflow.see_identity(again, actor=cast.ann) == WHO
    assert Confidant.objects.filter(source=again, person=cast.eda).exists()


def described_anew(cast: Any, source: Source) -> Source:
    check = c.check_of(Claim.objects.get(), cast.ann)
    other = workflow.SourceDraft("A senior official", is_confidential=True)
    return cite(check, other, citation=source.citations.get())


def test_what_is_done_with_the_name_is_done_under_each_description(cast, source):
    again = described_anew(cast, source)
    workflow.confide(again, cast.eda, actor=cast.ann)
    assert Confidant.objects.filter(person=cast.eda).count() == 2
    workflow.keep_identity(again, workflow.Who("Z. Quill"), actor=cast.ann)
    assert workflow.see_identity(source, actor=cast.ann).name == "Z. Quill"
    workflow.end_confidence(Confidant.objects.get(source=again), actor=cast.ann)
    assert not Confidant.objects.exists()
    workflow.forget_identity(again, actor=cast.ann)
    assert not Identity.objects.exists(), "nor under the words that were used before"


def test_two_who_are_described_alike_are_not_read_as_one_document(cast, source):
    claim = Claim.objects.get()
    other = cite(c.check_of(claim, cast.ben))
    workflow.keep_identity(other, workflow.Who("Somebody else"), actor=cast.ben)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    assert "Also described as" not in page(cast.eda, source)
    deciding = client_of(cast.eda).get(reverse("decide", args=[article_of(claim).pk]))
    assert deciding.content.decode().count(f">{OFFICIAL.title}") >= 2


# --- who may know ---


def test_no_role_opens_it(cast, disclosed):
    for person in (cast.ben, cast.eda, cast.mia, cast.ola):
        assert f"Only {cast.ann}" in page(person, disclosed)
        assert post(person, "see_identity", disclosed).status_code == 403
        assert post(person, "keep_identity", disclosed, secret_name="x").status_code == 403
        assert post(person, "confide", disclosed, person=str(person.pk)).status_code == 403
        assert post(person, "forget_identity", disclosed, sure="yes").status_code == 403
        with pytest.raises(PermissionDenied):
            workflow.see_identity(disclosed, actor=person)
    assert "Ask Ann, who brought it." in post(cast.ben, "see_identity", disclosed).content.decode()
    assert post(cast.stranger, "see_identity", disclosed).status_code == 404
    assert workflow.see_identity(disclosed, actor=cast.ann) == WHO


def test_it_is_confided_and_the_confidence_ended(cast, disclosed):
    assert post(cast.ann, "confide", disclosed, person=str(cast.eda.pk)).status_code == 302
    assert NAME in post(cast.eda, "see_identity", disclosed).content.decode()
    # Whoever it was confided to does not confide it further.
    refused = post(cast.eda, "confide", disclosed, person=str(cast.mia.pk))
    assert refused.status_code == 403
    assert "Only Ann, who brought the source, may do this." in refused.content.decode()
    held = Confidant.objects.get()
    assert post(cast.ann, "end_confidence", disclosed, held.uuid).status_code == 302
    assert post(cast.eda, "see_identity", disclosed).status_code == 403
    acts = list(IdentityNote.objects.order_by("pk").values_list("act", "person", "about"))
    assert acts == [
        ("keep", cast.ann.pk, None),
        ("confide", cast.ann.pk, cast.eda.pk),
        ("see", cast.eda.pk, None),
        ("end", cast.ann.pk, cast.eda.pk),
    ]
    assert "Looked at the name" in page(cast.ann, disclosed)


def test_only_a_member_of_the_desk_is_confided_to(cast, disclosed):
    answer = post(cast.ann, "confide", disclosed, person=str(cast.stranger.pk))
    assert answer.status_code == 302
    with pytest.raises(workflow.Refused, match="not at this desk"):
        workflow.confide(disclosed, cast.stranger, actor=cast.ann)
    assert not Confidant.objects.exists()


def test_being_confided_to_shows_no_undisclosed_source(cast, source):
    workflow.confide(source, cast.ben, actor=cast.ann)
    answer = client_of(cast.ben).get(reverse("source", args=[source.uuid]))
    assert answer.status_code == 404
    assert post(cast.ben, "see_identity", source).status_code == 404


def test_whoever_leaves_the_desk_knows_it_no_longer(cast, disclosed):
    workflow.confide(disclosed, cast.eda, actor=cast.ann)
    workflow.end_membership(Membership.objects.get(user=cast.eda), actor=cast.mia)
    Membership.objects.create(desk=cast.desk, user=cast.eda, role=Role.EDITOR)
    with pytest.raises(PermissionDenied):
        workflow.see_identity(disclosed, actor=cast.eda)


def test_when_whoever_brought_it_has_left_those_who_know_it_may_confide_it(cast, disclosed):
    workflow.confide(disclosed, cast.eda, actor=cast.ann)
    workflow.end_membership(Membership.objects.get(user=cast.ann), actor=cast.mia)
    with pytest.raises(PermissionDenied):
        workflow.see_identity(disclosed, actor=cast.ann)
    workflow.confide(disclosed, cast.eli, actor=cast.eda)
    assert workflow.see_identity(disclosed, actor=cast.eli) == WHO


def test_a_name_that_is_forgotten_is_gone_and_who_did_it_stays(cast, disclosed):
    assert post(cast.ann, "forget_identity", disclosed).status_code == 302
    assert Identity.objects.exists(), "the box was not ticked"
    post(cast.ann, "forget_identity", disclosed, sure="yes")
    assert not Identity.objects.exists()
    with pytest.raises(workflow.Refused, match="Nobody has written down"):
        workflow.see_identity(disclosed, actor=cast.ann)
    assert "Had the name forgotten" in page(cast.ann, disclosed)


def test_somebody_elses_is_not_found_again_to_be_cited(cast, disclosed):
    article = c.import_text(cast.desk, cast.eda, "News\n\nThe pier is new. It is so.")
    claim = c.mark(article, "The pier is new", cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for person, is_found in ((cast.ann, True), (cast.ben, False)):
        check = c.check_of(claim, person)
        found = client_of(person).get(
            reverse("find_source", args=[check.uuid]), {"find": "official"}
        )
        assert (OFFICIAL.title in found.content.decode()) is is_found, person
        bench = reverse("workbench", args=[article.pk])
        asked = f"{bench}?claim={claim.pk}&cite=new&source={disclosed.uuid}"
        form = client_of(person).get(asked).content.decode()
        assert (f'value="{OFFICIAL.title}"' in form) is is_found, person


# --- its copies ---


def test_a_copy_is_for_those_who_may_know(cast, disclosed):
    copy = workflow.keep_copy(disclosed, b"Her voice.", person=cast.ann, name="interview.txt")
    assert "interview.txt" in page(cast.ann, disclosed)
    assert "interview.txt" not in page(cast.eda, disclosed)
    for name in (
        "saved_copy",
        "copy_file",
        "look_of_copy",
        "read_copy",
        "copy_proof",
        "record_proof",
    ):
        address = reverse(name, args=[copy.uuid])
        assert client_of(cast.eda).get(address).status_code == 404, name
    with pytest.raises(PermissionDenied):
        workflow.keep_copy(disclosed, b"x", person=cast.eda)
    workflow.confide(disclosed, cast.eda, actor=cast.ann)
    assert list(Snapshot.objects.visible_to(cast.eda)) == [copy]


def test_no_copy_is_asked_of_somebody_who_must_not_be_named(cast):
    cast.desk.demand_copies = "block"
    cast.desk.save()
    _article, claim = cast.checking()
    for person in (cast.ann, cast.ben):
        cite(c.check_of(claim, person))
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    source = Source.objects.filter(is_confidential=True)[0]
    c.decide(claim, cast.eda, citations=[workflow.CitationDraft(source, "supports")])
    lacks = unmet_demands(article_of(claim))
    assert [each for each in lacks if each.demand == "demand_copies"] == []


def test_no_hash_of_what_it_gave_is_published_or_stands_in_a_root(cast, disclosed):
    """Who has the document, each copy a little different, would know which one was given away."""
    copy = workflow.keep_copy(disclosed, b"Copy 17 of the order.", person=cast.ann)
    claim = Claim.objects.get()
    c.decide(claim, cast.eda, citations=[workflow.CitationDraft(disclosed, "supports")])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article_of(claim), actor=cast.eli)
    for edition in Edition.objects.all():
        assert copy.sha256 not in json.dumps(edition.content)
    make_root(timezone.now() + dt.timedelta(days=1))
    assert RootLeaf.objects.exists()
    assert not RootLeaf.objects.filter(digest=copy.sha256).exists()


# --- named nowhere ---


def everything_stored(words: str) -> list[str]:
    """The tables in which a row holds the words, as text or as JSON with escapes."""
    spelt = words.encode("ascii", "backslashreplace").decode()
    found = []
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'select count(*) from "{table}" as row'
                " where strpos(row::text, %s) > 0 or strpos(row::text, %s) > 0",
                [words, spelt],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_the_name_is_stored_nowhere_in_words_and_no_log_or_dump_tells_it(cast, source, caplog):
    caplog.set_level(logging.DEBUG)
    claim = Claim.objects.get()
    for words in (NAME, "0170 555 0199"):
        assert everything_stored(words) == []
    assert everything_stored(OFFICIAL.title), "as this test looks, it finds what is there"
    post(cast.ann, "keep_identity", source, secret_name=NAME, secret_contact=CONTACT)
    post(cast.ann, "see_identity", source)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    c.decide(claim, cast.eda, citations=[workflow.CitationDraft(source, "supports")])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article_of(claim), actor=cast.eli)
    assert everything_stored(NAME) == []
    out = io.StringIO()
    call_command("dumpdata", "annotations", stdout=out)
    assert "quillfeather" not in out.getvalue().lower()
    assert "quillfeather" not in caplog.text.lower()
    assert NAME not in page(cast.ann, source)


def test_what_leaves_the_desk_holds_its_uuid_and_neither_name_nor_copy(cast, source, tmp_path):
    workflow.keep_copy(source, b"Her voice.", person=cast.ann, name="quillfeather.txt")
    claim = Claim.objects.get()
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    path = tmp_path / "desk.tar"
    call_command("export_desk", "desk", str(path), stdout=io.StringIO())
    with tarfile.open(path) as archive:
        files = [archive.extractfile(each) for each in archive]
        held = b"".join(each.read() for each in files if each)
    assert str(source.uuid).encode() in held
    assert b"uillfeather" not in held
    assert b"Her voice." not in held
    evidence = tmp_path / "evidence.wacz"
    slug = article_of(claim).slug
    options = ["--desk", "desk", "--person", "ann", slug, str(evidence)]
    call_command("export_evidence", *options, stdout=io.StringIO())
    with zipfile.ZipFile(evidence) as archive_of_copies:
        words = b"".join(map(archive_of_copies.read, archive_of_copies.namelist()))
    assert b"Her voice." not in words
    assert OFFICIAL.title.encode() not in words


def test_readers_are_told_that_it_is_confidential(cast, disclosed):
    claim = Claim.objects.get()
    c.decide(claim, cast.eda, citations=[workflow.CitationDraft(disclosed, "supports")])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article_of(claim), actor=cast.eli)
    claim.refresh_from_db()
    address = reverse("public_claim", args=[cast.desk.slug, claim.number, claim.slug])
    told = Client().get(address).content.decode()
    assert OFFICIAL.title in told
    assert "A confidential source: we know who it is, and do not name them." in told
    content = reading.read_claim(claim.editions.get().content)
    assert [each.is_confidential for each in content.citations] == [True]


def test_what_is_sent_while_signed_out_is_not_held_for_its_sender(cast, source):
    address = reverse("keep_identity", args=[source.uuid])
    answer = Client().post(address, {"secret_name": NAME, "secret_contact": CONTACT, "more": "w"})
    assert answer.status_code == 403
    assert NAME not in answer.content.decode()
    assert HeldForm.objects.count() == 1, "the rest is"
    assert everything_stored(NAME) == []


# --- sealed ---


def test_words_are_read_under_an_older_secret_that_is_named_and_under_no_other(
    cast, source, settings
):
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another secret of fifty characters or more, or nearly"
    with pytest.raises(workflow.Refused, match="SECRET_KEY_FALLBACKS"):
        workflow.see_identity(source, actor=cast.ann)
    answer = post(cast.ann, "see_identity", source)
    assert answer.status_code == 409
    assert "SECRET_KEY_FALLBACKS" in answer.content.decode()
    settings.SECRET_KEY_FALLBACKS = [old]
    assert workflow.see_identity(source, actor=cast.ann) == WHO


def test_what_is_sealed_for_one_purpose_opens_for_no_other():
    sealed = seal("words", "one")
    assert unseal(sealed, "one") == "words"
    with pytest.raises(Unreadable):
        unseal(sealed, "other")


def test_how_long_a_name_is_cannot_be_told_from_what_is_stored(cast, source):
    short = Identity.objects.get().sealed
    workflow.keep_identity(source, workflow.Who("Bo"), actor=cast.ann)
    assert len(Identity.objects.get().sealed) == len(short)


# --- its name in what somebody writes ---

POINTED_OUT = "which is confidential, stands in it"


def write(cast: Any, claim: Claim, justification: str) -> None:
    check = c.check_of(claim, cast.ann)
    answer = workflow.Answer(c.rating(claim, "false"), "Not so.", justification, "high")
    version = Annotation.objects.get(assignment=check).version
    workflow.save_annotation(check, answer, person=cast.ann, based_on=version)


def test_the_name_is_pointed_out_before_it_is_handed_in(cast, source):
    claim = Claim.objects.get()
    submit = reverse("submit", args=[article_of(claim).pk])
    write(cast, claim, "She told us.")
    assert POINTED_OUT not in client_of(cast.ann).get(submit).content.decode()
    write(cast, claim, "Ms Quillfeather told us.")
    page = client_of(cast.ann).get(submit).content.decode()
    assert POINTED_OUT in page
    assert "An official of the ministry" in page
    assert NAME not in page


def test_it_is_pointed_out_where_it_stands_beside_a_source(cast, source):
    claim = Claim.objects.get()
    write(cast, claim, "She told us.")
    draft = workflow.SourceDraft("The order", url="https://a.example/order")
    cite(c.check_of(claim, cast.ann), draft, note="Signed by Zainab Quillfeather.")
    submit = reverse("submit", args=[article_of(claim).pk])
    assert POINTED_OUT in client_of(cast.ann).get(submit).content.decode()


def test_whoever_does_not_know_the_name_is_told_nothing_of_their_own_words(cast, source):
    """Or everybody could try names until one is pointed out."""
    claim = Claim.objects.get()
    check = c.check_of(claim, cast.ben)
    workflow.start(check, actor=cast.ben)
    answer = workflow.Answer(c.rating(claim, "false"), "Not so.", f"It was {NAME}.", "high")
    workflow.save_annotation(check, answer, person=cast.ben, based_on=0)
    cite(check, workflow.SourceDraft("Somebody else", is_confidential=True))
    page = client_of(cast.ben).get(reverse("submit", args=[article_of(claim).pk])).content.decode()
    assert POINTED_OUT not in page


def test_nobody_is_told_by_the_words_of_somebody_else(cast, disclosed):
    """Who knows the name is told of it in their own words, and not that a colleague wrote it."""
    workflow.confide(disclosed, cast.ben, actor=cast.ann)
    rows = Annotation.objects.select_related("assignment__claim")
    theirs = [row for row in rows if row.assignment.person == cast.ann]
    with_the_name = theirs[0]
    with_the_name.justification = f"It was {NAME}."
    assert confidence.names_in_own([with_the_name], cast.ann) == {with_the_name.pk: [disclosed]}
    assert confidence.names_in_own([with_the_name], cast.ben) == {}
    assert confidence.names_in_own([with_the_name], cast.eli) == {}


def decide(cast: Any, justification: str) -> str:
    """The claim is decided with these words; returns the address of its approval."""
    claim = Claim.objects.get()
    c.decide(claim, cast.eda, justification=justification)
    return reverse("approve", args=[article_of(claim).pk])


def test_before_readers_have_it_those_who_know_are_told_and_others_whom_to_ask(cast, disclosed):
    approve = decide(cast, "Ms Quillfeather told us.")
    page = client_of(cast.eli).get(approve).content.decode()
    assert "to read it before it is published: they know who" in page
    assert POINTED_OUT not in page
    assert "Quillfeather" not in page.replace("Ms Quillfeather told us.", "")
    workflow.confide(disclosed, cast.eli, actor=cast.ann)
    page = client_of(cast.eli).get(approve).content.decode()
    assert POINTED_OUT in page
    assert NAME not in page


@pytest.mark.parametrize("field", ["claim_reviewed", "interpretation", "finding", "justification"])
def test_the_name_is_found_in_all_that_readers_would_read(cast, disclosed, field):
    decide(cast, "An official told us.")
    claim = Claim.objects.select_related("verdict").get()
    assert confidence.names_before_readers([claim]) == {}
    setattr(claim if hasattr(claim, field) else claim.verdict, field, f"It was {NAME}.")
    assert confidence.names_before_readers([claim]) == {claim.pk: [disclosed]}


@pytest.mark.parametrize("where", ["addressee", "answer", "point", "publisher"])
def test_it_is_found_in_what_stands_beside_the_verdict(cast, disclosed, where):
    claim = Claim.objects.get()
    words = {"addressee": "The mayor", "answer": "No.", "point": "No.", "publisher": "The town"}
    words[where] = f"{NAME}’s"
    row = workflow.ask_reply([claim], words["addressee"], channel=Channel.PHONE, actor=cast.eda)
    points = {str(row.points.get().uuid): words["point"]}
    answered = workflow.Answered(words["answer"], points, AnswerWay.HAND)
    workflow.keep_reply(row, answered, actor=cast.eda)
    order = Source.objects.create(
        desk=cast.desk, title="The order", publisher=words["publisher"], added_by=cast.eda
    )
    c.decide(claim, cast.eda, citations=[workflow.CitationDraft(order, "supports")])
    claim = Claim.objects.select_related("verdict").get()
    assert confidence.names_before_readers([claim]) == {claim.pk: [disclosed]}


@pytest.mark.parametrize("who", ["claimant", "reports"])
@pytest.mark.parametrize("field", ["name", "description"])
def test_it_is_found_in_who_is_said_to_make_the_claim(cast, disclosed, who, field):
    decide(cast, "An official told us.")
    words = {"name": "The mayor", "description": "of the town"} | {field: f"{NAME}’s office"}
    speaker = Claimant.objects.create(desk=cast.desk, **words)
    Claim.objects.update(**{who: speaker})
    claim = Claim.objects.select_related("verdict").get()
    assert confidence.names_before_readers([claim]) == {claim.pk: [disclosed]}


def test_it_is_found_in_why_another_claim_of_the_article_is_set_aside(cast, disclosed):
    approve = decide(cast, "An official told us.")
    claim = Claim.objects.get()
    other = c.mark(article_of(claim), c.SECOND, cast.eda)
    workflow.set_aside(other, "opinion", actor=cast.eda, note="Ms Quillfeather says so.")
    page = client_of(cast.eli).get(approve).content.decode()
    assert "to read it before it is published: they know who" in page
    workflow.bring_back(Claim.objects.get(pk=other.pk), actor=cast.eda, reason="It is gone.")
    workflow.set_aside(other, "gone", actor=cast.eda, note="Ms Quillfeather says so.")
    page = client_of(cast.eli).get(approve).content.decode()
    assert "to read it before it is published" not in page, "readers are not told of it"


def test_it_is_pointed_out_in_the_administration_too(cast, disclosed):
    decide(cast, "Ms Quillfeather told us.")
    article = article_of(Claim.objects.get())
    c.triage_all(article, cast.eda)
    url = reverse("admin:annotations_article_changelist")
    sent = {"action": "publish", "_selected_action": str(article.uuid)}
    page = client_of(cast.eli).post(url, sent).content.decode()
    assert "to read it before it is published: they know who" in page
    workflow.confide(disclosed, cast.eli, actor=cast.ann)
    assert POINTED_OUT in client_of(cast.eli).post(url, sent).content.decode()


def test_it_is_found_in_what_a_correction_would_say(cast, disclosed):
    decide(cast, "An official told us.")
    claim = Claim.objects.get()
    article = article_of(claim)
    c.triage_all(article, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.mia)
    eli = client_of(cast.eli)
    seen = second_person.shown(Article.objects.get(pk=article.pk))
    sent = {"seen": seen, "key": str(uuid.uuid4()), f"{claim.pk}-kind": "correction"}
    publish = reverse("publish", args=[article.pk])
    for why, is_told in (("A letter shows it.", False), ("Quillfeather took it back.", True)):
        page = eli.post(publish, sent | {f"{claim.pk}-why": why}).content.decode()
        assert "Publish edition 2" in page
        assert ("to read it before it is published: they know who" in page) == is_told


def test_in_a_letter_it_is_pointed_out_to_whoever_knows_it_and_to_nobody_else(cast, disclosed):
    claim = Claim.objects.get()
    url = reverse("replies", args=[article_of(claim).pk])
    letter = {"claims": [claim.pk], "addressee": "The mayor", "email": "mayor@town.example"}
    letter |= {"subject": "Your answer", "letter": f"What {NAME} told us: {{claims}} {{link}}"}
    letter["key"] = str(uuid.uuid4())
    page = client_of(cast.eda).post(url, letter).content.decode()
    assert "It is not sent yet." in page
    assert POINTED_OUT not in page
    workflow.confide(disclosed, cast.eda, actor=cast.ann)
    assert POINTED_OUT in client_of(cast.eda).post(url, letter).content.decode()
    other = letter | {"letter": "What we were told: {claims} {link}"}
    assert POINTED_OUT not in client_of(cast.eda).post(url, other).content.decode()


@pytest.mark.parametrize("page", ["withdraw", "retract", "administration"])
def test_readers_are_not_told_it_by_why_something_is_taken_back(cast, disclosed, page):
    """Such words are public at once: whoever knows the name is asked, and says that it is meant."""
    decide(cast, "An official told us.")
    claim = Claim.objects.get()
    article = article_of(claim)
    c.triage_all(article, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    url = {
        "withdraw": reverse("withdraw", args=[article.pk]),
        "retract": reverse("retract", args=[article.pk, claim.pk]),
        "administration": reverse("admin:annotations_claim_changelist"),
    }[page]
    sent = {"why": f"{NAME} took it back.", f"claim-{claim.pk}": "stays", "reason": ""}
    if page == "administration":
        sent |= {"action": "retract", "_selected_action": str(claim.uuid), "apply": "1"}

    def again(person: User, **more: str) -> tuple[int, str]:
        form = sent | more | {"key": str(uuid.uuid4())}
        answer = client_of(person).post(url, form)
        return answer.status_code, answer.content.decode()

    workflow.confide(disclosed, cast.mia, actor=cast.ann)
    status, words = again(cast.mia)
    assert status == 422
    assert POINTED_OUT in words
    assert f"{NAME} took it back." in words, "nothing typed is lost"
    assert Claim.objects.get().status == "published"
    assert Article.objects.get(pk=article.pk).status == "published"
    assert again(cast.mia, is_meant="on")[0] == 302
    assert Edition.objects.filter(content__tombstone__why=sent["why"]).exists()


def test_words_without_the_name_are_nothing_to_ask_about(cast, disclosed):
    page = client_of(cast.eli).get(decide(cast, "An official told us.")).content.decode()
    assert "to read it before it is published" not in page


def test_no_look_is_noted_of_it_and_an_old_secret_stops_no_page(cast, disclosed, settings):
    approve = decide(cast, "Ms Quillfeather told us.")
    client_of(cast.eli).get(approve)
    assert not IdentityNote.objects.filter(act=IdentityAct.SEE).exists()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    assert client_of(cast.eli).get(approve).status_code == 200
