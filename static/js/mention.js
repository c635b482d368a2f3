/**
 * Names of members while one types "@" in a comment: a list below the field, as the ARIA Authoring
 * Practices have it (list autocomplete, the focus stays in the field).
 *
 * Loaded when the first "@" is typed. The names stand on the page for people without scripts
 * (`[data-members]`), so nothing is asked of the server. Down and Up choose, Enter or Tab takes,
 * Escape closes. Without a script, or with the list closed, one types the name.
 */
// discussion.py reads mentions by the same signs; there, "\w" is any letter or digit.
const TYPED = /(?<![\p{L}\p{N}_@])@([\p{L}\p{N}_.+-]*)$/u;
const MOST = 8;

let field = null;
let chosen = 0;
let offered = null; // what stood between "@" and the caret when the list was made
const list = document.createElement("ul");
list.id = "mentions";
list.className = "mentions";
list.setAttribute("role", "listbox");
const heard = document.createElement("p");
heard.className = "visually-hidden";
heard.setAttribute("role", "status");

/** Open, narrow or close the list for what stands before the caret. */
export function offer(target) {
  const typed = typedIn(target);
  const members = document.querySelector("#panel [data-members]");
  const names = typed !== null && members ? fitting(members, typed.toLowerCase()) : [];
  if (!names.length) return close();
  if (field !== target) open(target, members);
  offered = typed;
  const options = names.map(({ dataset: { member, name } }, at) => {
    const option = document.createElement("li");
    option.id = `mention-${at}`;
    option.setAttribute("role", "option");
    option.dataset.member = member;
    const person = document.createElement("b");
    person.textContent = name;
    option.append(person, ` @${member}`);
    return option;
  });
  list.replaceChildren(...options);
  heard.textContent = members.dataset.heard.replace("{n}", names.length);
  choose(0);
  list.scrollIntoView({ block: "nearest" });
}

function typedIn(target) {
  return TYPED.exec(target.value.slice(0, target.selectionStart))?.[1] ?? null;
}

function fitting(members, typed) {
  const all = [...members.querySelectorAll("[data-member]")].filter(({ dataset: { member, name } }) =>
    [member, ...name.split(/\s+/)].some((word) => word.toLowerCase().startsWith(typed)));
  const isWhole = all.length === 1 && all[0].dataset.member.toLowerCase() === typed;
  return isWhole ? [] : all.slice(0, MOST);
}

function open(target, members) {
  close();
  field = target;
  list.setAttribute("aria-label", members.dataset.label);
  field.after(list, heard);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
}

function close() {
  if (!field) return;
  for (const name of ["aria-autocomplete", "aria-controls", "aria-activedescendant"]) field.removeAttribute(name);
  field = null;
  heard.textContent = "";
  list.remove();
}

function choose(at) {
  chosen = (at + list.children.length) % list.children.length;
  for (const [n, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(n === chosen));
  field.setAttribute("aria-activedescendant", `mention-${chosen}`);
  list.children[chosen].scrollIntoView({ block: "nearest" });
}

function take(option) {
  const end = field.selectionStart;
  const start = end - offered.length;
  field.setRangeText(`${option.dataset.member} `, start, end, "end");
  // The field is kept, counted and saved as after any other key.
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

// Before the page's own keys: here Escape closes the list alone, and Enter breaks no line.
document.addEventListener("keydown", (event) => {
  if (event.target !== field || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (typedIn(field) !== offered) return close(); // the key is the field's again
  const act = {
    ArrowDown: () => choose(chosen + 1),
    ArrowUp: () => choose(chosen - 1),
    Enter: () => take(list.children[chosen]),
    Tab: () => take(list.children[chosen]),
    Escape: close,
  }[event.key];
  if (!act || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}, true);
list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) take(option);
});
// The caret went elsewhere in the field.
document.addEventListener("selectionchange", () => {
  if (field && typedIn(field) !== offered) close();
});
document.addEventListener("focusout", (event) => {
  if (event.target === field) close();
});
