"""Which key is meant, on every layout; and none while an input method composes."""

from __future__ import annotations

import pytest

from tests.js.conftest import STATIC

PRESSED = {
    # layout and keys: what the browser reports (key, code, shift), what is meant
    "English J": ("j", "KeyJ", False, "j"),
    "English J with caps lock": ("J", "KeyJ", False, "j"),
    "Russian J": ("о", "KeyJ", False, "j"),
    "Russian M": ("Ь", "KeyM", True, "m"),
    "Russian Z": ("я", "KeyZ", False, "z"),
    "Greek K": ("κ", "KeyK", False, "k"),
    "Arabic M": ("ة", "KeyM", False, "m"),
    "Arabic B, two letters of one key": ("لا", "KeyB", False, "b"),
    "Hebrew J": ("ח", "KeyJ", False, "j"),
    "Arabic question mark": ("؟", "Slash", True, "?"),
    "Greek slash": ("/", "Slash", False, "/"),
    "Hebrew slash, where Q is": ("/", "KeyQ", False, "/"),
    "French M, where the semicolon is": ("m", "Semicolon", False, "m"),
    "French Z, where W is": ("z", "KeyW", False, "z"),
    "French 1": ("&", "Digit1", False, "1"),
    "French 2": ("é", "Digit2", False, "2"),
    "French 4": ("'", "Digit4", False, "4"),
    "French 1 with Shift": ("1", "Digit1", True, "1"),
    "Czech 3": ("š", "Digit3", False, "3"),
    "Persian 3": ("۳", "Digit3", False, "3"),
    "number pad": ("3", "Numpad3", False, "3"),
    "English exclamation mark": ("!", "Digit1", True, "!"),
    "German slash": ("/", "Digit7", True, "/"),
    "German umlaut": ("ö", "Semicolon", False, "ö"),
    "Dvorak J": ("j", "KeyC", False, "j"),
    "Enter": ("Enter", "Enter", False, "Enter"),
    "an input method's key": ("Process", "KeyJ", False, "Process"),
    "a screen keyboard's, without a place": ("j", "", False, "j"),
}


@pytest.mark.parametrize("name", PRESSED)
def test_the_key_that_is_meant_is_found_on_every_layout(blank, name):
    key, code, shift, meant = PRESSED[name]
    found = blank.evaluate(
        """async (pressed) => (await import("/static/js/keys.js")).keyOf(pressed)""",
        {"key": key, "code": code, "shiftKey": shift},
    )
    assert found == meant


@pytest.mark.parametrize(
    ("platform", "held"), [("Linux x86_64", '"Ctrl "'), ("Win32", '"Ctrl "'), ("MacIntel", '"⌘"')]
)
def test_the_key_that_is_held_is_called_as_on_the_persons_keyboard(blank, platform, held):
    css = (STATIC / "css/base.css").read_text(encoding="utf-8")
    shown = blank.evaluate(
        """async ([css, platform]) => {
            Object.defineProperty(navigator, "platform", { get: () => platform });
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
            document.body.innerHTML = "<kbd class='with-ctrl'>↵</kbd>";
            await import("/static/js/keys.js");
            return getComputedStyle(document.querySelector("kbd"), "::before").content;
        }""",
        [css, platform],
    )
    assert shown == held


DESK = """async () => {
    document.body.innerHTML = `
        <div class="rail"><a class="claim-entry" href="#" data-claim="1">1</a></div>
        <form data-main><textarea></textarea><button data-save>Save</button></form>
        <form data-undo><button>Undo</button></form>`;
    globalThis.acted = [];
    for (const form of document.forms) form.addEventListener("submit", (event) => {
        event.preventDefault();
        acted.push(form.dataset.undo === undefined ? "saved" : "undone");
    });
    document.querySelector(".rail a").addEventListener("click", () => acted.push("next"));
    await import("/static/js/keys.js");
    globalThis.press = (where, options) => {
        const pressed = { bubbles: true, cancelable: true, ...options };
        document.querySelector(where).dispatchEvent(new KeyboardEvent("keydown", pressed));
    };
}"""


def press(page, where: str, **options) -> list[str]:
    """Press a key there; what the page did so far."""
    page.evaluate("([where, options]) => press(where, options)", [where, options])
    return list(page.evaluate("acted"))


def test_keys_act_on_a_russian_layout(blank):
    blank.evaluate(DESK)
    assert press(blank, "body", key="о", code="KeyJ") == ["next"]
    assert press(blank, "body", key="я", code="KeyZ", ctrlKey=True) == ["next", "undone"]


def test_nothing_acts_while_an_input_method_composes(blank):
    blank.evaluate(DESK)
    enter = {"key": "Enter", "code": "Enter", "ctrlKey": True}
    assert press(blank, "textarea", **enter, isComposing=True) == []
    assert press(blank, "body", key="j", code="KeyJ", isComposing=True) == []
    assert press(blank, "textarea", **enter, keyCode=229) == []
    assert press(blank, "textarea", **enter) == ["saved"]


def test_letters_are_for_typing_in_fields_and_silent_when_turned_off(blank):
    blank.evaluate(DESK)
    assert press(blank, "textarea", key="j", code="KeyJ") == []
    blank.evaluate("""localStorage.setItem("keys:off", "yes")""")
    assert press(blank, "body", key="j", code="KeyJ") == []
    blank.evaluate("""localStorage.removeItem("keys:off")""")
    assert press(blank, "body", key="j", code="KeyJ") == ["next"]


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ("<form method='post'><textarea></textarea><button>Return it</button></form>", True),
        ("<form method='get'><textarea></textarea><button>Find</button></form>", False),
        (
            "<form method='post'><textarea></textarea><button>Ask</button>"
            "<button>Set aside</button></form>",
            False,
        ),
    ],
)
def test_what_is_typed_is_sent_by_the_one_button_of_its_form(blank, form, sent):
    blank.evaluate(
        """async (form) => {
            document.body.innerHTML = form;
            globalThis.sent = 0;
            document.forms[0].addEventListener("submit", (event) => {
                event.preventDefault();
                sent += 1;
            });
            await import("/static/js/keys.js");
            document.querySelector("textarea").focus();
        }""",
        form,
    )
    blank.keyboard.press("Control+Enter")
    assert blank.evaluate("sent") == int(sent)
