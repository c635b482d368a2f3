/**
 * The address of a source is looked up while the person goes on typing.
 *
 * `<form data-look>` is sent to its own address with `then=look` and the header `X-Look`, half a
 * second after its field `url` last changed. The answer is JSON {found: {title: "…"}, problem: ""}.
 * What is found goes into fields that are empty, and in which the person is not: nothing that was
 * typed is written over. `[data-looked]` (role=status) says so, or why the page could not be read.
 *
 * `<a data-fill="address">` puts an address of the article's own into the field, as if it were
 * typed. With `data-look="now"` the server put one there that nobody looked up yet.
 */
const QUIET = 500;
let asked = ""; // the address that was looked up last
let timer = 0;

function wants(address) {
  return address !== asked && /^(https?:\/\/|www\.|doi:|10\.\d{4})\S{4}|^[^\s/]+\.\w{2,}\/\S/i.test(address);
}

async function look(form) {
  const address = form.elements.url.value.trim();
  if (!wants(address)) return;
  asked = address;
  const status = form.querySelector("[data-looked]");
  status.textContent = status.dataset.looking;
  const data = new FormData(form);
  data.set("then", "look");
  let told;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Look": "1" } });
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(String(answer.status));
    told = await answer.json();
  } catch {
    // Offline, signed out: the form can be filled and saved all the same.
    told = { found: {}, problem: "" };
  }
  // Another address, or another panel, by now.
  if (!form.isConnected || form.elements.url.value.trim() !== address) return;
  const filled = Object.entries(told.found).filter(([name, value]) => fill(form.elements[name], value));
  status.textContent = told.problem || (filled.length ? status.dataset.found : "");
}

/** Put the value into a field that is empty and not being typed in; returns whether it went in. */
function fill(field, value) {
  if (!field || !value || field.value || field === document.activeElement) return false;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

/** One address takes the place of another that was offered; what was typed stays before it. */
function offer(field, address) {
  const offered = [...document.querySelectorAll("[data-fill]")].map((each) => each.dataset.fill);
  const typed = field.value.trim();
  field.value = !typed || offered.includes(typed) ? address : `${typed} ${address}`;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-fill]");
  const field = document.querySelector("form[data-look]")?.elements.url;
  if (!link || !field || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  offer(field, link.dataset.fill);
});

export function watch() {
  const form = document.querySelector("form[data-look]");
  if (!form || form.dataset.looks) return;
  form.dataset.looks = "yes";
  const field = form.elements.url;
  // What the server put there was looked up before; what was typed before this script came was not.
  asked = form.dataset.look === "now" ? "" : field.defaultValue.trim();
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, QUIET, form);
  };
  field.addEventListener("input", soon);
  if (field.value.trim() !== asked) soon();
  // A field for one line drops line ends: several addresses that are pasted keep a space between.
  field.addEventListener("paste", (event) => {
    const words = event.clipboardData?.getData("text") ?? "";
    if (!/[\r\n]/.test(words.trim())) return;
    event.preventDefault();
    event.target.setRangeText(words.trim().split(/\s+/).join(" "), event.target.selectionStart, event.target.selectionEnd, "end");
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
