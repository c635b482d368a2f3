"""Words in addresses."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.text.slugs import slug_of


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("It's so: 4,000 people", "its-so-4000-people"),
        ("Café à Łódź", "cafe-a-łodz"),
        ("المدينة دفعت", "المدينة-دفعت"),
        ("港の橋は安全だ", "港の橋は安全だ"),
        ("कीमत बढ़ी", "कीमत-बढ़ी"),
        ("Ёлка Йод", "ёлка-йод"),
        ("🛳️ …", "claim"),
    ],
)
def test_letters_of_every_script_stay_readable(words, slug):
    assert slug_of(words, "claim") == slug


@given(st.text(max_size=200))
@example("0\x80\u0591")
@example("и\x80\u0306")
def test_a_slug_is_never_empty_too_long_or_cut_by_an_address(words):
    slug = slug_of(words, "claim")
    assert 0 < len(slug) <= 80
    assert not set("/.?# \t\n\0%") & set(slug)
    assert slug_of(slug, "claim") == slug
