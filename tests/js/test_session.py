"""What a browser keeps of drafts, and what is left of them when somebody signs out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog

KEEP = """async () => {
    const { store } = await import("/static/js/session.js");
    store.set("draft:1:check:tab", "typed");
    store.set("keys:off", "yes");
    document.body.innerHTML = "<form data-logout='Leave it?'><button>Sign out</button></form>";
    document.forms[0].addEventListener("submit", (event) => {
        globalThis.left = !event.defaultPrevented;
    });
    document.addEventListener("submit", (event) => {
        globalThis.left = !event.defaultPrevented;
        event.preventDefault();
    });
    document.forms[0].requestSubmit();
    return [left, store.names()];
}"""


@pytest.mark.heart
def test_signing_out_asks_about_what_was_not_sent_and_then_leaves_nothing_of_it(blank):
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    blank.once("dialog", agree)
    assert blank.evaluate(KEEP) == [True, ["keys:off"]]
    assert asked == ["Leave it?"]


def test_who_does_not_sign_out_after_all_keeps_every_draft(blank):
    blank.once("dialog", lambda dialog: dialog.dismiss())
    left, names = blank.evaluate(KEEP)
    assert not left
    assert sorted(names) == ["draft:1:check:tab", "keys:off"]


def test_a_draft_of_a_tab_that_is_gone_is_put_back_and_one_of_an_open_tab_is_not(blank):
    found = blank.evaluate(
        """async () => {
            const kept = (words) =>
                JSON.stringify({ content: JSON.stringify([["finding", words]]), at: 1 });
            await new Promise((held) => navigator.locks.request("tab:open", () => {
                held();
                return new Promise(() => {});
            }));
            localStorage.setItem("draft:1:gone:closed", kept("Typed before a crash"));
            localStorage.setItem("draft:1:busy:open", kept("Typed in another tab"));
            document.body.innerHTML = ["gone", "busy"].map((name) =>
                `<form data-keep="1:${name}"><input name="finding"></form>`).join("");
            await import("/static/js/autosave.js");
            for (let turn = 0; turn < 50; turn += 1) {
                await new Promise((done) => setTimeout(done));
            }
            const found = [...document.forms].map((form) => form.finding.value);
            return [found, Object.keys(localStorage)];
        }"""
    )
    (gone, busy), names = found
    assert gone == "Typed before a crash"
    assert busy == ""
    assert "draft:1:busy:open" in names
    assert "draft:1:gone:closed" not in names


def test_a_counter_counts_code_points_and_takes_the_browsers_own_limit_away(blank):
    said = blank.evaluate(
        """async () => {
            document.body.innerHTML = `<input id="finding" maxlength="5" value="👩‍👧">
                <output data-count="finding" data-max="5"
                    data-left="{n} left" data-over="{n} over"></output>`;
            await import("/static/js/counters.js");
            const field = document.querySelector("input");
            const output = document.querySelector("output");
            const before = output.textContent;
            field.value = "👩‍👧👩‍👧";
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            return [before, output.textContent, output.classList.contains("over"), field.maxLength];
        }"""
    )
    assert said == ["2 left", "1 over", True, -1]
