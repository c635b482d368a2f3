"""What no request can bring about: another decoding, another host, a price, a page that stays."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_script_prefix, reverse, set_script_prefix

from annotations import workflow
from annotations.formats import spreadsheet
from annotations.models import Membership, Snapshot, Source
from factcheck.wsgi import application
from tests import cast as c

from . import walking
from .readers import article_page, claim_page
from .test_access import address, patterns
from .walking import Look

CHARSETS = [
    "hex",
    "zip",
    "rot13",
    "unicode_escape",
    "idna",
    "undefined",
    "utf-16",
    "utf-7",
    "x" * 99,
]


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(method: str, url: str, content_type: str) -> dict[str, Any]:
    return RequestFactory().generic(method, url).environ | {"CONTENT_TYPE": content_type}


def asked(environ: dict[str, Any]) -> tuple[str, bytes]:
    """Status and body as a server gets them; the test's own connection stays open."""
    status = []
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        answer = application(environ, lambda line, _headers: status.append(line))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)
    return status[0], body


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("form", ["application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_does_not_choose_how_it_is_decoded(cast, charset, method, form):
    content_type = f"{form}; boundary=x; Charset={charset}"
    for url in ("/", "/search/?q=%5Cud800", "/login/", "/desk/", "/admin/"):
        status, _page = asked(sent(method, url, content_type))
        assert status.startswith("415"), url


@pytest.mark.parametrize("charset", ["UTF-8", "utf8", "us-ascii", '"utf-8"'])
def test_utf_8_by_any_of_its_names_is_read(cast, charset):
    status, _page = asked(sent("GET", "/", f"text/plain; charset={charset}"))
    assert status.startswith("200")


def test_a_host_is_called_by_its_one_name(cast, settings):
    settings.ALLOWED_HOSTS = ["facts.example"]
    article, _claim = cast.published()
    for host in ("facts.example", "FACTS.example", "facts.example.", "facts.example:1337"):
        page = Client().get(article_page(article), headers={"Host": host}).content.decode()
        assert '<link rel="canonical" href="http://facts.example/checks/' in page, host
        for url in (article_page(article), "/feeds/checks.atom", "/sitemap.xml"):
            caches["process"].clear()  # it would answer with what another was given
            told = Client().get(url, headers={"Host": host}).content.decode()
            assert "//facts.example/" in told, url
            assert not re.search(r"FACTS|facts\.example\.|facts\.example:\d", told), (url, host)


def test_a_port_that_is_ours_stays(cast, settings):
    settings.ALLOWED_HOSTS, settings.HOST_PORTS = ["facts.example"], ["8443"]
    article, _claim = cast.published()
    page = Client().get(article_page(article), headers={"Host": "facts.example:8443"})
    assert 'href="http://facts.example:8443/checks/' in page.content.decode()


def test_a_header_does_not_say_where_the_site_stands(cast):
    article, _claim = cast.published()
    page = article_page(article)
    plain = RequestFactory().get(page).environ
    status, clean = asked(plain)
    assert status.startswith("200")
    # What it asks for is the embed, which stands at that address; the article's page stays clean.
    poisoned = RequestFactory().get(page).environ | {"SCRIPT_NAME": "/embed"}
    _status, framed = asked(poisoned)
    assert framed == asked(RequestFactory().get(f"/embed{page}").environ)[1]
    assert asked(RequestFactory().get(page).environ)[1] == clean


@pytest.fixture
def prefix():
    """The path that addresses of this thread begin with, as it was before, afterwards."""
    before = get_script_prefix()
    yield
    set_script_prefix(before)


def test_a_site_can_stand_below_a_path(cast, settings, prefix):
    article, _claim = cast.published()
    path = article_page(article)
    settings.FORCE_SCRIPT_NAME = "/facts"
    settings.STATIC_URL = "/static/"  # Django keeps what it made of it, also for the next test
    for given in (
        {"SCRIPT_NAME": "", "PATH_INFO": f"/facts{path}"},
        {"SCRIPT_NAME": "/facts", "PATH_INFO": path},
    ):
        status, page = asked(RequestFactory().get("/").environ | given)
        assert status.startswith("200")
        assert b'rel="canonical" href="http://testserver/facts/checks/desk/' in page


def test_a_body_too_large_is_refused_before_it_is_read(cast, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    for url in (reverse("account_login"), "/", reverse("import", args=["desk"])):
        answer = Client().generic(
            "POST", url, b"x" * 2000, content_type="multipart/form-data; boundary=x"
        )
        assert answer.status_code == 413, url
        assert "larger than" in answer.content.decode()


def test_a_made_up_parameter_is_no_new_page(cast):
    article, claim = cast.published()
    for url in (article_page(article), claim_page(claim), "/", "/feeds/checks.atom"):
        first = Client().get(url)
        with CaptureQueriesContext(connection) as queries:
            again = Client().get(f"{url}?x=1&utm_source=y&q=zeppelin")
        assert again.content == first.content, url
        assert again["ETag"] == first["ETag"], url
        assert len(queries) == 1, url


def test_a_parameter_that_a_page_reads_is_one_in_any_order(cast):
    cast.published()
    one = Client().get("/search/?q=ferry&outlet=Courier")
    other = Client().get("/search/?outlet=Courier&x=2&q=ferry")
    assert one["ETag"] == other["ETag"]
    assert one["ETag"] != Client().get("/search/?q=ferry")["ETag"]


def test_what_needs_a_sign_in_is_kept_by_nobody(db):
    """Every page and file that somebody signed in may ask for, also where it is refused."""
    world = walking.made()
    walking.decided(world)
    world.again()
    client, kept = as_(world.sue), []
    outside = [reverse("account_login"), "/nowhere/", "/admin/", "/admin/nowhere/"]
    ways = [*walking.looks(world, world.sue, plain=True), *(Look("", url) for url in outside)]
    for look in [*ways, *walking.admin_looks(world, plain=True)]:
        if look.data is not None:
            continue  # what is answered to a form is what "Back" leads to
        answer: Any = client.get(look.url, headers={"HX-Request": "true"} if look.htmx else {})
        if answer.streaming:
            b"".join(answer.streaming_content)
        said = {each.strip() for each in answer["Cache-Control"].split(",")}
        kept += [] if {"private", "no-store"} <= said else [f"{look}: {said}"]
    assert kept == []


def test_who_left_the_desk_reads_nothing_of_it(cast):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    for person in (cast.ann, cast.ben):
        c.annotate(claim, person)
    cited = Source.objects.get(added_by=cast.ann)
    source = Source.objects.create(desk=cast.desk, title="A letter", added_by=cast.ann)
    copy = workflow.keep_copy(source, b"Dear all", person=cast.ann)
    ann = as_(cast.ann)
    pages = [reverse("source", args=[source.uuid]), reverse("saved_copy", args=[copy.uuid])]
    assert [ann.get(page).status_code for page in pages] == [200, 200]
    Membership.objects.filter(user=cast.ann).delete()
    later = workflow.keep_copy(cited, b"The register", person=cast.eda)
    pages += [reverse("source", args=[cited.uuid]), reverse("saved_copy", args=[later.uuid])]
    pages += [reverse("decline", args=[check.uuid]), reverse("workbench", args=[article.pk])]
    assert {ann.get(page).status_code for page in pages} == {404}
    for rows in (Source, Snapshot, type(check), type(check.annotation)):
        assert not rows.objects.visible_to(cast.ann).exists(), rows.__name__


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_begins_a_formula(begins):
    assert spreadsheet.cell(f"{begins}1+1") == f"'{begins}1+1"


@pytest.mark.parametrize("year", ["2147483648", "99999999999", "0", "-1", "x", "٢٠٢٦"])
def test_an_odd_year_in_the_admin_is_refused(cast, year):
    cast.mia.is_staff = True
    cast.mia.save()
    for part in ("year", "month", "day"):
        page = f"/admin/annotations/claim/?created_at__{part}={year}"
        assert as_(cast.mia).get(page).status_code in (302, 400)


ODD_HEADERS = [
    {"Content-Type": ";;;"},
    {"Content-Length": "9" * 30},
    {"Accept-Language": "x" * 5000},
    {"Cookie": "sessionid=\x01; csrftoken=" + "y" * 5000},
    {"Host": "TESTSERVER.:99"},
    {"If-None-Match": '"' * 999},
    {"If-Modified-Since": "Thu, 99 Foo 99999999"},
    {"Range": "bytes=-1,-2"},
    {"HX-Request": "true", "HX-Current-URL": "//["},
    {"X-Autosave": "1"},
    {"Referer": "http://[::1"},
]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]


def test_no_address_answers_an_odd_request_with_an_error_of_ours(cast):
    """Every address, by every method, as a stranger and as an editor, each with an odd header."""
    article, claim = cast.deciding()
    key = c.check_of(claim, cast.ann).uuid
    people = [Client(raise_request_exception=False), as_(cast.eda)]
    people[1].raise_request_exception = False
    odd = itertools.cycle(ODD_HEADERS)
    for pattern in patterns():
        url = address(pattern, article, claim, key)
        for client, method in itertools.product(people, METHODS):
            headers = next(odd)
            answer = client.generic(method, url, b"\xff\x00=%", headers=headers)
            assert answer.status_code < 500, f"{method} {url} {headers}"
