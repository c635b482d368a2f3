"""What people write with a little formatting: Markdown, made safe for pages.

Source: CommonMark 0.31, as markdown-it-py reads it, without HTML, pictures and code blocks. A line
end stays one, as whoever typed it saw it. Whatever comes out is cleaned once more (nh3): only the
elements below, links to the web and to mail, no attribute that could do anything.
"""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

ELEMENTS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "code", "hr"}
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
LONGEST = 200_000
"""Code points; more is shown as it was typed."""


def _parser() -> MarkdownIt:
    options = {"html": False, "breaks": True, "linkify": True, "maxNesting": 20}
    parser = MarkdownIt("commonmark", options).enable("linkify")
    assert parser.linkify is not None
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    return parser.disable(["image", "code", "fence", "lheading"])


_PARSER = _parser()


@lru_cache(maxsize=256)
def rendered(text: str, level: int = 2) -> str:
    """The text as safe HTML; its first headings are of this level of the page, 2 to 6."""
    if len(text) > LONGEST:
        return f"<p>{nh3.clean_text(text)}</p>"
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = HEADINGS[min(int(token.tag[1]) + level - 2, 5)]
    return nh3.clean(
        _PARSER.renderer.render(tokens, _PARSER.options, {}),
        tags=ELEMENTS | set(HEADINGS),
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
