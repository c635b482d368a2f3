/**
 * What a claimant is, chosen by itself where the name is known at the desk.
 *
 * `<input name="claimant_name" list="claimants">` with `<select name="claimant_kind">` in its form;
 * each option of the list has `data-kind`. Of a new name the person says it. Loaded by keys.js
 * where a page offers names.
 */
const plain = (name) => name.normalize("NFKC").trim().replace(/\s+/gu, " ").toLowerCase();

document.addEventListener("input", ({ target }) => {
  const name = target.name?.match(/^(claimant|reports)_name$/)?.[1];
  const kind = name && target.form?.elements[`${name}_kind`];
  if (!kind) return;
  const known = [...(target.list?.options ?? [])].find((option) => plain(option.value) === plain(target.value));
  if (known) kind.value = known.dataset.kind;
});
