// Rows of a form that can be added: the blank row of the <template> is copied under the next number.
// Without this script the page's "save and add" button brings empty rows.
for (const button of document.querySelectorAll("[data-rows-add]")) {
  const name = button.dataset.rowsAdd;
  const list = document.querySelector(`[data-rows="${name}"]`);
  const blank = document.querySelector(`[data-rows-blank="${name}"]`);
  const total = document.querySelector(`[name="${name}-TOTAL_FORMS"]`);
  if (!list || !blank || !total) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const row = document.createElement("template");
    row.innerHTML = blank.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    list.append(row.content);
    list.lastElementChild.querySelector("input:not([type=hidden]), select").focus();
  });
}
