/**
 * What is typed into a form that a person sends is kept on the server, for them alone.
 *
 * `<form data-unsent="/desks/…/unsent/" data-keep="person:form">`: 1.5 s after the last key, when
 * focus leaves the form and when the page is hidden, its fields are posted to that address; what
 * the server acknowledged is said, field by field. Opened again, in any browser, the form has them
 * again, and says so. Sending it (`unsent`: the version seen, and the form's name) ends that, a
 * refusal does not. Each save names the version it is based on: of two windows the second is shown
 * both. What the server has not acknowledged is kept in this browser besides (autosave.js).
 * Without this module a form is sent as ever. The words stand in `<template id="unsent-tools">`.
 */
import { acknowledging, changed, contentOf, drop, fill, find, keep, same, uuid } from "./autosave.js";

const QUIET = 1500;
const RETRY = 10000;
const AT_PARTING = 60_000; // bytes that browsers still send for a page that goes

const nameOf = (form) => form.dataset.keep.slice(form.dataset.keep.indexOf(":") + 1);

/** Watch every form of the page that is not watched yet. */
export async function start() {
  const forms = [...document.querySelectorAll("form[data-unsent]:not([data-watched])")];
  if (!forms.length) return;
  const opened = forms.map(watch);
  const url = new URL(forms[0].dataset.unsent, location.href);
  for (const form of forms) url.searchParams.append("form", nameOf(form));
  const answer = await fetch(url, { headers: { "X-Autosave": "1" } }).catch(() => null);
  const kept = answer?.ok ? (await answer.json()).forms : {};
  forms.forEach((form, at) => opened[at](kept[nameOf(form)]));
}

/** Keep what is typed into the form; a function that takes what the server has of it. */
function watch(form) {
  form.dataset.watched = "yes";
  const name = form.dataset.keep;
  const content = () => contentOf(form);
  const key = form.elements.namedItem("key");
  const { notice, status } = tools(form);
  const note = acknowledging(form, status);
  // Sent back with what is wrong, the form holds what was typed already.
  const sentBack = form.matches("[data-sent-back]") || document.querySelector(".problem");
  const pristine = sentBack ? "[]" : content(); // as the page is without anything typed

  let version = 0; // what the server has of it, as far as this page knows
  let acknowledged = pristine;
  let timer = 0;
  let sending = null;
  let fenced = true; // until it is known what the server has, and while a person has to choose
  let leaving = false;

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || save());
  form.addEventListener("submit", part);
  const life = new AbortController();
  const hear = (target, event, act) => target.addEventListener(event, act, { signal: life.signal });
  hear(document, "visibilitychange", () => document.visibilityState === "hidden" && save());
  hear(window, "pagehide", save);
  hear(window, "online", save);
  hear(window, "pageshow", (event) => event.persisted && (leaving = false));
  hear(document, "htmx:beforeRequest", save);
  hear(document, "factcheck:signing-out", () => (leaving = true));
  return open;

  /** `row` is what the server has of the form: {fields, version, key, saved}, or nothing. */
  async function open(row) {
    const kept = await find(name);
    const typed = sentBack || content() !== pristine;
    const own = typed ? content() : kept && !same(kept.content, pristine) ? kept.content : null;
    fenced = false;
    if (row) return meet(row, own, kept);
    if (!own) return;
    if (!typed) bring(own, kept.key);
    save();
  }

  /** What the server has, beside what this page or this browser has. */
  function meet(row, own, kept) {
    const theirs = JSON.stringify(row.fields);
    if (own && content() !== own) bring(own, kept.key);
    if (!own) fill(form, theirs);
    if (!own || same(own, theirs)) {
      take(row.version);
      say("at", row.saved);
      return sentBack ? undefined : offer("back", row.saved, pristine);
    }
    if (kept?.version === row.version || isOurs(row)) return overtake(row);
    differ(row);
  }

  /** Whether it was saved under this form's own key: from here, and only the answer was lost. */
  function isOurs(row) {
    return Boolean(row.key) && row.key === key?.value;
  }

  /** What stands here is newer than what the server has. */
  function overtake(row) {
    take(row.version, JSON.stringify(row.fields));
    return save();
  }

  function take(number, what = content()) {
    version = number;
    acknowledged = what;
  }

  /** Put back what only this browser has. Should it have arrived, the same key has no second effect. */
  function bring(own, under) {
    fill(form, own);
    if (key && under) key.value = under;
    offer("back", "", pristine);
  }

  function soon() {
    clearTimeout(timer);
    const now = content();
    for (const field of changed(acknowledged, now)) note(field, "fieldWaiting");
    if (now !== acknowledged) hold();
    timer = setTimeout(save, QUIET);
  }

  // On disk at once: a crash between two keys loses nothing either.
  function hold() {
    keep(name, { key: key?.value, version, content: content() });
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
    if (!navigator.onLine) return later("offline");
    say("saving");
    sending = send(now).finally(() => (sending = null));
    return sending;
  }

  async function send(now) {
    const body = new URLSearchParams({ form: nameOf(form), version, content: now === pristine ? "" : now });
    if (key) body.set("key", key.value);
    body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    const headers = { "X-Autosave": "1", Accept: "application/json" };
    const keepalive = body.toString().length < AT_PARTING;
    const answer = await fetch(form.dataset.unsent, { method: "POST", body, headers, keepalive }).catch(() => null);
    if (!answer) return later(navigator.onLine ? "silent" : "offline");
    if (answer.status >= 500) return later("silent");
    const told = await answer.json().catch(() => ({}));
    // A page that was left a moment ago may have saved while this one was being shown again.
    if (answer.status === 409 && isOurs(told.theirs)) return void setTimeout(overtake, 0, told.theirs);
    if (answer.status === 409) return differ(told.theirs);
    if (told.sent) {
      // From here, and this save was overtaken; or in another window: what stands here is another
      // answer.
      if (leaving || !key) return;
      key.value = uuid();
      take(0, pristine);
      return soon();
    }
    if (!answer.ok) {
      fenced = true; // signed out, or too much: it stays in this browser
      if (answer.status === 401) document.dispatchEvent(new Event("factcheck:signed-out"));
      return say("refused", "", true);
    }
    for (const field of changed(acknowledged, now)) note(field, told.saved ? "fieldSaved" : "", told.saved);
    take(told.version, now);
    if (content() === now) drop(name);
    else soon();
    say(told.saved ? "at" : "", told.saved);
  }

  /** Say why it was not saved, and try again by itself. */
  function later(why) {
    hold();
    say(why, "", true);
    timer = setTimeout(save, RETRY);
  }

  /** Another window has saved: both are shown, and the person chooses. */
  function differ(row) {
    fenced = true;
    hold();
    const theirs = JSON.stringify(row.fields);
    offer("other", row.saved, theirs, () => take(row.version));
    list(notice.querySelector("[data-theirs]"), changed(content(), theirs), row.fields);
    notice.querySelector("[data-mine]").onclick = () => {
      notice.hidden = true;
      fenced = false;
      take(row.version, theirs);
      save();
    };
    say("stale", "", true);
  }

  /** What the fields hold there, each under the name it has here. */
  function list(place, names, fields) {
    place.replaceChildren();
    for (const field of names) {
      const value = fields.filter(([each]) => each === field).map(([, each]) => each).join(", ");
      const label = form.elements.namedItem(field)?.labels?.[0]?.firstChild?.textContent.trim();
      if (!label || !value) continue;
      const [term, said] = [document.createElement("dt"), document.createElement("dd")];
      [term.textContent, said.textContent, said.dir] = [label, value, "auto"];
      place.append(term, said);
    }
  }

  /** Say what stands in the form, with a button for `instead`: and back, once that was pressed. */
  function offer(what, time, instead, also = () => {}) {
    notice.hidden = false;
    for (const part of notice.querySelectorAll("[data-case]")) part.hidden = part.dataset.case !== what;
    const words = notice.querySelector(`[data-case=${what}] [data-words]`);
    if (words) words.textContent = (time ? words.dataset.at : words.dataset.here).replace("{time}", time);
    notice.querySelector(`[data-case=${what}] [data-instead]`).onclick = () => {
      const before = content();
      fill(form, instead);
      fenced = false;
      also();
      offer("changed", "", before);
      notice.querySelector("[data-case=changed] [data-instead]").focus();
      soon();
    };
  }

  /** The form is sent: it says which version of it that ends. */
  function part(event) {
    if (!navigator.onLine) {
      event.preventDefault();
      return later("offline");
    }
    leaving = true;
    clearTimeout(timer);
    hold();
    const before = form.querySelector("[name=unsent]");
    // A page that asks once more knows it from the form before, until the server has said it here.
    if (before && fenced) return;
    before?.remove();
    const sent = Object.assign(document.createElement("input"), { type: "hidden", name: "unsent" });
    sent.value = `${version} ${nameOf(form)}`;
    form.append(sent);
  }

  function say(what, time = "", warn = false) {
    status.textContent = (status.dataset[what] ?? "").replace("{time}", time);
    status.classList.toggle("warn", warn);
  }
}

/** The form's own notice, at its head, and what is said of saving, beside its buttons. */
function tools(form) {
  const made = document.getElementById("unsent-tools").content.cloneNode(true);
  const [notice, status] = made.children;
  form.prepend(notice);
  const buttons = form.querySelector(".actions, .act, .buttons");
  (buttons ?? form).append(status);
  return { notice, status };
}
