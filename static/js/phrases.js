/**
 * Words that a desk uses again, loaded when they are opened. They are put where the caret stands:
 * in the finding or the justification, whichever was typed into last, else in the justification.
 *
 * Nothing that is there is written over: what was selected stays, the words come behind it. They go
 * in as typed ones do, so that Ctrl+Z takes them out again and the draft is saved.
 */
const FIELDS = "textarea[name=finding], textarea[name=justification]";

/** The form's field for the words: the one that had the caret last (keys.js). */
function fieldOf(form) {
  const fields = [...form.querySelectorAll(FIELDS)];
  return fields.find(({ name }) => name === form.dataset.typed) ?? fields.at(-1);
}

function put(field, words) {
  const { selectionEnd: at, value } = field;
  const before = value.slice(0, at);
  const gap = before && !/\s$/.test(before) ? " " : "";
  field.focus();
  field.setSelectionRange(at, at);
  document.execCommand("insertText", false, gap + words);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-phrase]");
  const form = button?.closest("form");
  if (form) put(fieldOf(form), button.dataset.phrase);
});
