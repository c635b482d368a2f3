"""What a page embeds is fetched as safely as the page, within bounds; what is lacking is told."""

from __future__ import annotations

import io
from collections.abc import Iterable

from warcio.archiveiterator import ArchiveIterator

from annotations.capture import parts, recording
from annotations.capture.fetch import Bounds
from annotations.capture.parts import Limits, Wanted

from . import servers

PNG = servers.page(b"\x89PNG", "Content-Type: image/png")


def site(pages: dict[str, servers.Answer]) -> servers.Answer:
    missing = servers.page(b"No.", status="404 Not Found")

    def answer(connection, head):
        pages.get(head.split(" ")[1], missing)(connection, head)

    return answer


def picture(server: servers.Server, path: str) -> Wanted:
    return Wanted(f"http://{server.name}{path}", ("image/",))


def got(
    server: servers.Server, wanted: Iterable[Wanted], limits: Limits | None = None
) -> tuple[list[str], dict[str, str]]:
    """The paths that came, and why others did not."""
    bounds = Bounds(allowed=[server.name], seconds=5)
    answers, missed = parts.record(wanted, lambda _answer: [], bounds, limits)
    paths = [each.address.partition(server.name)[2] for each in answers]
    return paths, {
        each.address.partition(server.name)[2] or each.address: each.code for each in missed
    }


def test_parts_come_one_after_the_other_and_each_is_asked_for_once():
    with servers.serving(site({"/a.png": PNG, "/b.png": PNG})) as server:
        paths, missed = got(server, [picture(server, f"/{name}.png") for name in "abba"])
        heard = [head.split(" ")[1] for head in server.heard]
    assert (paths, missed) == (["/a.png", "/b.png"], {})
    assert heard == ["/robots.txt", "/a.png", "/b.png"], "the rules of a host are read once"


def test_a_part_on_a_private_address_is_never_connected_to():
    """Named by the page, or led to: the canary hears nothing."""
    with servers.serving(PNG) as canary:
        pages = {
            "/led.png": servers.redirect(f"http://{canary.name}/x.png"),
            "/a.png": PNG,
        }
        with servers.serving(site(pages)) as server:
            wanted = [
                Wanted(f"http://{canary.name}/x.png", ("image/",)),
                Wanted("http://169.254.169.254/latest/", ("image/",)),
                Wanted("http://localhost/x.png", ("image/",)),
                Wanted("file:///etc/passwd", ("image/",)),
                picture(server, "/led.png"),
                picture(server, "/a.png"),
            ]
            paths, missed = got(server, wanted)
        assert canary.connections == 0
    assert paths == ["/a.png"], "what is refused stops no other"
    assert set(missed.values()) == {"port", "not_public", "address"}
    assert len(missed) == 5


def test_what_a_site_asks_machines_not_to_read_is_not_read():
    robots = servers.page(b"User-agent: *\nDisallow: /private/", "Content-Type: text/plain")
    pages = {"/robots.txt": robots, "/private/a.png": PNG, "/b.png": PNG}
    with servers.serving(site(pages)) as server:
        paths, missed = got(
            server, [picture(server, each) for each in ("/private/a.png", "/b.png")]
        )
    assert (paths, missed) == (["/b.png"], {"/private/a.png": "robots"})


def test_bounds_of_number_size_and_each_are_said():
    large = servers.page(b"x" * 3000, "Content-Type: image/png")
    pages = {f"/{n}.png": large for n in range(9)} | {
        "/huge.png": servers.page(b"x" * 9000, "Content-Type: image/png")
    }
    names = ["/huge.png", *(f"/{n}.png" for n in range(9))]
    with servers.serving(site(pages)) as server:
        limits = Limits(count=5, size=8000, each=4000)
        paths, missed = got(server, [picture(server, name) for name in names], limits)
    assert paths == ["/0.png", "/1.png"]
    assert missed == {
        "/huge.png": "too_large", "/2.png": "too_large", "/3.png": "too_large",
    } | {f"/{n}.png": "too_many" for n in range(4, 9)}  # fmt: skip


def test_no_time_left_is_said_without_asking():
    with servers.serving(site({"/a.png": PNG})) as server:
        paths, missed = got(server, [picture(server, "/a.png")], Limits(seconds=0))
        assert server.connections == 0
    assert (paths, missed) == ([], {"/a.png": "no_time"})


def test_a_host_that_does_not_answer_is_asked_once():
    away = servers.page(b"", status="503 Later")
    with servers.serving(site({"/robots.txt": away})) as server:
        paths, missed = got(server, [picture(server, f"/{n}.png") for n in range(50)])
        assert server.connections == 1
    assert (paths, set(missed.values())) == ([], {"status"})
    assert len(missed) == 50


def test_a_page_in_the_place_of_a_picture_is_none():
    with servers.serving(site({"/a.png": servers.page(b"<p>Sign in")})) as server:
        assert got(server, [picture(server, "/a.png")]) == ([], {"/a.png": "other_type"})


def test_each_part_is_a_record_and_what_is_lacking_is_one_too():
    with servers.serving(site({"/a.png": PNG, "/": servers.page(b"<p>Page")})) as server:
        bounds = Bounds(allowed=[server.name], seconds=5)
        page = recording.follow(f"http://{server.name}/", bounds)
        found, missed = parts.record([picture(server, "/a.png")], lambda _a: [], bounds)
    said = [{"address": "http://x.example/b.png", "code": "gone", "params": {"status": 404}}]
    data = recording.warc([*page, *found], "test", page=page[-1], missed=said)
    kinds = [
        (each.rec_type, each.rec_headers["WARC-Target-URI"])
        for each in ArchiveIterator(io.BytesIO(data), check_digests="raise")
        if each.content_stream().read() is not None
    ]
    assert [kind for kind, _uri in kinds] == [
        "warcinfo", "response", "request", "response", "request", "metadata",
    ]  # fmt: skip
    answers, told = recording.read(data)
    assert [each.data for each in answers] == [b"<p>Page", b"\x89PNG"]
    assert (told, missed) == (said, [])
