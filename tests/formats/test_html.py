"""A web page becomes a document: the article's own text, its kinds kept, nothing repaired."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest

from annotations.formats import html, metadata
from annotations.formats.plain import Document
from annotations.text.canonical import BadText, ChangeKind, canonicalise

PARAGRAPH = (
    "The ferry is back &amp; running, the <a href='/m'>mayor</a> said on Monday, after a long"
    " pause.<br>It carried 4,000&nbsp;people last year, more than in any year be\u00adfore."
)
LAST = (
    "The line has been running since 19<b>54</b>, with a pause in the war. It is run by the town"
    " and by the county together, and it costs both of them money every year."
)


def page(body: str = "", head: str = "", lang: str = "en-GB") -> str:
    return f"""<!doctype html>
<html lang="{lang}"><head><title>Ferry back | The Paper</title>
<meta property="og:site_name" content="The Paper"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2026-11-20T10:00:00Z">{head}
<script>var secret = "SCRIPT";</script><style>p {{ color: red }}</style></head>
<body><nav><ul><li><a href="/">MENU Home</a></li><li><a href="/w">MENU World</a></li></ul></nav>
<article><h1>Ferry is back</h1><p>{PARAGRAPH}</p>{body}
<h2>What came before</h2><ul><li>In 2024 the town paid for a new pier.</li>
<li>It is a fine pier, people in the town say. They like it.</li></ul>
<blockquote><p>“We never asked them to stop sailing,” she said in the hall.</p></blockquote>
<p>{LAST}</p></article>
<div id="comments" class="comments"><p>COMMENT This is nonsense, says one reader of it.</p></div>
<footer>FOOTER All rights reserved.</footer></body></html>"""


def read(text: str, **options) -> Document:
    return html.read(text.encode(), **options)


@pytest.fixture(scope="module")
def document() -> Document:
    return read(page())


def test_the_articles_own_text_comes_out_with_entities_decoded_and_links_texts_kept(document):
    assert document.text.split("\n\n") == [
        "Ferry is back",
        "The ferry is back & running, the mayor said on Monday, after a long pause.\n"
        "It carried 4,000 people last year, more than in any year before.",
        "What came before",
        "In 2024 the town paid for a new pier.",
        "It is a fine pier, people in the town say. They like it.",
        "“We never asked them to stop sailing,” she said in the hall.",
        "The line has been running since 1954, with a pause in the war. It is run by the town"
        " and by the county together, and it costs both of them money every year.",
    ]


def test_menus_comments_scripts_and_footers_are_left_out_and_counted(document):
    for word in ("MENU", "COMMENT", "SCRIPT", "FOOTER", "color"):
        assert word not in document.text
    assert 8 <= document.left_out < 40


def test_what_was_left_out_can_be_looked_at_the_articles_own_first():
    body = (
        "<ul><li><a href='/a'>240 homes were built in the harbour</a></li></ul>"
        "<figure><img src='x'><figcaption>The mayor opens the pier.</figcaption></figure>"
    )
    found = read(page(body))
    lines = found.left_out_lines
    for words in ("240 homes were built in the harbour", "The mayor opens the pier."):
        assert words in found.text or lines.index(words) < lines.index("MENU Home")
    assert "FOOTER All rights reserved." in lines
    assert not any("SCRIPT" in line for line in lines)
    assert not any(line in found.text for line in lines)
    assert len(found.left_out_at) == len(lines)


def test_headings_list_items_and_quotations_are_kept_as_kinds(document):
    kinds = [
        (sentence.kind.value, block, document.text[sentence.start : sentence.end][:12])
        for sentence, block in zip(document.sentences, document.blocks, strict=True)
    ]
    assert kinds == [
        ("heading", "", "Ferry is bac"),
        ("body", "", "The ferry is"),
        ("body", "", "It carried 4"),
        ("heading", "", "What came be"),
        ("body", "list_item", "In 2024 the "),
        ("body", "list_item", "It is a fine"),
        ("body", "list_item", "They like it"),
        ("body", "quote", "“We never as"),
        ("body", "", "The line has"),
        ("body", "", "It is run by"),
    ]


def test_sentences_and_the_white_space_between_them_give_the_text_back(document):
    at = 0
    for sentence in document.sentences:
        assert document.text[at : sentence.start].strip() == ""
        at = sentence.end
    assert at == len(document.text)
    paragraphs = [sentence.paragraph for sentence in document.sentences]
    assert paragraphs == sorted(paragraphs)
    assert len(set(paragraphs)) == 8, "a <br> parts what a paragraph is"


def test_the_text_is_canonical_and_what_was_changed_is_counted(document):
    assert canonicalise(document.text).text == document.text
    assert unicodedata.is_normalized("NFC", document.text)
    kinds = {change.kind: change.count for change in document.changes}
    assert kinds[ChangeKind.INVISIBLE] == 1, "the soft hyphen"


def test_the_bytes_are_kept_as_they_came_with_their_hash(document):
    data = page().encode()
    assert document.original == data
    assert document.original_sha256 == hashlib.sha256(data).hexdigest()


def test_title_byline_outlet_date_and_language_come_from_the_pages_metadata(document):
    about = document.about
    assert (about.byline, about.outlet, about.published_on) == (
        "Ann Lee",
        "The Paper",
        "2026-11-20",
    )
    assert about.language == "en"
    assert document.title == "Ferry is back"


def test_a_title_that_is_only_in_the_metadata_becomes_the_first_heading():
    bare = page().replace("<h1>Ferry is back</h1>", "")
    head = '<meta property="og:title" content="The ferry &amp; its return">'
    found = read(bare.replace("</title>", f"</title>{head}"))
    assert found.text.startswith("The ferry & its return\n\nThe ferry is back")
    assert found.sentences[0].kind == "heading"


GERMAN_PAGE = (
    "<html{}><head><title>Die Fähre fährt wieder</title>{}</head><body><article>"
    "<h1>Die Fähre fährt wieder</h1><p>Am 3. Mai 2026 fuhr die Fähre wieder, und der Bürgermeister"
    " der Stadt war auch mit an Bord. Er sagte nichts zu den Kosten, die es noch geben wird.</p>"
    "<p>Die Stadt hat für das Schiff vier Millionen bezahlt, und das Land hat noch einmal so viel"
    " dazu gegeben, weil der alte Hafen nicht mehr zu halten war.</p></article></body></html>"
)


@pytest.mark.parametrize("lang", ["de", "de-AT", "de_AT", "", "en"])
def test_the_pages_language_cuts_its_sentences_or_that_of_its_words(lang):
    found = read(GERMAN_PAGE.format(f' lang="{lang}"' if lang else "", ""))
    first = found.sentences[1]
    assert found.text[first.start : first.end].startswith("Am 3. Mai 2026 fuhr die Fähre wieder,")
    assert found.about.language == found.language == "de"


def test_a_person_says_otherwise_than_the_page():
    assert read(GERMAN_PAGE.format(' lang="de"', ""), language="fr").language == "fr"


@pytest.mark.parametrize(
    ("head", "lang"),
    [
        ('<meta property="og:locale" content="sw_KE">', "sw"),
        ('<meta http-equiv="Content-Language" content="sw-KE">', "sw"),
    ],
)
def test_a_language_without_a_list_of_ours_is_taken_from_what_the_page_declares(head, lang):
    words = (
        "<p>Jiji linasema bandari imefungwa tangu mwaka jana kwa sababu ya fedha nyingi.</p>" * 3
    )
    assert (
        read(
            f"<html><head>{head}</head><body><article>{words}</article></body></html>"
        ).about.language
        == lang
    )


@pytest.mark.parametrize("nothing", ["<html></html>", "<html><body></body></html>", "<!-- -->"])
def test_a_page_without_an_article_is_said_to_have_none(nothing):
    with pytest.raises(BadText) as problem:
        read(nothing)
    assert problem.value.code == "no_article"


MENU = "<ul><li><a href=/>Home</a></li><li><a href=/us>About <b>us</b></a></li></ul>"


@pytest.mark.parametrize("menu", [MENU, f"<nav>{MENU}</nav>", f"<main>{MENU}{MENU}</main>"])
def test_a_page_with_nothing_but_a_menu_has_no_article(menu):
    with pytest.raises(BadText) as problem:
        read(f"<html><head><title>Home</title></head><body>{menu}</body></html>")
    assert problem.value.code == "no_article"


def test_an_article_that_leads_to_other_pages_is_one():
    found = read(f"<html><body><article><p>{LAST} <a href=/us>{PARAGRAPH}</a></p></article>{MENU}")
    assert "1954" in found.text


def test_a_paragraph_that_stands_there_twice_is_kept_twice():
    said = "<p>“It is so,” the mayor said to us again.</p>"
    found = read(page(f"{said}<p>Nobody else was asked about the pier.</p>{said}"))
    assert found.text.count("“It is so,” the mayor said to us again.") == 2


def test_a_page_that_only_asks_for_scripts_has_no_article():
    data = (
        b"<html><head><title>News</title></head><body><noscript>You need to enable JavaScript to"
        b" run this app.</noscript><div id=root></div></body></html>"
    )
    with pytest.raises(BadText) as problem:
        html.read(data)
    assert problem.value.code == "no_article"
    beside = page("<noscript>You need to enable JavaScript to run this app.</noscript>")
    assert "JavaScript" not in html.read(beside.encode()).text


def test_a_page_nested_beyond_reason_is_said_to_have_none_or_to_be_too_hard():
    with pytest.raises(BadText) as problem:
        read("<html><body>" + "<div>" * 20_000 + "<p>Some words stand here.</p>")
    assert problem.value.code in ("no_article", "page_too_hard")


@pytest.mark.parametrize(
    ("html_of_it", "text"),
    [
        ("240<sup>1</sup> homes", "240¹ homes"),
        ('240<sup><a href="#fn1">1</a></sup> homes', "240¹ homes"),
        ('240<sup id="r"><a href="/notes"><span>12</span></a></sup> homes', "240¹² homes"),
        ('240<a href="#fn1">1</a> homes', "240¹ homes"),
        ('240<a href="#fn1"><sup>1</sup></a> homes', "240¹ homes"),
        ('240<a role="doc-noteref" href="/n#1">1</a> homes', "240¹ homes"),
        ("12<sup>3</sup> per cent", "12³ per cent"),
        ("10<sup>6</sup> m<sup>2</sup>", "10⁶ m²"),
        ("the 19<sup>th</sup> of May", "the 19th of May"),
        ('in <a href="/2024">2024</a>, then', "in 2024, then"),
        ('in <a href="#2024">2024</a>, then', "in 2024, then"),
        ("240<sup>1,2</sup> homes", "240¹,² homes"),
        ("240<sup>[1]</sup> homes", "240[1] homes"),
        ('240<sup><a href="#a">a</a></sup> homes', "240[a] homes"),
        ("240<sup>1a</sup> homes", "240[1a] homes"),
        ("240<sup>note 1</sup> homes", "240[note 1] homes"),
        ("240<sup>*</sup> homes", "240* homes"),
        ("240<sup>1, 2, 3, 4, 5, 6</sup> homes", "240 1, 2, 3, 4, 5, 6 homes"),
        ("٢٤<sup>١</sup> homes", "٢٤[١] homes"),
        ("3<sub>2a</sub> of it", "3 2a of it"),
        ("4<sup>1<br>2</sup> homes", "4¹ ² homes"),
        ('4<span style="vertical-align: super">1</span> homes', "4¹ homes"),
        ('CO<span style="vertical-align:sub">2</span> in it', "CO₂ in it"),
        ("10<sup>−6</sup> of it", "10⁻⁶ of it"),
        ("5<sup>1</sup>/<sub>2</sub> of it", "5¹/₂ of it"),
        ("CO<sub>2</sub> and H<sub>2</sub>O", "CO₂ and H₂O"),
        ("T<sub>max</sub> of 3", "Tmax of 3"),
        ('240<span class="sr-only">(opens in new tab)</span> homes', "240 homes"),
        ('24<span class="visually-hidden">a</span>0 homes', "24 0 homes"),
    ],
)
def test_a_raised_figure_never_makes_another_figure(html_of_it, text):
    body = f"<p>The council said on Monday, after a long talk, that it was {html_of_it}, yes.</p>"
    assert f"that it was {text}, yes." in read(page(body)).text


@pytest.mark.parametrize(
    ("html_of_it", "text"),
    [
        ("<s>240</s> 260 homes", "260 homes"),
        ("<del>240</del><ins>260</ins> homes", "260 homes"),
        ("1<del>2</del>3 homes", "1 3 homes"),
        ("1<b><s>2</s></b>3 homes", "1 3 homes"),
        ("1<s>2</s><b>3</b> homes", "1 3 homes"),
        ("1<!-- 9 --><s>2</s>3 homes", "1 3 homes"),
        ("1<span style='text-decoration: line-through'>2</span>3 homes", "1 3 homes"),
        ("1<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of it", "1 1/2 of it"),
        ("3<svg></svg><svg></svg>4 homes", "3 4 homes"),
        ("<q>many <q>new</q> homes</q>", "“many ‘new’ homes”"),
        ("<q>a <b>few</b></q> homes", "“a few” homes"),
        ("<code>240</code> homes", "240 homes"),
        ("<time datetime='2026-05-12'>12 May</time> was", "12 May was"),
        ("<data value='3'>three</data> homes", "three homes"),
        ("<label>many</label> homes", "many homes"),
        ("<small>a few</small> <u>homes</u> <mark>here</mark>", "a few homes here"),
        ("<cite>C</cite> <dfn>D</dfn> <samp>S</samp> <kbd>K</kbd> <var>V</var>", "C D S K V"),
        ("<bdi>B</bdi> <bdo dir='rtl'>O</bdo> <abbr title='x'>GDP</abbr>", "B O GDP"),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby> is", "漢字(かんじ) is"),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of it", "1/2 of it"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math> of it", "x² of it"),
        ("<math><mn>2</mn><mn>3</mn><msqrt><mn>4</mn></msqrt></math> of it", "2 3√(4) of it"),
        ("2<wbr>40 homes", "240 homes"),
        ("3<button>?</button>4 homes", "3 4 homes"),
        ("3<svg><text>9</text></svg>4 homes", "3 4 homes"),
        ("a party <img class='emoji' alt='🎉' src='/e'> here", "a party 🎉 here"),
    ],
)
def test_what_a_line_sets_apart_keeps_its_sense(html_of_it, text):
    body = f"<p>The council said on Monday, after a long talk, that it was {html_of_it}, yes.</p>"
    assert f"that it was {text}, yes." in read(page(body)).text


def test_a_quotation_in_a_line_has_the_marks_of_the_pages_language():
    body = "<p>Die Stadt sagte am Montag nach langer Sitzung, <q>nichts</q> sei gebaut worden.</p>"
    assert "„nichts“ sei gebaut" in read(page(body, lang="de")).text


def test_the_day_a_page_names_in_an_element_of_its_own_is_still_its_date():
    bare = page().replace(
        '<meta property="article:published_time" content="2026-11-20T10:00:00Z">', ""
    )
    dated = bare.replace("</h1>", "</h1><time datetime='2026-11-19'>19 November 2026</time>")
    assert read(dated).about.published_on == "2026-11-19"


def test_a_sentence_ends_before_the_number_of_its_note():
    body = "<p>The council built homes.<sup>1</sup> The town paid for them.<sup>2</sup></p>"
    found = read(page(body))
    lines = [found.text[row.start : row.end] for row in found.sentences]
    assert "The council built homes.¹" in lines
    assert "The town paid for them.²" in lines


def test_a_line_of_a_paragraph_is_never_a_heading():
    body = "<p>Unemployment fell to 3.1 per cent in May<br>Wages rose by 2 per cent last year.</p>"
    found = read(page(body))
    lines = [found.text[row.start : row.end] for row in found.sentences if row.kind == "body"]
    assert "Unemployment fell to 3.1 per cent in May" in lines


def test_a_page_that_takes_too_long_is_given_up_and_its_process_is_gone():
    with pytest.raises(BadText) as problem:
        read(page("<p>Words stand here, they do.</p>" * 20_000), seconds=0.05)
    assert problem.value.code == "page_too_hard"


def test_a_page_that_takes_too_much_memory_is_given_up(monkeypatch):
    monkeypatch.setattr(html, "MEMORY", 32 * 1024 * 1024)
    with pytest.raises(BadText) as problem:
        read(page())
    assert problem.value.code == "page_too_hard"


# --- bytes ---


def coded(codec: str, declared: str = "", head: str = "") -> tuple[bytes, str]:
    return page("<p>Le café était fermé – dit-il.</p>", head).encode(codec), declared


@pytest.mark.parametrize(
    ("data", "charset", "said"),
    [
        (*coded("utf-8"), ""),
        (*coded("utf-8", "utf-8"), ""),
        (*coded("utf-8-sig", "iso-8859-1"), ""),
        (*coded("utf-16"), ""),
        (*coded("cp1252", "windows-1252"), "windows-1252"),
        (*coded("cp1252", "ISO-8859-1"), "ISO-8859-1"),
        (*coded("cp1252", head='<meta charset="windows-1252">'), "windows-1252"),
        (
            *coded("cp1252", head="<meta content='text/html; charset=latin1' http-equiv=x>"),
            "latin1",
        ),
    ],
)
def test_bytes_are_read_as_declared_and_it_is_said_so(data, charset, said):
    found = html.read(data, charset=charset)
    assert "Le café était fermé – dit-il." in found.text
    assert found.charset == said


@pytest.mark.parametrize(
    ("declared", "codec", "odd"),
    [
        ("gb2312", "gbk", "朱镕基"),
        ("gbk", "gb18030", "㐀"),
        ("Shift_JIS", "cp932", "①㈱～"),
        ("x-sjis", "cp932", "①㈱"),
        ("euc-kr", "cp949", "똠방각하"),
        ("ks_c_5601-1987", "cp949", "펲시콜라"),
        ("big5", "big5hkscs", "喺度嘅"),
        ("euc-jp", "euc_jp", "港湾"),
        ("windows-1251", "cp1251", "город"),
        ("koi8-r", "koi8-r", "город"),
        ("macintosh", "mac_roman", "été"),
        ("iso-8859-1", "cp1252", "“été” – €"),
        ("iso-8859-9", "cp1254", "şehir"),
        ("unicode-1-1-utf-8", "utf-8", "été"),
        ("klingon-1", "utf-8", "été"),
    ],
)
def test_labels_of_character_sets_are_read_as_browsers_read_them(declared, codec, odd):
    body = f"<article><h1>A title here</h1><p>{odd} {LAST}</p><p>{LAST[:90]}</p></article>"
    data = f'<html><head><meta charset="{declared}"></head><body>{body}</body></html>'.encode(codec)
    for found in (html.read(data), html.read(data, charset=declared)):
        assert odd in found.text


@pytest.mark.parametrize(
    "hurt",
    [
        lambda data: data.replace(b"MENU World", b"MENU W\xe9rld"),
        lambda data: data.replace(b"FOOTER All", b"FOOTER\0 All"),
        lambda data: data.replace(b"FOOTER All", "FOOTER\u0096 All".encode()),
        lambda data: data.replace(b"FOOTER All", b"FOOTER\x02 All"),
    ],
    ids=["a bad byte", "NUL", "C1", "C0"],
)
def test_what_is_no_character_beside_the_article_is_left_out_and_counted(hurt):
    data = page("<p>Le café était fermé – dit-il.</p>").encode()
    found = html.read(hurt(data))
    assert found.text == html.read(data).text
    counts = {change.kind: change.count for change in found.changes}
    assert counts[ChangeKind.BAD_BYTES] == 1


def test_an_article_with_bytes_that_are_no_characters_is_refused_with_the_place():
    data = page("<p>Le café était fermé – dit-il à la Mairie.</p>").encode()
    with pytest.raises(BadText, match="characters are missing at “Le caf") as problem:
        html.read(data.replace("café était".encode(), b"caf\xe9 " + "était".encode()))
    assert problem.value.code == "gaps"


@pytest.mark.parametrize(
    ("lang", "codec", "words"), [("fr", "cp1252", "été – “là”"), ("ru", "cp1251", "город")]
)
def test_a_page_that_declares_nothing_is_read_as_browsers_guess(lang, codec, words):
    text = page(f"<p>{words} {LAST}</p>", lang=lang)
    assert words in html.read(text.encode(codec)).text


def test_control_characters_in_the_article_are_what_windows_has_there():
    found = html.read(
        page("<p>It\x92s a homesa \x96 record, said the builder of the quay.</p>").encode()
    )
    assert "It’s a homesa – record" in found.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.4", "binary"),
        (b"", "empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_bytes_that_cannot_be_read_are_refused_with_what_and_where(data, code):
    with pytest.raises(BadText) as problem:
        html.read(data)
    assert problem.value.code == code


# --- what the page says of itself ---


@pytest.mark.parametrize(
    ("head", "address", "found"),
    [
        (
            '<link rel="canonical" href="https://paper.example/ferry#top">',
            "",
            "https://paper.example/ferry",
        ),
        (
            '<meta property="og:url" content="https://paper.example/ferry">',
            "",
            "https://paper.example/ferry",
        ),
        (
            '<link rel="canonical" href="/ferry">',
            "https://www.paper.example/f?utm=1",
            "https://www.paper.example/ferry",
        ),
        (
            '<link rel="canonical" href="https://paper.example/ferry">',
            "https://m.paper.example/f",
            "https://paper.example/ferry",
        ),
        (
            '<link rel="canonical" href="https://other.example/ferry">',
            "https://paper.example/f",
            "https://paper.example/f",
        ),
        ('<link rel="canonical" href="/ferry">', "", ""),
        ('<link rel="canonical" href="javascript:alert(1)">', "", ""),
        ('<link rel="canonical" href="http://[bad">', "", ""),
        ("", "https://paper.example/f", "https://paper.example/f"),
    ],
)
def test_the_address_is_the_pages_own(head, address, found):
    assert read(page(head=head), address=address).address == found


@pytest.mark.parametrize(
    ("heading", "head"),
    [
        (
            "<h1>News</h1><h2>Pier to open in May</h2>",
            '<meta property="og:title" content="Pier to open in May">',
        ),
        ("<h1>News</h1>", '<meta property="og:title" content="Pier to open in May">'),
        ("<h1>Faire un don :</h1>", '<meta property="og:title" content="Pier to open in May">'),
        ("<h1>Pier to open in May</h1>", ""),
    ],
)
def test_the_name_of_a_section_is_not_the_title(heading, head):
    text = page(head=head).replace("<h1>Ferry is back</h1>", heading)
    text = text.replace("Ferry back | The Paper", "Pier to open in May | The Paper")
    found = read(text)
    assert found.title == "Pier to open in May"
    assert found.text.startswith("Pier to open in May\n\nThe ferry is back")


def test_a_heading_that_is_longer_than_the_declared_title_is_still_the_title():
    head = '<meta property="og:title" content="Ferry back">'
    assert read(page(head=head)).title == "Ferry is back"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ann J Bell; Monday; November", "Ann J. Bell"),
        ("Admin", ""),
        ("No Author", ""),
        ("Condé Verlag; Ann Bell", "Ann Bell"),
        ("Text Ann Bell", "Ann Bell"),
        ("By Ann Bell", "Ann Bell"),
        ("Von Anna Klein", "Anna Klein"),
        ("Ann Bell is a reporter", "Ann Bell"),
        ("Ann Bell; Tom Cole", "Ann Bell, Tom Cole"),
        ("The Paper", ""),
        ("Reuters Agency", "Reuters Agency"),
        ("J K Rowling", "J. K. Rowling"),
        ("desk@paper.example", ""),
        ("", ""),
    ],
)
def test_a_byline_is_names_without_debris(said, name):
    near = "By Ann J. Bell, with J. K. Rowling"
    assert metadata.byline(said, "The Paper", near) == name


@pytest.mark.parametrize(
    ("moments", "day"),
    [
        (["2026-11-20T01:00:00Z", "2026-11-19T20:00:00-05:00"], "2026-11-19"),
        (["2026-11-20T01:00:00+00:00", "2026-11-20T10:00+09:00"], "2026-11-20"),
        (["2026-11-20T01:00:00Z"], "2026-11-20"),
        (["2026-11-20T01:00:00Z", "2026-11-18T20:00:00-05:00"], "2026-11-20"),
        (["2026-99-99T01:00:00Z"], "2026-11-20"),
    ],
)
def test_a_date_is_the_day_in_the_pages_own_zone(moments, day):
    assert metadata.own_day("2026-11-20", moments) == day


def test_the_zone_stands_in_what_the_page_says_for_machines():
    said = '<time datetime="2026-11-20T05:00:00-05:00">20 November</time>'
    early = page().replace("2026-11-20T10:00:00Z", "2026-11-21T01:00:00Z")
    found = read(early.replace("</h1>", f"</h1>{said.replace('05:00:00', '20:00:00', 1)}"))
    assert found.about.published_on == "2026-11-20"


def test_a_declaration_of_xml_is_no_obstacle():
    assert read('<?xml version="1.0" encoding="utf-8"?>' + page()).title == "Ferry is back"


@pytest.mark.parametrize(
    ("data", "is_html"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\xef\xbb\xbf\n <HTML>", True),
        (b"<?xml version='1.0'?><html>", True),
        (b"A plain text\n\nabout <html>.", False),
        (b"", False),
    ],
)
def test_a_web_page_is_told_from_a_plain_text_by_how_it_begins(data, is_html):
    assert html.looks_like_html(data) is is_html
