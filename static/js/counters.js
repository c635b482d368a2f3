/**
 * "48 characters left" beside a field, in code points as the server counts them.
 *
 * `<output data-count="id_finding" data-max="140" data-left="{n} characters left"
 * data-over="{n} characters too many">`: the words are the page's, so that they are translated.
 * Loaded by keys.js where a page has such a field.
 */
export function count(output) {
  const field = document.getElementById(output.dataset.count);
  if (!field) return;
  // The browser's own limit counts UTF-16 units and would cut an emoji short.
  field.removeAttribute("maxlength");
  const left = Number(output.dataset.max) - [...field.value].length;
  output.textContent = (left < 0 ? output.dataset.over : output.dataset.left).replace("{n}", Math.abs(left));
  output.classList.toggle("over", left < 0);
}

const recount = () => {
  for (const output of document.querySelectorAll("[data-count]")) count(output);
};
document.addEventListener("input", ({ target }) => {
  for (const output of document.querySelectorAll("[data-count]")) if (output.dataset.count === target.id) count(output);
});
document.addEventListener("htmx:afterSwap", recount);
recount();
