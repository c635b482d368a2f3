/**
 * Drafts save themselves, and say so only when the server has.
 *
 * `<form data-autosave>` is posted 1.5 s after the last key, when focus leaves it, and when
 * the page is hidden, with the header `X-Autosave: 1`. The answer is JSON
 * {saved: "14:02", version: 7}: the form's hidden `version` takes the new number and
 * `[data-saved]` (role=status) shows the time. Its words are data attributes of that
 * element: data-saving, data-at ("Saved {time}"), data-offline, data-stale, data-invalid,
 * data-refused.
 *
 * One content has one idempotency key, so that a retry has one effect. Offline, or when the
 * server fails, what was typed is kept in this tab and sent when it can be; after a reload
 * it is put back if the server still holds the version it was based on. On a conflict the
 * form is submitted as a page, and the server's page shows both versions.
 */
const QUIET = 1500;
const RETRY = 10000;

/** A random UUID, also where the site is served without TLS and randomUUID is missing. */
const uuid = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
document.addEventListener("htmx:afterSwap", (event) => {
  const panel = document.getElementById("panel") ?? event.target;
  for (const form of panel.querySelectorAll("form[data-autosave]")) watch(form);
});

function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "yes";
  const status = document.querySelector("[data-saved]");
  const action = form.getAttribute("action") || location.pathname;
  const box = `draft:${action}`;
  const version = form.elements.namedItem("version");
  const key = form.elements.namedItem("key");

  let acknowledged = content();
  let keyed = null; // the content the present key stands for
  let timer = 0;
  let sending = null;
  let leaving = false;
  let fenced = false; // a conflict or a refusal: saving waits for the person

  restore();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) save();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  addEventListener("pagehide", () => save());
  addEventListener("online", () => save());
  // Another panel is about to take this one's place; a form taken off the page still saves.
  document.addEventListener("htmx:beforeRequest", () => save());
  form.addEventListener("submit", () => {
    // The submission carries everything, under the key of that content.
    leaving = true;
    clearTimeout(timer);
    freshKey(content());
    keep(content(), true);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false;
  });

  /** What the person typed, without the page's own bookkeeping. */
  function content() {
    const skipped = new Set(["csrfmiddlewaretoken", "version", "key"]);
    const pairs = [...new FormData(form)].filter(([name, value]) => !skipped.has(name) && typeof value === "string");
    return JSON.stringify(pairs);
  }

  function freshKey(now) {
    if (!key || keyed === now) return;
    keyed = now;
    key.value = uuid();
  }

  function soon() {
    fenced = false;
    clearTimeout(timer);
    timer = setTimeout(save, QUIET);
  }

  async function save() {
    clearTimeout(timer);
    if (leaving || fenced) return;
    const now = content();
    if (now === acknowledged) return;
    if (sending) {
      await sending;
      return save();
    }
    freshKey(now);
    keep(now);
    if (!navigator.onLine) return offline();
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
      return offline();
    }
    if (answer.status === 409) return conflict();
    if (answer.status === 422) return say("invalid", "", true);
    if (answer.status >= 500) return offline();
    if (!answer.ok) {
      fenced = true; // signed out, or no longer allowed: the text stays in this tab
      return say("refused", "", true);
    }
    const saved = await answer.json();
    if (version) version.value = saved.version;
    acknowledged = now;
    if (content() === now) sessionStorage.removeItem(box);
    else soon();
    say("at", saved.saved);
  }

  function offline() {
    say("offline", "", true);
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

  function keep(now, submitted = false) {
    try {
      sessionStorage.setItem(box, JSON.stringify({ version: version?.value, key: key?.value, content: now, submitted }));
    } catch {
      // A full or closed store: the text is still in the form.
    }
  }

  function restore() {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(box) ?? "null");
    } catch {
      return;
    }
    if (!kept) return;
    // Sent as a page, and the version has moved: it arrived.
    const arrived = kept.submitted && kept.version !== version?.value;
    if (arrived || kept.content === acknowledged) return sessionStorage.removeItem(box);
    // Based on another version: the server's is newer, and sending ours gets its conflict page.
    const same = kept.version === version?.value;
    const values = Map.groupBy ? Map.groupBy(JSON.parse(kept.content), ([name]) => name) : grouped(JSON.parse(kept.content));
    for (const field of form.elements) {
      if (!field.name || ["csrfmiddlewaretoken", "version", "key"].includes(field.name)) continue;
      const given = (values.get(field.name) ?? []).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else if (field.tagName === "SELECT") for (const option of field.options) option.selected = given.includes(option.value);
      else if (given.length && field.type !== "file") field.value = given[0];
    }
    keyed = kept.content;
    if (key && kept.key) key.value = kept.key;
    if (!same && version) version.value = kept.version;
    form.dispatchEvent(new Event("input", { bubbles: true }));
    save();
  }

  function say(what, time = "", warn = false) {
    if (!status) return;
    status.textContent = (status.dataset[what] ?? "").replace("{time}", time);
    status.classList.toggle("warn", warn);
  }
}

function grouped(pairs) {
  const map = new Map();
  for (const pair of pairs) map.set(pair[0], [...(map.get(pair[0]) ?? []), pair]);
  return map;
}
