/**
 * Drafts save themselves, and say so only when the server has.
 *
 * `<form data-autosave data-draft="person:check">` is posted 1.5 s after the last key, when focus
 * leaves it, and when the page is hidden, with the header `X-Autosave: 1`. The answer is JSON
 * {saved: "14:02", version: 7, errors: {finding: ["…"]}}: the form's hidden `version` takes the
 * new number, `[data-saved]` (role=status) shows the time, and each field says what the server
 * acknowledged of it. The words are data attributes of that element.
 *
 * One content has one idempotency key, so that a retry has one effect. Offline, signed out, or
 * when the server fails, what was typed is kept in this browser under person, check and tab, and
 * sent when it can be. After a reload or a crash it is put back and sent: by this tab, or by the
 * next one to open the same form when the tab that kept it is gone. A draft based on an older
 * version gets the server's page with both. Signing out clears what is kept (session.js).
 *
 * `<form data-keep="person:what">` is posted by a person only: what is typed into it is kept, and
 * put back if the form is opened again before it was sent. With `data-sent-back` it is an answer that
 * holds already what was typed. With `data-unsent` the server keeps it too: see unsent.js.
 */
import { renew, say as tell, store } from "./session.js";

const QUIET = 1500;
const RETRY = 10000;
const STALE = 15000; // where the browser cannot tell whether a tab is still there
const OURS = new Set(["csrfmiddlewaretoken", "key", "q", "then", "unsent"]);
const isOurs = (name) => OURS.has(name) || name.endsWith("-INITIAL_FORMS");
// What the form was based on when it was opened. It is put back with what was typed: or else what
// somebody else saved meanwhile would be written over, as if it had been seen.
const BASES = new Set(["version", "based_on", "base"]);
const isBase = (name) => BASES.has(name) || name.startsWith("initial-");

/** A random UUID, also where the site is served without TLS and randomUUID is missing. */
export const uuid = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

// --- what is kept in this browser ---

let tab = uuid();
try {
  tab = sessionStorage.getItem("tab") ?? tab;
  sessionStorage.setItem("tab", tab);
} catch {
  // The browser keeps nothing for us: then this page is a tab of its own.
}
// Held as long as this tab lives; another tab can ask whether it is.
navigator.locks?.request(`tab:${tab}`, () => new Promise(() => {}));

const boxOf = (name) => `draft:${name}:${tab}`;
const read = (box) => {
  try {
    return JSON.parse(store.get(box) ?? "null");
  } catch {
    return null;
  }
};

/** What is kept under the name by this tab, or else by a tab that is gone. */
export async function find(name) {
  const own = read(boxOf(name));
  if (own) return own;
  const others = store.names().filter((key) => key.startsWith(`draft:${name}:`));
  if (!others.length) return null;
  const alive = navigator.locks ? new Set((await navigator.locks.query()).held.map((lock) => lock.name)) : null;
  const orphans = others
    .map((key) => ({ key, kept: read(key) }))
    .filter(({ key, kept }) => kept && (alive ? !alive.has(`tab:${key.split(":").at(-1)}`) : kept.at < Date.now() - STALE))
    .sort((a, b) => b.kept.at - a.kept.at);
  for (const { key } of orphans) store.drop(key);
  return orphans[0]?.kept ?? null;
}

export function keep(name, what) {
  try {
    store.set(boxOf(name), JSON.stringify({ ...what, at: Date.now() }));
  } catch {
    // A full or closed store: the text is still in the form.
  }
}
export const drop = (name) => store.drop(boxOf(name));

/** What the person typed, without the page's own bookkeeping, which `data-autosave` does by itself. */
export function contentOf(form) {
  const left = form.matches("[data-autosave]") ? (name) => isOurs(name) || isBase(name) : isOurs;
  const pairs = [...new FormData(form)];
  return JSON.stringify(pairs.filter(([name, value]) => !left(name) && typeof value === "string"));
}

/** Whether two contents are the same to the server, which trims them, whatever they were based on. */
export function same(one, other) {
  const plain = (value) => value.replaceAll("\r\n", "\n").trim();
  const trimmed = (content) =>
    JSON.stringify(JSON.parse(content).filter(([name]) => !isBase(name)).map(([name, value]) => [name, plain(value)]));
  return trimmed(one) === trimmed(other);
}

/** Put a content into the form, with as many rows of its lists as it has. */
export function fill(form, content) {
  const pairs = JSON.parse(content);
  for (const template of form.querySelectorAll("template[data-rows]")) setRows(form, template, pairs);
  for (const field of form.elements) {
    if (!field.name || isOurs(field.name)) continue;
    const given = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else if (field.tagName === "SELECT") for (const option of field.options) option.selected = given.includes(option.value);
    else if (given.length && field.type !== "file") {
      if (field.value !== given[0]) field.closest("details")?.setAttribute("open", "");
      field.value = given[0];
    }
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** As many rows as the content has, each a copy of the template, which stands behind them. */
function setRows(form, template, pairs) {
  const prefix = template.dataset.rows;
  const total = form.elements.namedItem(`${prefix}-TOTAL_FORMS`);
  const given = Number(pairs.find(([name]) => name === total.name)?.[1]) || Number(total.value);
  const wanted = Math.min(given, Number(form.elements.namedItem(`${prefix}-MAX_NUM_FORMS`).value));
  for (let number = Number(total.value); number < wanted; number += 1) {
    const row = template.innerHTML.replaceAll("__prefix__", number).replaceAll("__number__", number + 1);
    template.insertAdjacentHTML("beforebegin", row);
  }
  for (let number = Number(total.value); number > wanted; number -= 1) template.previousElementSibling.remove();
  total.value = wanted;
}

/** The names of the fields in which two contents differ. */
export function changed(before, after) {
  const grouped = (pairs) => {
    const found = {};
    for (const [field, value] of JSON.parse(pairs)) found[field] = `${found[field] ?? ""}\n${value}`;
    return found;
  };
  const [old, now] = [grouped(before), grouped(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((field) => old[field] !== now[field]);
}

/**
 * A function that says of a field, beside its label, what the server acknowledged of it: the words
 * are data attributes of `status`. They are drawn by the style sheet and are no part of the label:
 * a field that is called "Finding" is not called "Finding Saved 22:12" a second later.
 */
export function acknowledging(form, status) {
  return (field, what, detail = "") => {
    const inputs = form.elements.namedItem(field);
    const first = inputs instanceof RadioNodeList ? inputs[0] : inputs;
    const place = first?.closest("fieldset, .form-row, .mb-3")?.querySelector("legend, label");
    if (!place || !status) return;
    place.dataset.ack = (status.dataset[what] ?? "").replace("{time}", detail);
    place.classList.toggle("warn", what === "fieldInvalid");
    describe(first, place, what === "fieldInvalid" ? place.dataset.ack : "");
  };
}

/** Tell whoever listens what is wrong with a field, or that nothing is any more. */
function describe(input, place, wrong) {
  const id = `${input.id}_refused`;
  const known = document.getElementById(id);
  if (!wrong && !known) return;
  const said = known ?? document.createElement("span");
  said.textContent = wrong;
  input.ariaInvalid = wrong ? "true" : null;
  if (known) return;
  said.id = id;
  said.hidden = true;
  place.after(said);
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
}

// --- forms ---

// A page that was sent and saved says so by a cookie with its key: that need not be kept.
const told = document.cookie.match(/(?:^|; )saved=([^;]+)/)?.[1];
if (told) {
  document.cookie = "saved=; Max-Age=0; Path=/; SameSite=Lax";
  for (const box of store.names()) if (box.startsWith("draft:") && read(box)?.key === told) store.drop(box);
}

function start() {
  for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
  for (const form of document.querySelectorAll("form[data-keep]:not([data-unsent])")) guard(form);
}
document.addEventListener("htmx:afterSwap", start);
start();
/** Keep what is typed into a form that a person sends. */
async function guard(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "yes";
  const name = form.dataset.keep;
  const pristine = contentOf(form);
  form.querySelector("[data-kept-here]")?.removeAttribute("hidden");
  const kept = await find(name);
  // Sent back with what is wrong, or with a name filled in, the form holds what was typed already.
  const sentBack = form.matches("[data-sent-back]") || document.querySelector("#panel :is(.problem, [data-sent-back])");
  const key = form.elements.namedItem("key");
  if (kept && !same(kept.content, pristine) && !sentBack) {
    fill(form, kept.content);
    // Should it have arrived after all, the same key has no second effect.
    if (key && kept.key) key.value = kept.key;
  }
  const hold = () => keep(name, { key: key?.value, content: contentOf(form) });
  if (form.matches("[data-sent-back]")) hold(); // what the server filled in is as much worth keeping
  form.addEventListener("input", hold);
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      tell(document.querySelector("[data-saved]")?.dataset.offline ?? "");
    }
    hold();
  });
  for (const link of document.querySelectorAll("#panel [data-back]")) link.addEventListener("click", () => drop(name));
}

function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "yes";
  const status = document.querySelector("[data-saved]");
  const action = form.getAttribute("action") || location.pathname;
  const name = form.dataset.draft;
  const version = form.elements.namedItem("version");
  const key = form.elements.namedItem("key");
  const content = () => contentOf(form);
  const note = acknowledging(form, status);

  let acknowledged = content();
  let keyed = null; // the content the present key stands for
  let timer = 0;
  let sending = null;
  let leaving = false;
  let fenced = false; // a conflict or a refusal: saving waits for the person
  let renewed = false;

  // What hears from the document goes with the form, once nothing of it is unsaved.
  const life = new AbortController();
  const hear = (target, name, act) => target.addEventListener(name, act, { signal: life.signal });

  restore();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) save();
  });
  hear(document, "visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  hear(window, "pagehide", () => save());
  hear(window, "online", () => save());
  hear(window, "offline", () => content() !== acknowledged && later("offline"));
  hear(document, "factcheck:signed-in", () => {
    fenced = false;
    save();
  });
  hear(document, "factcheck:signing-out", () => {
    leaving = true;
    clearTimeout(timer);
  });
  // Another panel is about to take this one's place; a form taken off the page still saves.
  hear(document, "htmx:beforeRequest", () => save());
  form.addEventListener("submit", (event) => {
    freshKey(content());
    keep(name, state(content()));
    if (!navigator.onLine) {
      event.preventDefault();
      later("offline");
      return;
    }
    // The submission carries everything, under the key of that content.
    leaving = true;
    clearTimeout(timer);
  });
  hear(window, "pageshow", (event) => {
    if (event.persisted) leaving = false;
  });

  const state = (now) => ({ version: version?.value, key: key?.value, content: now });

  function freshKey(now) {
    if (!key || keyed === now) return;
    keyed = now;
    key.value = uuid();
  }

  function soon() {
    fenced = false;
    clearTimeout(timer);
    const now = content();
    for (const field of changed(acknowledged, now)) note(field, "fieldWaiting");
    // On disk at once: a crash between two keys loses nothing either.
    if (now !== acknowledged) keep(name, state(now));
    timer = setTimeout(save, QUIET);
  }

  async function save() {
    clearTimeout(timer);
    if (leaving || fenced) return;
    const now = content();
    if (now === acknowledged) return form.isConnected || life.abort();
    if (sending) {
      await sending;
      return save();
    }
    freshKey(now);
    keep(name, state(now));
    if (!navigator.onLine) return later("offline");
    say("saving");
    sending = send(now).finally(() => (sending = null));
    return sending;
  }

  async function send(now) {
    let answer;
    try {
      answer = await fetch(action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1", Accept: "application/json" },
        credentials: "same-origin",
        keepalive: true,
        redirect: "error",
      });
    } catch {
      return later(navigator.onLine ? "silent" : "offline");
    }
    if (answer.status === 409) return conflict();
    if (answer.status >= 500) return later("silent");
    if (answer.status === 401) {
      fenced = true; // until somebody signs in again
      say("refused", "", true);
      return document.dispatchEvent(new Event("factcheck:signed-out"));
    }
    if (answer.status === 403 && !renewed) {
      // Signing in in another tab changes the token that forms carry.
      renewed = true;
      if (await renew()) return soon();
    }
    if (!answer.ok) {
      fenced = true; // no longer allowed, or too late: the text stays in this browser
      const why = (await answer.json().catch(() => ({}))).error;
      say(answer.status === 422 ? "invalid" : "refused", "", true);
      return why && tell(why);
    }
    renewed = false;
    const { saved, version: number, errors } = await answer.json();
    if (version) version.value = number;
    for (const field of changed(acknowledged, now)) if (!errors[field]) note(field, "fieldSaved", saved);
    for (const [field, [why]] of Object.entries(errors)) note(field, "fieldInvalid", why);
    acknowledged = now;
    const whole = !Object.keys(errors).length;
    if (content() !== now) soon();
    else if (whole) drop(name);
    say(whole ? "at" : "invalid", saved, !whole);
  }

  /** Say why it was not saved, and try again by itself. */
  function later(why) {
    say(why, "", true);
    clearTimeout(timer);
    timer = setTimeout(save, RETRY);
  }

  /** Say it, then let the server's page show base, theirs and yours. */
  function conflict() {
    say("stale", "", true);
    if (leaving) return;
    leaving = true;
    form.requestSubmit(form.querySelector("[data-save]") ?? undefined);
  }

  async function restore() {
    const kept = await find(name);
    if (!kept) return;
    if (same(kept.content, acknowledged)) return drop(name);
    if (content() !== acknowledged) return; // typed into already
    fill(form, kept.content);
    keyed = kept.content;
    if (key && kept.key) key.value = kept.key;
    // Based on another version: the server's is newer, and sending ours gets its conflict page.
    if (version) version.value = kept.version;
    save();
  }

  function say(what, time = "", warn = false) {
    if (!status) return;
    status.textContent = (status.dataset[what] ?? "").replace("{time}", time);
    status.classList.toggle("warn", warn);
  }
}
