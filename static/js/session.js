/**
 * This browser's side of a session: what it keeps, what the page says and sends by itself, signing
 * in again where somebody was signed out meanwhile, and leaving nothing behind when they sign out.
 */
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

/**
 * Whether an input method is at work: its Enter and its letters are not for the page. It stands here
 * and not in keys.js, which loads modules that ask it: two files that name each other have no hash.
 */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

/** What this tab hands on to its next page. Where the browser keeps nothing, nothing is handed on. */
export const passing = {
  set(name, value) {
    try {
      sessionStorage.setItem(name, value);
    } catch {
      // Then the next page begins at its head.
    }
  },
  take(name) {
    try {
      const value = sessionStorage.getItem(name);
      sessionStorage.removeItem(name);
      return value;
    } catch {
      return null;
    }
  },
};

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
  if (answer.status >= 500) say(words.away ?? "");
  else say(said?.error ?? words.refused ?? "");
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
