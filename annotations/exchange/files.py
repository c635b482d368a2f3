"""Files of any kind that we take, each known by its content and name: one small registry.

What an article is read from is told apart in `formats.readers`; here it is one kind among others.
A new kind is a function that knows it, one that takes it, and a line in `KINDS`, before the last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.exchange import articles, earlier, file_rows, fixtures, transcripts
from annotations.exchange.file_rows import Rows
from annotations.exchange.importing import Item, import_documents, with_other_texts
from annotations.exchange.reading import Given, read
from annotations.formats import lossless
from annotations.formats.strictjson import Located
from annotations.models import Desk, User
from annotations.text.canonical import BadText
from annotations.words.earlier import odd, outcome
from annotations.words.unreadable import bad_text
from annotations.workflow import Refused

StrOrPromise = str | Promise
_FIXTURE = re.compile(rb'"model"\s*:\s*"[a-z_]+\.[a-z_]+"', re.IGNORECASE)
_HEAD = 64 * 1024
_DATA = (".json", ".jsonl", ".ndjson", ".jsonld")


@dataclass(frozen=True, slots=True)
class File:
    """A file that came, and for whom: the desk it is for, if one was chosen, and who brings it.

    `holds_checks`: whoever brings it says that others' checks are in it, so that a page or a table
    is read for these, and is no article.
    """

    name: str
    data: bytes
    desk: Desk | None
    actor: User
    holds_checks: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What was done with a file, or would be: in a sentence, with what was odd and what was wrong.

    Where anything is wrong, nothing of the file was kept. `may_be_later`: nothing is wrong with the
    file itself, and the same again may succeed.
    """

    name: str
    kind: str = ""
    done: str = ""
    odd: Sequence[str] = field(default_factory=list)
    wrong: Sequence[str] = field(default_factory=list)
    may_be_later: bool = False


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: how it is known, and what is done with it. `take` raises BadText."""

    label: StrOrPromise
    knows: Callable[[File], bool]
    take: Callable[[File, bool], Report]
    rows: Callable[[File], Rows]
    """Raises BadText, BadFixture."""
    is_of_rows: bool = True
    """Whether it may hold any number of documents or checks, and so may be long."""


LONG = 1024 * 1024
"""Bytes: what a request takes in, in about two seconds; the worker takes in what is more."""


def kind_of(file: File) -> FileKind:
    """What kind of file it is; the last kind takes all that no other knows."""
    return next(each for each in KINDS if each.knows(file))


def rows_of(file: File) -> Rows:
    """What is in the file, read to its end: for the worker. Raises BadText, BadFixture.

    The desk is the one that it was brought to; fixtures name their desks themselves.
    """
    return kind_of(file).rows(file)


def are_long(files: Sequence[File]) -> bool:
    """Whether the worker takes them in, and no request.

    One article has limits of its own (text.limits), whatever it weighs.
    """
    if sum(len(each.data) for each in files) <= LONG:
        return False
    return len(files) > 1 or any(kind_of(each).is_of_rows for each in files)


def take(file: File, *, is_trial: bool) -> Report:
    """Import the file, all of it or nothing; in a trial say what would be, and keep nothing."""
    kind = kind_of(file)
    try:
        with transaction.atomic():
            report = kind.take(file, is_trial)
            transaction.set_rollback(is_trial)
    except BadText as bad:
        return Report(file.name, str(kind.label), wrong=[bad_text(bad)])
    except fixtures.BadFixture as bad:
        return Report(file.name, str(kind.label), wrong=[str(each) for each in bad.problems])
    except Refused as why:
        return Report(file.name, str(kind.label), wrong=[str(why)], may_be_later=True)
    return replace(report, name=file.name, kind=str(kind.label))


# --- desks and articles that were moved ---


def _was_moved(file: File) -> bool:
    try:
        lossless.refuse(file.data)
    except BadText:
        return True
    return False


def _refuse_moved(file: File, is_trial: bool) -> Report:
    """It holds what is blind, and rows that say anything of anybody: no page takes it."""
    lossless.refuse(file.data)
    raise AssertionError("it was known as one")


def _rows_of_moved(file: File) -> Rows:
    lossless.refuse(file.data)
    raise AssertionError("it was known as one")


# --- fixtures ---


def _is_fixture(file: File) -> bool:
    return not file.holds_checks and _is_data(file) and bool(_FIXTURE.search(file.data[:_HEAD]))


def _is_data(file: File) -> bool:
    begins = file.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return file.name.lower().endswith(_DATA) or begins in (b"[", b"{")


def _take_fixture(file: File, is_trial: bool) -> Report:
    """Articles as people write them go through the move that imports any; the rest is loaded.

    Rows of other kinds can say anything of anybody, so only who keeps the site may load them.
    """
    rows = fixtures.rows_of(file.data, file.name)
    if fixtures.are_short(rows):
        return _take_articles(file, rows)
    if not file.actor.is_superuser:
        raise _not_theirs()
    whole = fixtures.made_whole(rows)
    fixtures.load(whole, is_trial=is_trial)
    count = len(whole)
    words = (
        ngettext("%(count)d row would be loaded.", "%(count)d rows would be loaded.", count)
        if is_trial
        else ngettext("%(count)d row loaded.", "%(count)d rows loaded.", count)
    )
    return Report(file.name, done=words % {"count": count})


def _rows_of_fixture(file: File) -> Rows:
    rows = fixtures.rows_of(file.data, file.name)
    if not fixtures.are_short(rows) and not file.actor.is_superuser:
        raise _not_theirs()
    return file_rows.of_fixture(file.data, file.name, file.actor)


def _not_theirs() -> BadText:
    return BadText(
        "superusers_alone",
        "Only superusers load fixtures of other rows than articles with their “text”.",
    )


def _take_articles(file: File, rows: Sequence[Located]) -> Report:
    texts = fixtures.texts(rows, file.actor)
    new = 0
    for text in texts:
        fields = dict(text.fields)
        fields.pop("slug", None)  # it is made free at the desk
        item = Item(text.document, file.name, fields.pop("title", ""), fields)
        new += import_documents(text.desk, [item], actor=file.actor)[0].is_new
    return Report(file.name, done=_articles(new, len(texts) - new))


def _articles(new: int, there: int) -> str:
    counts = {"new": new, "there": there}
    return _("Articles: %(new)d new, %(there)d there already.") % counts


# --- articles as JSON ---


def _are_articles(file: File) -> bool:
    return not file.holds_checks and _is_data(file) and articles.are_in(file.data, file.name)


def _take_several(file: File, is_trial: bool) -> Report:
    if file.desk is None:
        return _without_desk(file)
    items, unread = articles.items(file.data, file.name, file.desk)
    odds = [_("“%(key)s” is not read; it is kept with the original.") % {"key": k} for k in unread]
    odds += [f"“{each.called}” {odd('other_text')}" for each in with_other_texts(file.desk, items)]
    return replace(_import_all(file, file.desk, items), odd=odds)


def _import_all(file: File, desk: Desk, items: Sequence[Item]) -> Report:
    done = import_documents(desk, items, actor=file.actor)
    new = [item for item, each in zip(items, done, strict=True) if each.is_new]
    said = _articles(len(new), len(done) - len(new))
    if claims := sum(len(item.claims) for item in new):
        said += " " + _("Claims marked: %(count)d.") % {"count": claims}
    return Report(file.name, done=said)


# --- several transcripts in a table ---


def _are_transcripts(file: File) -> bool:
    return not file.holds_checks and transcripts.are_in(file.data, transcripts.table_of(file.name))


def _take_transcripts(file: File, is_trial: bool) -> Report:
    if file.desk is None:
        return _without_desk(file)
    kind = transcripts.table_of(file.name)
    return _import_all(file, file.desk, transcripts.items(file.data, file.name, kind, file.desk))


# --- earlier checks by others ---


def _is_checks(file: File) -> bool:
    """What is data and no fixture; pages and tables where it is said, for one cannot tell."""
    return file.holds_checks or _is_data(file)


def _take_checks(file: File, is_trial: bool) -> Report:
    found = earlier.read(file.data, file.name)
    if file.desk is None:
        return _without_desk(file)
    done = earlier.keep(file.desk, found, actor=file.actor, file=file.name, is_trial=is_trial)
    warned = [*found.warned, *(each for check in found.checks for each in check.warned)]
    lines = [f"{each.pointer.strip() or '/'} {each.value} {odd(each.code)}" for each in warned]
    return Report(
        file.name, done=outcome(done.new, done.changed, done.same, is_trial=is_trial), odd=lines
    )


# --- articles ---


def _take_article(file: File, is_trial: bool) -> Report:
    if file.desk is None:
        return _without_desk(file)
    document = read(Given(data=file.data, name=file.name), file.desk).document
    about = document.about
    fields = {
        "outlet": about.outlet,
        "byline": about.byline,
        "published_on": about.published_on,
        "url": document.address,
    }
    item = Item(document, file.name[:255], fields=fields)
    (imported,) = import_documents(file.desk, [item], actor=file.actor)
    sentences = sum(each.kind == "body" for each in document.sentences)
    said = {"title": imported.article.title, "count": sentences}
    if imported.is_new:
        words = ngettext(
            "“%(title)s”, %(count)d sentence.", "“%(title)s”, %(count)d sentences.", sentences
        )
        return Report(file.name, done=words % said)
    return Report(file.name, done=_("“%(title)s” is on the desk already.") % said)


def _without_desk(file: File) -> Report:
    return Report(file.name, wrong=[_("Choose the desk that it is for.")])


def _at_its_desk(of: Callable[[bytes, str, Desk, User], Rows]) -> Callable[[File], Rows]:
    def rows(file: File) -> Rows:
        assert file.desk is not None, "what waits was brought to a desk"
        return of(file.data, file.name, file.desk, file.actor)

    return rows


KINDS: tuple[FileKind, ...] = (
    FileKind(
        gettext_lazy("Desk or article that was moved"), _was_moved, _refuse_moved, _rows_of_moved
    ),
    FileKind(gettext_lazy("Fixture"), _is_fixture, _take_fixture, _rows_of_fixture),
    FileKind(
        gettext_lazy("Articles as JSON"),
        _are_articles,
        _take_several,
        _at_its_desk(file_rows.of_articles),
    ),
    FileKind(
        gettext_lazy("Transcripts in a table"),
        _are_transcripts,
        _take_transcripts,
        _at_its_desk(file_rows.of_transcripts),
    ),
    FileKind(
        gettext_lazy("Earlier checks by others"),
        _is_checks,
        _take_checks,
        _at_its_desk(file_rows.of_checks),
    ),
    FileKind(
        gettext_lazy("Article"),
        lambda file: True,
        _take_article,
        _at_its_desk(file_rows.of_article),
        is_of_rows=False,
    ),
)
"""In this order a file is asked for; the last takes all the rest."""
