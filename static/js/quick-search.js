// “/” leads to the search in the header of the admin, from wherever nobody is typing.

const box = document.getElementById("quick-search-words");
const takesText = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (target.closest?.(takesText) || target.isContentEditable) return;
  event.preventDefault();
  box.focus();
  box.select();
});
