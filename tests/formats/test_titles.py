"""A title that is only bold or larger is one, in each program's way; running text never is."""

from __future__ import annotations

import pytest

from annotations.formats import clipboard, docx, odt, plain
from annotations.formats.plain import Document
from annotations.text.sentences import ParagraphKind
from tests.formats import files

BODY = {
    "en": "The ferry carried 3,900 cars in May, says the town. Nobody asked why.",
    "de": "Die Fähre brachte im Mai 3.900 Autos ans Ufer, sagt die Stadt. Niemand fragte nach.",
    "fr": "Le bac a transporté 3 900 voitures en mai, dit la ville. Personne n’a demandé pourquoi.",
    "es": "El ferri llevó 3.900 coches en mayo, dice la ciudad. Nadie preguntó por qué.",
    "pl": "Prom przewiózł w maju 3900 samochodów, mówi miasto. Nikt nie pytał dlaczego.",
    "ru": "Паром перевёз в мае 3900 машин, говорит город. Никто не спросил почему.",
    "el": "Το φέρι μετέφερε 3.900 αυτοκίνητα τον Μάιο, λέει ο δήμος. Κανείς δεν ρώτησε γιατί.",
    "ar": "نقلت العبّارة 3900 سيارة في مايو، كما تقول المدينة. لم يسأل أحد عن السبب.",
    "hi": "नाव ने मई में 3,900 गाड़ियाँ पहुँचाईं, शहर कहता है। किसी ने नहीं पूछा क्यों।",
    "zh": "市政府说，渡轮五月运送了3900辆汽车。没有人问为什么。",
    "ja": "市によると、フェリーは五月に3900台の車を運んだ。誰も理由を聞かなかった。",
}
TITLES = {
    "en": (
        "Ferry is back after two years",
        "Town: ferry “never safe”, says mayor",
        "A pier for $3.2m",
    ),
    "de": (
        "Die Fähre fährt wieder",
        "Hafen: Nach 2 Jahren wieder eine Fähre",
        "Von Husum nach Amrum",
    ),
    "fr": ("Le bac est de retour", "Pourquoi le port ferme « pour toujours »", "L’île sans bac"),
    "es": ("Vuelve el ferri", "El alcalde: «No había dinero» para el puerto", "Dos años sin ferri"),
    "pl": ("Prom wraca po dwóch latach", "Miasto bez promu"),
    "ru": ("Паром возвращается", "Город два года жил без парома"),
    "el": ("Το φέρι επιστρέφει", "Δύο χρόνια χωρίς φέρι"),
    "ar": ("عودة العبّارة بعد عامين", "المدينة بلا عبّارة منذ 2024"),
    "hi": ("नाव दो साल बाद लौटी", "शहर बिना नाव के"),
    "zh": ("渡轮两年后恢复运营", "城市两年没有渡轮"),
    "ja": ("フェリーが二年ぶりに復活", "市に二年間船がなかった"),
}
RUNNING = {
    "en": (
        "The ferry is back.",
        "The ferry is back. Nobody asked why",
        "The ferry carried 3,900 cars in May, and the town says that it is safe.",
        "“We were never asked”",
        "the ferry carried 3,900 cars",
        "Will the ferry come back?",
        "It carried, among others:",
        "Dear all,",
        "- The ferry is back",
        "1. The ferry is back",
        "Exclusive",
    ),
    "de": (
        "Die Fähre fährt wieder.",
        "Kommt die Fähre wieder?",
        "„Wir wurden nie gefragt“",
        "Hallo zusammen,",
    ),
    "fr": ("Le bac est de retour.", "Le bac revient-il ?", "« On ne nous a rien demandé »"),
    "es": ("Vuelve el ferri.", "¿Vuelve el ferri?", "«Nadie nos preguntó»"),
    "ru": ("Паром возвращается.", "Вернётся ли паром?"),
    "ar": ("عادت العبّارة بعد عامين.", "هل تعود العبّارة؟"),
    "hi": ("नाव दो साल बाद लौटी।",),
    "zh": ("渡轮两年后恢复运营。", "渡轮会回来吗？", "“没有人问过我们”"),
    "ja": ("フェリーが復活した。", "「誰にも聞かれなかった」"),
}
WAYS = {
    "Outlook": "<p class=MsoNormal><b>{}<o:p></o:p></b></p><p class=MsoNormal>{}<o:p></o:p></p>",
    "Word, larger": "<p class=MsoNormal><b><span lang=EN-GB style='font-size:16.0pt;color:red'>{}"
    "</span></b></p><p class=MsoNormal>{}</p>",
    "Google Docs": '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span '
    'style="font-size:11pt;font-weight:700;">{}</span></p><p dir="ltr"><span style="font-size:11pt;'
    'font-weight:400;">{}</span></p></b>',
    "Gmail": '<div dir="ltr"><div><strong>{}</strong></div><div><br></div><div>{}</div></div>',
    "LibreOffice": '<p style="margin-bottom: 0cm"><font size="4"><b>{}</b></font></p><p>{}</p>',
}


def pasted(html: str, language: str) -> Document:
    """Read in this process: one of its own for each would take most of the time."""
    return clipboard.read(html.encode(), language, "en")


def kinds(html: str, language: str) -> list[ParagraphKind]:
    return [row.kind for row in pasted(html, language).sentences]


@pytest.mark.parametrize("language", TITLES)
def test_a_bold_title_is_one_and_running_text_that_is_bold_is_none(language):
    for way, shape in WAYS.items():
        for title in TITLES[language]:
            found = pasted(shape.format(title, BODY[language]), language)
            first, *rest = (row.kind for row in found.sentences)
            assert first is ParagraphKind.HEADING, (way, title)
            assert set(rest) == {ParagraphKind.BODY}
            assert found.title == title
    for line in RUNNING.get(language, ()):
        shown = WAYS["Outlook"].format(line, BODY[language])
        assert ParagraphKind.HEADING not in kinds(shown, language), line


LARGE = "<p style='font-size:{}'>{}</p><p style='font-size:{}'>" + BODY["en"] + "</p>"


@pytest.mark.parametrize(
    ("size", "usual", "is_title"),
    [
        ("16pt", "11pt", True),
        ("24px", "16px", True),
        ("1.5em", "1em", True),
        ("150%", "100%", True),
        ("x-large", "medium", True),
        ("11pt", "11pt", False),
        ("12pt", "11pt", False),
        ("11pt", "16pt", False),
        ("huge", "11pt", False),
        ("1e9pt", "pt", False),
    ],
)
def test_larger_letters_make_a_title_too(size, usual, is_title):
    found = kinds(LARGE.format(size, "Ferry is back", usual), "en")
    assert (found[0] is ParagraphKind.HEADING) == is_title


def test_in_larger_letters_a_title_may_ask_but_is_no_sentence():
    asked = LARGE.format("18pt", "Is the ferry coming back?", "11pt")
    assert kinds(asked, "en")[0] is ParagraphKind.HEADING
    for line in ("The ferry is back.", "The ferry is back. Nobody asked"):
        assert ParagraphKind.HEADING not in kinds(LARGE.format("18pt", line, "11pt"), "en")


SHAPES = {
    "all of it is bold": "<p><b>Ferry is back</b></p><p><b>It sails again. So be it.</b></p>",
    "only a part is bold": "<p><b>Ferry</b> is back in the harbour</p><p>It sails again.</p>",
    "it is not the first": "<p>It sails again.</p><p><b>Ferry is back</b></p><p>So be it.</p>",
    "it stands alone": "<p><b>Ferry is back</b></p>",
    "it is an item": "<ul><li><b>Ferry is back</b></li></ul><p>It sails again.</p>",
    "it is a row": "<table><tr><td><b>Ferry back</b></td><td><b>Cars</b></td></tr>"
    "<tr><td>2024</td><td>3,900</td></tr><tr><td>2025</td><td>4,100</td></tr></table><p>So.</p>",
    "a quotation": "<blockquote><b>Ferry is back</b></blockquote><p>It sails again.</p>",
    "two lines": "<p><b>Ferry is back<br>It sails again</b></p><p>So be it.</p>",
    "a line and its rest": "<p><b>Ferry is back<br>after two years</b></p><p>So be it.</p>",
    "it is very long": f"<p><b>{'Ferry is back and ' * 20}</b></p><p>So be it.</p>",
    "not bold where it says so": '<p><b style="font-weight:400">Ferry is back</b></p><p>So.</p>',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_line_becomes_a_title_where(shape):
    assert ParagraphKind.HEADING not in kinds(SHAPES[shape], "en")


def test_before_a_heading_that_says_so_nothing_is_one():
    found = kinds(
        "<p><b>The Harbour Post</b></p><h1>Ferry is back</h1><p>It sails again.</p>", "en"
    )
    assert found == [ParagraphKind.BODY, ParagraphKind.HEADING, ParagraphKind.BODY]


def run(words: str, about: str) -> str:
    return f"<w:p><w:r><w:rPr>{about}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("about", "line", "is_title"),
    [
        ("<w:b/>", "Ferry is back", True),
        ('<w:sz w:val="36"/>', "Ferry is back", True),
        ('<w:b w:val="0"/>', "Ferry is back", False),
        ('<w:sz w:val="24"/>', "Ferry is back", False),
        ("<w:b/>", "The ferry is back.", False),
        ("", "Ferry is back", False),
    ],
)
def test_the_same_holds_for_a_word_file(about, line, is_title):
    body = run(line, about) + run(BODY["en"], "")
    found = docx.read(files.docx(body), "en", "en")
    assert (found.sentences[0].kind is ParagraphKind.HEADING) == is_title


def styled(family: str, name: str, about: str, parent: str = "Standard") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}"'
        f' style:parent-style-name="{parent}"><style:text-properties {about}/></style:style>'
    )


ODT_STYLES = (
    styled("paragraph", "P1", 'fo:font-weight="bold"')
    + styled("paragraph", "P2", 'fo:font-size="18pt"')
    + styled("paragraph", "P3", 'fo:font-size="150%"', parent="P4")
    + styled("paragraph", "P4", 'fo:font-size="12pt"')
    + styled("paragraph", "P5", 'fo:font-weight="normal"', parent="P1")
    + styled("paragraph", "P7", 'fo:color="#f00"', parent="P1")
    + styled("paragraph", "P6", 'fo:font-size="100%"', parent="P6")  # goes back to itself
    + styled("text", "T1", 'fo:font-weight="bold"')
    + styled("text", "P6", 'fo:font-weight="bold"')  # of another family
)


@pytest.mark.parametrize(
    ("title", "is_title"),
    [
        ('<text:p text:style-name="P1">Ferry is back</text:p>', True),
        ('<text:p text:style-name="P2">Ferry is back</text:p>', True),
        ('<text:p text:style-name="P3">Ferry is back</text:p>', True),
        ('<text:p text:style-name="P7">Ferry is back</text:p>', True),
        ('<text:p><text:span text:style-name="T1">Ferry is back</text:span></text:p>', True),
        ('<text:p><text:span text:style-name="T1">Ferry</text:span> is back again</text:p>', False),
        ('<text:p text:style-name="P5">Ferry is back</text:p>', False),
        ('<text:p text:style-name="P6">Ferry is back</text:p>', False),
        ('<text:p text:style-name="P1">The ferry is back.</text:p>', False),
        ("<text:p>Ferry is back</text:p>", False),
    ],
)
def test_and_for_an_opendocument_text(title, is_title):
    found = odt.read(files.odt(f"{title}<text:p>{BODY['en']}</text:p>", ODT_STYLES), "en", "en")
    assert (found.sentences[0].kind is ParagraphKind.HEADING) == is_title


def test_a_style_that_a_programs_own_goes_back_to_is_the_one_that_was_chosen():
    body = (
        '<text:p text:style-name="P1">Ferry is back.</text:p>'
        '<text:p text:style-name="P2">Figure 1: The pier.</text:p>'
        f"<text:p>{BODY['en']}</text:p>"
    )
    own = styled("paragraph", "P1", 'fo:color="#f00"', parent="Title")
    own += styled("paragraph", "P2", 'fo:color="#f00"', parent="Illustration")
    found = odt.read(files.odt(body, own), "en", "en")
    assert found.sentences[0].kind is ParagraphKind.HEADING
    assert found.blocks[1] == "caption"


def test_letters_of_the_files_named_styles_count():
    headline = styled("paragraph", "Headline", 'fo:font-weight="bold"', parent="")
    named = (
        '<office:document-styles xmlns:office="o" xmlns:style="s" xmlns:fo="f"><office:styles>'
        f"{headline}</office:styles></office:document-styles>"
    )
    body = f'<text:p text:style-name="Headline">Ferry is back</text:p><text:p>{BODY["en"]}</text:p>'
    found = odt.read(files.odt(body, styles_xml=named), "en", "en")
    assert found.sentences[0].kind is ParagraphKind.HEADING


def test_a_title_stays_one_when_the_field_is_sent():
    copied = pasted(WAYS["Outlook"].format("Ferry is back", BODY["en"]), "en")
    sent = clipboard.structured(plain.read(f"First, a line of mine.\n\n{copied.text}"), [copied])
    assert [row.kind for row in sent.sentences].count(ParagraphKind.HEADING) == 1
    assert sent.title == "Ferry is back"
