"""One table: which right each address asks for; who has it not gets 403, a stranger 404."""

from __future__ import annotations

import pytest
from django.test import Client

from annotations import rights, workflow
from annotations.models import Article, Claim, Membership
from annotations.rights import Right
from tests import cast as c

from .test_access import OPEN_TO_ANYONE, address, converters, patterns

# The right that reading (GET) and doing (POST) at an address take; None: one's own rows only.
PAGES: dict[str, tuple[Right | None, Right | None]] = {
    "workbench": (Right.READ, None),
    "history": (Right.READ, None),
    "mark": (None, Right.MARK),
    "triage": (None, Right.MARK),
    "add_mark": (None, Right.MARK),
    "edit_claim": (None, Right.MARK),
    "set_aside": (None, Right.MARK),
    "bring_back": (Right.MARK, Right.MARK),
    "duplicate": (Right.MARK, Right.MARK),
    "reword": (Right.MARK, Right.MARK),
    "add_repeats": (None, Right.MARK),
    "unmark": (None, Right.MARK),
    "put_back": (None, Right.MARK),
    "undo": (None, Right.MARK),
    "redo": (None, Right.MARK),
    "revisions": (Right.READ, None),
    "revision": (Right.READ, None),
    "revise": (Right.IMPORT, Right.IMPORT),
    "orphans": (Right.READ, None),
    "confirm_marks": (None, Right.MARK),
    "look_again": (None, Right.MARK),
    "attach": (None, Right.MARK),
    "let_go": (None, Right.MARK),
    "comment": (None, Right.ANNOTATE),
    "settle_comment": (None, Right.ANNOTATE),
    "open_checking": (Right.OPEN, Right.OPEN),
    "asked": (Right.ASSIGN, Right.ASSIGN),
    "take_back": (Right.ASSIGN, Right.ASSIGN),
    "submit": (Right.ANNOTATE, Right.ANNOTATE),
    "decide": (Right.DECIDE, None),
    "decide_claim": (Right.DECIDE, Right.DECIDE),
    "adopt_agreed": (None, Right.DECIDE),
    "ask_again": (Right.DECIDE, Right.DECIDE),
    "give_back": (Right.DECIDE, Right.DECIDE),
    "replies": (Right.READ, Right.DECIDE),
    "changes": (Right.READ, None),
    "settle_change": (Right.DECIDE, Right.DECIDE),
    "criticism": (Right.READ, Right.DECIDE),
    "settle_criticism": (None, Right.DECIDE),
    "keep_reply": (Right.DECIDE, Right.DECIDE),
    "withdraw_reply": (Right.DECIDE, Right.DECIDE),
    "note_reply_read": (None, Right.DECIDE),
    "reply_file": (Right.READ, None),
    "letter": (Right.MANAGE, Right.MANAGE),
    "approve": (Right.APPROVE, None),
    "approve_all": (None, Right.APPROVE),
    "approve_article": (None, Right.APPROVE),
    "send_back": (None, Right.APPROVE),
    "preview": (Right.APPROVE, None),
    "dossier": (Right.READ, None),
    "publish": (None, Right.PUBLISH),
    "correct": (Right.PUBLISH, Right.PUBLISH),
    "plan": (Right.ASSIGN, Right.ASSIGN),
    "look_after": (None, Right.MARK),
    "take_checks": (None, Right.ANNOTATE),
    "details": (Right.IMPORT, Right.IMPORT),
    "translations": (Right.READ, Right.IMPORT),
    "tied_claims": (Right.MARK, Right.MARK),
    "withdraw": (Right.WITHDRAW, Right.WITHDRAW),
    "review": (Right.PUBLISH, Right.PUBLISH),
    "retract": (Right.WITHDRAW, Right.WITHDRAW),
    "confirm_taking_back": (Right.APPROVE, Right.APPROVE),
    "here": (None, Right.MARK),
    **dict.fromkeys(
        ("queue", "articles", "log", "outcomes", "desk_more", "desk_search"), (Right.READ, None)
    ),
    "claims": (Right.READ, Right.MARK),
    "copied_words": (Right.READ, None),
    "desk_counts": (Right.READ, None),
    "notices": (Right.READ, None),
    "read_notices": (None, Right.READ),
    "save_filter": (None, Right.READ),
    "phrases": (Right.READ, Right.DECIDE),
    "offered_phrases": (Right.READ, None),
    "edit_phrase": (Right.DECIDE, Right.DECIDE),
    "remove_phrase": (None, Right.DECIDE),
    "reports": (Right.PUBLISH, None),
    "statistics": (Right.READ, None),
    "renewal": (Right.PUBLISH, None),
    "statements": (Right.READ, None),
    "edit_statement": (Right.MANAGE, Right.MANAGE),
    "unsent": (Right.READ, Right.READ),
    "import": (Right.IMPORT, Right.IMPORT),
    "copied": (None, Right.IMPORT),
    "file_imports": (Right.IMPORT, Right.IMPORT),
    "file_import": (Right.IMPORT, None),
    "stop_file_import": (None, Right.IMPORT),
    "wrong_rows": (Right.IMPORT, None),
    "earlier_checks": (Right.READ, None),
    "claimants": (Right.READ, None),
    "claimant": (Right.READ, None),
    "merge_claimants": (Right.PUBLISH, Right.PUBLISH),
    "part_claimants": (None, Right.PUBLISH),
    "edit_claimant": (Right.PUBLISH, Right.PUBLISH),
    "add_earlier_checks": (Right.IMPORT, Right.IMPORT),
    "rules": (Right.READ, Right.MANAGE),
    "look": (Right.MANAGE, Right.MANAGE),
    "guidelines": (Right.READ, Right.MANAGE),
    "people": (Right.READ, Right.MANAGE),
    "invite": (Right.MANAGE, Right.MANAGE),
    "answer_invitation": (None, Right.MANAGE),
    "choose_role": (None, Right.MANAGE),
    "end_membership": (Right.MANAGE, Right.MANAGE),
}

WHO = {"olga": "observer", "carl": "checker", "ed": "editor", "max": "manager"}


@pytest.fixture
def deciding(cast: c.Cast) -> tuple[Article, Claim]:
    return cast.deciding()


@pytest.fixture
def people(cast, deciding) -> dict[str, Client]:
    """One of each role who had nothing to do with the claim, and the stranger."""
    found = {}
    for name, role in WHO.items():
        client = Client()
        client.force_login(c.make_person(name, cast.desk, role))
        found[name] = client
    found["stranger"] = Client()
    found["stranger"].force_login(cast.stranger)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_each_address_is_for_those_with_its_right_and_nobody_else(cast, deciding, people, name):
    """Without the right 403, with it anything else. What is sent is empty, so nothing moves."""
    article, claim = deciding
    key = c.check_of(claim, cast.ann).uuid
    if "key" in converters(next(p for p in patterns() if p.name == name)):
        member = Membership.objects.get(desk=cast.desk, user=cast.ola)
        if name == "answer_invitation":
            key = workflow.invite(cast.desk, "a@example.org", actor=cast.mia).uuid
        key = member.uuid if name in ("choose_role", "end_membership") else key
    (pattern,) = [each for each in patterns() if each.name == name]
    url = address(pattern, article, claim, key)
    for method, right in zip(("get", "post"), PAGES[name], strict=True):
        if right is None:
            continue
        answers = {who: getattr(client, method)(url) for who, client in people.items()}
        outcome = {who: answer.status_code for who, answer in answers.items()}
        allowed = {who for who, role in WHO.items() if rights.allows(role, right)}
        assert {who for who in WHO if outcome[who] == 403} == set(WHO) - allowed, outcome
        assert not any(outcome[who] == 403 for who in allowed), outcome
        told = [str(role.label) for role in rights.roles_with(right)]
        for who in set(WHO) - allowed:
            words = answers[who].content.decode()
            assert f"Who may: {', '.join(told)}. Ask Mia or Max." in words, (who, method)
        if {"pk", "desk_slug"} & set(converters(pattern)):
            assert outcome["stranger"] in (404, 405), outcome


def test_every_address_with_rows_of_a_desk_is_in_the_table():
    own = {
        "annotate",
        "cite",
        "cite_again",
        "cite_back",
        "restore_version",
        "place_source",
        "uncite",
        "decline",
        "resume",
    }
    own |= {"find_source"}
    of_desk = {str(p.name) for p in patterns() if {"pk", "key", "desk_slug"} & set(converters(p))}
    # By what one may see, and with a report: tests/views/test_desk_pages.py, test_readers.py.
    elsewhere = {"remove_filter"}  # tests/views/test_saved_filters.py
    # By who may know, whatever their role: tests/views/test_confidence.py
    elsewhere |= {"keep_identity", "see_identity", "confide", "end_confidence", "forget_identity"}
    elsewhere |= {
        "add_note",
        "settle_note",
    }  # by whose annotation it is: tests/views/test_noting.py
    elsewhere |= {"archive_again"}  # where a service did not: tests/tasks/archiving
    elsewhere |= {"evidence"}  # a file, to be closed: tests/views/test_evidence.py
    elsewhere |= {
        "read_copy",
        "copy_file",
        "look_of_copy",
        "copy_proof",
        "record_proof",
        "read_passage",
        "cited_copy",
    }  # tests/views/test_copies.py
    elsewhere |= {"source", "saved_copy", "answer_report", "correct_report", "held", "tell_again"}
    assert of_desk - own - elsewhere - OPEN_TO_ANYONE <= set(PAGES)
