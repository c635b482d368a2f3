/**
 * The desk's keys, the panel's place in the page, and how many characters a field has left.
 *
 * J, K: next and previous claim of the rail. V: the rating. S: a source. C: a comment. T: between
 * text and panel. Ctrl or Cmd with Enter: submit the panel's main form (`[data-main]`). Ctrl or Cmd
 * with Z, and with Shift: undo, redo what was marked or triaged. /: the search field. ?: the list
 * of keys. Letters and digits do nothing inside fields, nor when turned off in that list
 * (WCAG 2.1.4), which this browser remembers.
 */
const OFF = "keys:off";
const dialog = document.getElementById("keys");

let disk = null;
try {
  disk = globalThis.localStorage;
} catch {
  // The browser keeps nothing for us: what is kept lives as long as the page.
}
const memory = new Map();

/** What this browser keeps. Setting may fail where there is no room. */
export const store = {
  names: () => (disk ? Object.keys(disk) : [...memory.keys()]),
  get: (name) => (disk ? disk.getItem(name) : memory.get(name) ?? null),
  set: (name, value) => (disk ? disk.setItem(name, value) : memory.set(name, value)),
  drop: (name) => (disk ? disk.removeItem(name) : memory.delete(name)),
};

/** Whether the person turned single-character keys off. */
export const lettersAreOff = () => store.get(OFF) === "yes";

/** Whether keys pressed here are for typing. */
export const inField = (element) => element.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

/** Say it where it is both seen and heard, with a way to undo it where there is one. */
export function say(words, undo = "") {
  const place = document.querySelector("[data-toast]");
  if (!place) return;
  place.querySelector("[data-words]").textContent = words;
  place.hidden = !words;
  const form = document.querySelector(".undo form[data-undo]");
  if (form && undo) {
    form.hidden = false;
    form.querySelector("[data-what]").textContent = undo;
    document.querySelector("form[data-redo]")?.remove();
  }
}

/**
 * Post fields as the page itself; the answer's JSON, or null after saying why there is none.
 * The words for when the server cannot be reached, or knows us no more, are the page's.
 */
export async function post(url, fields) {
  const words = document.querySelector("[data-saved]")?.dataset ?? {};
  const body = new URLSearchParams(fields);
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  let answer;
  try {
    answer = await fetch(url, { method: "POST", body, headers: { "X-Autosave": "1", Accept: "application/json" }, redirect: "error" });
  } catch {
    say(words.away ?? "");
    return null;
  }
  if (answer.status === 401) document.dispatchEvent(new Event("factcheck:signed-out"));
  const said = await answer.json().catch(() => null);
  if (answer.ok) return said;
  say(said?.error ?? words.refused ?? "");
  return null;
}

// --- signed out meanwhile: sign in in a new tab, come back, and go on ---

const signIn = document.getElementById("signed-out");
document.addEventListener("factcheck:signed-out", () => signIn && !signIn.open && signIn.showModal());
addEventListener("focus", () => signIn?.open && renew());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && signIn?.open && renew());
signIn?.querySelector("[data-again]")?.addEventListener("click", () => renew());

/**
 * Whether the same person is signed in (again). If so, every form here gets the token of the new
 * session, and `factcheck:signed-in` tells those who wait. Somebody else's session gets nothing.
 */
export async function renew() {
  let page;
  try {
    page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  } catch {
    return false;
  }
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const person = page.body.dataset.person;
  if (!token || !person || person !== document.body.dataset.person) {
    const words = signIn?.querySelector("[data-problem]");
    if (words) words.hidden = false;
    return false;
  }
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  signIn?.close();
  document.dispatchEvent(new Event("factcheck:signed-in"));
  return true;
}

// Signing out leaves nothing of a person in the browser; what the server lacks is asked about.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-logout]");
  if (!form) return;
  const drafts = store.names().filter((key) => key.startsWith("draft:"));
  if (drafts.length && !confirm(form.dataset.logout)) event.preventDefault();
  else {
    document.dispatchEvent(new Event("factcheck:signing-out"));
    for (const key of drafts) store.drop(key);
  }
});

let opener = null;
const open = () => {
  if (!dialog || dialog.open) return;
  opener = document.activeElement;
  dialog.showModal();
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

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  const held = event.ctrlKey || event.metaKey;
  if (held && event.key === "Enter") {
    const form = document.querySelector("form[data-main]");
    if (form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]") ?? undefined);
    }
    return;
  }
  if (held && event.key.toLowerCase() === "z" && !inField(event.target)) {
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
  const act = ACTS[event.key.toLowerCase()];
  const here = document.activeElement;
  if (act?.()) {
    event.preventDefault();
    came = here;
  }
});

// Esc leads back to where a key was pressed that led here.
let came = null;
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (!came?.isConnected || came === document.body || !event.target.closest("#panel, [role=search]")) return;
  event.preventDefault();
  came.focus();
  came = null;
});

/** The next or previous claim of the rail, from the one in the panel, in reading order. */
const step = (by) => {
  const claims = [...document.querySelectorAll(".rail a.cl")];
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
const press = (selector) => {
  const found = document.querySelector(selector);
  found?.click();
  return found;
};
const toText = () => focus("[data-text] [data-start][tabindex='0']") ?? focus("#text");
const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  v: () => focus("#panel .opt input:checked") ?? focus("#panel .opt input"),
  s: () => press("#panel [data-source]"),
  c: () => focus("#panel [data-comment]") ?? (wanted = press("#panel [data-discussion]") && "#panel [data-comment]"),
  t: () => (document.activeElement?.closest("#panel") ? toText() : focus("#panel")),
  "/": () => focus("input[type=search]"),
  "?": () => open() ?? true,
};

let wanted = ""; // what to focus in the panel that was asked for

/** After a panel came in by itself: the rail and the marks show which claim it is. */
function settle() {
  const panel = document.getElementById("panel");
  const number = panel?.dataset.claim ?? "";
  for (const claim of document.querySelectorAll(".rail a.cl")) {
    if (claim.dataset.claim === number) claim.setAttribute("aria-current", "true");
    else claim.removeAttribute("aria-current");
  }
  for (const mark of document.querySelectorAll("mark[data-claims]")) {
    mark.classList.toggle("cur", number !== "" && mark.dataset.claims.split(" ").includes(number));
  }
  const sentence = panel?.dataset.sentence;
  for (const now of document.querySelectorAll(".s.now")) now.classList.remove("now");
  for (const now of document.querySelectorAll(".gut a[aria-current]")) now.removeAttribute("aria-current");
  if (sentence) {
    document.getElementById(`s${sentence}`)?.classList.add("now");
    document.querySelector(`.gut a[data-number="${sentence}"]`)?.setAttribute("aria-current", "true");
  }
  followInBar(panel, number);
  // One under the other, as on a phone: what was asked for is brought into view.
  const text = document.getElementById("text");
  const stacked = text && getComputedStyle(text).overflowY !== "auto";
  if (stacked && !panel.contains(asker)) panel.scrollIntoView({ block: "start" });
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
    const to = panel.querySelector(`.ph [data-to=${link.dataset.to}]`);
    link.hidden = !to;
    if (to) link.href = to.getAttribute("hx-get");
  }
}

/** Bring the current claim's words into view, in its own column only. */
function show() {
  const column = document.getElementById("text");
  const mark = column?.querySelector("mark.cur, .s.now");
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
document.querySelector("[data-focus]")?.focus();

/**
 * "48 characters left" beside a field, in code points as the server counts them.
 *
 * `<output data-count="id_finding" data-max="140" data-left="{n} characters left"
 * data-over="{n} characters too many">`: the words are the page's, so that they are translated.
 */
function count(output) {
  const field = document.getElementById(output.dataset.count);
  if (!field) return;
  const left = Number(output.dataset.max) - [...field.value].length;
  output.textContent = (left < 0 ? output.dataset.over : output.dataset.left).replace("{n}", Math.abs(left));
  output.classList.toggle("over", left < 0);
}

const counts = () => document.querySelectorAll("[data-count]");
const recount = () => {
  for (const output of counts()) {
    // The browser's own limit counts UTF-16 units and would cut an emoji short.
    document.getElementById(output.dataset.count)?.removeAttribute("maxlength");
    count(output);
  }
};
document.addEventListener("input", (event) => {
  for (const output of counts()) if (output.dataset.count === event.target.id) count(output);
  const { target } = event;
  // Offline there is no list, and one types the name.
  if (target.matches("[data-mention]") && target.value.includes("@")) import("./mention.js").then(({ offer }) => offer(target), () => {});
});
document.addEventListener("htmx:afterSwap", recount);
recount();
