/**
 * The desk's keys, and the panel that they lead to.
 *
 * J, K: next and previous claim of the rail. V: the rating. S: a source. O: the copy of the source
 * that has the focus, or of the first. C: a comment. T: between text and panel. 1 to 9: the rating in
 * that place, or the choice of the group in which the focus is (`[data-digits]`), which may name
 * the field where one goes on (`data-goes-to`). Ctrl or Cmd with Enter: submit the panel's main form (`[data-main]`). Ctrl or Cmd
 * with Z, and with Shift: undo, redo what was marked or triaged. /: the search field. ?: the list
 * of keys. Letters and digits do nothing inside fields, nor when turned off in that list
 * (WCAG 2.1.4), which this browser remembers. No key acts while an input method composes, and
 * letters and digits are found on every layout.
 */
import { isComposing, passing, store } from "./session.js";

const OFF = "keys:off";
const dialog = document.getElementById("keys");

/** Whether the person turned single-character keys off, in this browser or for their account. */
export const lettersAreOff = () => document.body.dataset.keys === "off" || store.get(OFF) === "yes";

/**
 * The key that is meant, in small letters, on any layout: what it types, where that is Latin, else
 * what is printed in its place on a Latin keyboard ("j" for the Russian "о"). A digit is one
 * without Shift too, where the layout wants it (French).
 */
export function keyOf({ key, code = "", shiftKey }) {
  const isAscii = key.codePointAt(0) < 128;
  if (isAscii && key.length > 1) return key; // "Enter", "Process"
  if (/^[a-z0-9/?]$/i.test(key)) return key.toLowerCase();
  const [, digit] = code.match(/^(?:Digit|Numpad)(\d)$/) ?? [];
  if (digit && !shiftKey) return digit;
  if (isAscii) return key;
  if (code === "Slash") return shiftKey ? "?" : "/";
  return code.match(/^Key([A-Z])$/)?.[1].toLowerCase() ?? key;
}

/** Whether keys pressed here are for typing. */
export const inField = (element) => element.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

// Ctrl is called ⌘ there: what is shown beside buttons says so (`kbd.with-ctrl`).
document.documentElement.classList.toggle("apple", /^(Mac|iPhone|iPad)/.test(navigator.platform));

let opener = null;
const open = () => {
  if (!dialog || dialog.open) return;
  opener = document.activeElement;
  dialog.showModal();
  // Its list may be longer than the window, and opens at its head. By a script, since a page with
  // "autofocus" in it keeps the focus where its address leads.
  dialog.querySelector("h2").focus();
};
dialog?.addEventListener("close", () => opener?.focus());
for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", open);
}
const toggle = dialog?.querySelector("[data-keys-on]");
if (toggle) {
  toggle.checked = !lettersAreOff();
  toggle.addEventListener("change", () => store.set(OFF, toggle.checked ? "no" : "yes"));
}

/** A form in which somebody types, where it is plain what sending it does. */
const sentByOneButton = (form) =>
  form?.method === "post" && [...form.elements].filter((each) => each.type === "submit").length === 1 ? form : null;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || isComposing(event)) return;
  const held = event.ctrlKey || event.metaKey;
  if (held && event.key === "Enter") {
    const form = document.querySelector("form[data-main]") ?? sentByOneButton(event.target.form);
    if (form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]") ?? undefined);
    }
    return;
  }
  if (held && keyOf(event) === "z" && !inField(event.target)) {
    // What the panel offers comes first: a source that was taken out.
    const undo = () => document.querySelector("#panel form[data-undo]") ?? document.querySelector("form[data-undo]:not([hidden])");
    const form = event.shiftKey ? document.querySelector("form[data-redo]") : undo();
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (held || event.altKey) return;
  if (lettersAreOff() || inField(event.target) || document.querySelector("dialog[open]")) return;
  const key = keyOf(event);
  const here = document.activeElement;
  if (/^[1-9]$/.test(key)) {
    if (choose(Number(key))) event.preventDefault();
  } else if (ACTS[key]?.()) {
    event.preventDefault();
    came = here;
  }
});

// Esc leads back to where a key was pressed that led here.
let came = null;
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || isComposing(event) || document.querySelector("dialog[open]")) return;
  if (!came?.isConnected || came === document.body || !event.target.closest("#panel, [role=search]")) return;
  event.preventDefault();
  came.focus();
  came = null;
});

/** The next or previous claim of the rail, from the one in the panel, in reading order. */
const step = (by) => {
  const claims = [...document.querySelectorAll(".rail a.claim-entry")];
  const here = Number(document.getElementById("panel")?.dataset.claim ?? 0);
  const number = (claim) => Number(claim.dataset.claim);
  const next = by > 0 ? claims.find((claim) => number(claim) > here) : here ? claims.findLast((claim) => number(claim) < here) : claims.at(-1);
  // Where the rail is not shown, its link cannot take the focus: the panel does.
  next?.focus();
  next?.click();
  return next;
};
const focus = (selector) => {
  const found = document.querySelector(selector);
  found?.focus();
  return found;
};
const pressed = (found) => {
  found?.click();
  return found;
};
const press = (selector) => pressed(document.querySelector(selector));
/** The choice in that place, from 1. In the text digits say what a sentence is (select.js). */
function choose(place) {
  const here = document.activeElement;
  if (here?.closest("[data-text]")) return null;
  const group = here?.closest("[data-digits]") ?? document.querySelector(":is(#panel, #verdict) [data-digits]");
  const radio = group?.querySelectorAll("input[type=radio]")[place - 1];
  radio?.focus();
  pressed(radio);
  // Whoever presses the digit has chosen: where something is to be written next, they write it.
  if (radio && group.dataset.goesTo) group.closest("form")?.elements[group.dataset.goesTo]?.focus();
  return radio;
}
const SENTENCE = "[data-text] [data-start][tabindex='0']"; // where the arrow keys stand in the text
const toText = () => focus(SENTENCE) ?? focus("#text");
/** The search of everything stands first, beside a desk's pages; on others there is one field. */
const toSearch = () => {
  const found = [...document.querySelectorAll("input[type=search]")].find((field) => field.checkVisibility());
  found?.focus();
  return found;
};
const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  v: () => focus("#panel .option input:checked") ?? focus("#panel .option input"),
  s: () => press("#panel [data-source]"),
  c: () => focus("#panel [data-comment]") ?? (wanted = press("#panel [data-discussion]") && "#panel [data-comment]"),
  o: () => pressed(document.activeElement?.closest(".movable-passage, li")?.querySelector("[data-copy]") ?? document.querySelector("#panel [data-copy], main [data-copy]")),
  t: () => (document.activeElement?.closest("[data-text]") ? focus("#panel") : toText()),
  "/": toSearch,
  "?": () => open() ?? true,
};

let wanted = ""; // what to focus in the panel that was asked for

/** After a panel came in by itself: the rail and the marks show which claim it is. */
function settle() {
  const panel = document.getElementById("panel");
  const number = panel?.dataset.claim ?? "";
  for (const claim of document.querySelectorAll(".rail a.claim-entry")) {
    if (claim.dataset.claim === number) claim.setAttribute("aria-current", "true");
    else claim.removeAttribute("aria-current");
  }
  for (const mark of document.querySelectorAll("mark[data-claims]")) {
    mark.classList.toggle("is-current", number !== "" && mark.dataset.claims.split(" ").includes(number));
  }
  const sentence = panel?.dataset.sentence;
  for (const now of document.querySelectorAll(".sentence.now")) now.classList.remove("now");
  for (const now of document.querySelectorAll(".gutter a[aria-current]")) now.removeAttribute("aria-current");
  if (sentence) {
    document.getElementById(`s${sentence}`)?.classList.add("now");
    document.querySelector(`.gutter a[data-number="${sentence}"]`)?.setAttribute("aria-current", "true");
  }
  followInBar(panel, number);
  // One under the other, as on a phone: what was asked for is brought into view.
  if (isStacked() && !panel.contains(asker)) panel.scrollIntoView({ block: "start" });
  came = null;
  focus(wanted || "#panel [data-focus]");
  wanted = "";
  show();
}

let asker = null; // what was pressed or clicked for the panel
document.addEventListener("htmx:beforeRequest", (event) => (asker = event.target));

/** The bar under the text, where there is one, leads to the claim in the panel and from it. */
function followInBar(panel, number) {
  const bar = document.querySelector(".mobbar");
  if (!bar) return;
  bar.hidden = !number;
  bar.querySelector("[data-number]").textContent = number;
  for (const link of bar.querySelectorAll("[data-to]")) {
    const to = panel.querySelector(`.panel-head [data-to=${link.dataset.to}]`);
    link.hidden = !to;
    if (to) link.href = to.getAttribute("hx-get");
  }
}

/** Whether text and panel stand one under the other. */
function isStacked() {
  const text = document.getElementById("text");
  return Boolean(text) && getComputedStyle(text).overflowY !== "auto";
}

/** Bring the current claim's words into view, in its own column only. */
function show() {
  const column = document.getElementById("text");
  const mark = column?.querySelector("mark.is-current, .sentence.now");
  if (!mark || getComputedStyle(column).overflowY !== "auto") return;
  const [outer, inner] = [column.getBoundingClientRect(), mark.getBoundingClientRect()];
  if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 80) {
    column.scrollTop += inner.top - outer.top - column.clientHeight / 3;
  }
}
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "panel" || event.target.querySelector?.("#panel")) settle();
});
show();

// After an act the focus stands where the next one begins: at what the page marks as that
// (`data-next`), in the panel first, or else at what is said of the act.
const ACTED = "acted"; // in this tab: what the panel showed when a form was sent
document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (!defaultPrevented && target.getAttribute("method") === "post") passing.set(ACTED, shown());
});
const acted = passing.take(ACTED);

/** What the panel is about. */
function shown() {
  const { claim, sentence, start } = document.getElementById("panel")?.dataset ?? {};
  return [claim && `claim ${claim}`, sentence && `sentence ${sentence}`, start && "words"].find(Boolean) ?? "";
}

const SKIPPED_TO = new Set(["", "#main", "#text", "#panel"]); // an address keeps where one skipped to
function nextAct() {
  if (acted === null || !SKIPPED_TO.has(location.hash)) return null;
  const panel = location.hash === "#panel" && document.getElementById("panel");
  // Marked: the next claim is found in the text, from here on.
  if (panel && acted === "words" && !isStacked()) return document.querySelector(SENTENCE) ?? panel;
  // Something else than before is read from its head.
  if (panel && acted !== shown()) return panel;
  const places = ["#panel", "main", ".rail", "body"].map((place) => `${place} [data-next]`);
  const marked = places.map((place) => document.querySelector(place)).find((found) => found?.checkVisibility());
  return marked ?? document.querySelector(".messages") ?? (panel || null);
}

/** To where the page is to be begun, saying with it what is said of the act before. */
function begin() {
  if (!document.activeElement?.matches("body, main, #panel, [autofocus]")) return;
  const named = document.querySelector("[data-focus]") ?? document.querySelector("[autofocus]");
  const place = named ?? nextAct();
  const messages = document.querySelector(".messages");
  if (place && messages && place !== messages) describe(place, messages.id);
  place?.focus();
}
const describe = (place, id) => {
  const told = (place.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  place.setAttribute("aria-describedby", [...told, id].join(" "));
};
document.addEventListener("DOMContentLoaded", begin);
// Where the address names a place, the browser goes there once more when all is loaded. On other
// pages somebody may have begun to read by then.
addEventListener("load", () => location.hash && begin());

// What only some fields need comes with them. Counters at once, since offline it is too late; names
// at the first "@": offline there is no list, and the name is typed.
const counted = () => document.querySelector("[data-count]") && import("./counters.js");
counted();
document.addEventListener("htmx:afterSwap", counted);
const named = () => document.getElementById("claimants") && import("./claimants.js");
named();
document.addEventListener("htmx:afterSwap", named);
// Also where a form that was sent leads to: what this browser kept of it goes.
const kept = () => (document.querySelector("form[data-unsent]") || /(^|; )saved=/.test(document.cookie)) && import("./unsent.js").then(({ start }) => start(), () => {});
kept();
document.addEventListener("htmx:afterSwap", kept);
// Which field of a form was typed in last: words that are put in later go there.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("textarea") && target.form) target.form.dataset.typed = target.name;
});
document.addEventListener("toggle", ({ target }) => {
  if (target.matches?.("[data-phrases]")) import("./phrases.js");
}, true);
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-pick]");
  if (button) import("./picking.js").then(({ pick }) => pick(button), () => {});
});
const ordered = () => document.querySelector("[data-movable]") && import("./ordering.js").then(({ watch }) => watch(), () => {});
ordered();
document.addEventListener("htmx:afterSwap", ordered);
const looked = () => document.querySelector("form[data-look]") && import("./looking.js").then(({ watch }) => watch(), () => {});
looked();
document.addEventListener("htmx:afterSwap", looked);
// A list that comes late is none that Escape has closed meanwhile.
let offers = 0;
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-mention]") || !target.value.includes("@")) return;
  const asked = ++offers;
  import("./mention.js").then(({ offer }) => asked === offers && offer(target), () => {});
});
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") offers += 1;
}, true);
// Boxes chosen all at once.
const offerAll = () => {
  for (const button of document.querySelectorAll("[data-all]")) button.hidden = false;
};
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-all]");
  for (const box of button?.closest("fieldset").querySelectorAll("input[type=checkbox]") ?? []) box.checked = true;
});
document.addEventListener("htmx:afterSettle", offerAll);
offerAll();
