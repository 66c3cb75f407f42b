// Names for what the scripts of Django's forms make without one: boxes that look things up, the first column of rows.
const $ = window.django.jQuery;
const chinese = document.documentElement.lang.startsWith("zh");

const nameOf = (select) => select.getAttribute("aria-label") || select.labels[0]?.textContent.trim().replace(/[:：]$/, "") || "";

// A list whose items are no list to a screen reader: what is chosen, the button that empties it, the box to type in.
function flatten(list) {
  for (const one of [list, ...list.children]) one.setAttribute("role", "none");
}

function equip(select) {
  const box = select.nextElementSibling?.querySelector(".select2-selection");
  const name = nameOf(select);
  if (!box || !name) return;
  box.id = `${select.id}-box`;
  box.setAttribute("aria-label", name);
  const shown = box.querySelector(".select2-selection__rendered");
  if (select.multiple) {
    flatten(shown);
    const label = () => box.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
    label();
    new MutationObserver(() => { flatten(shown); label(); }).observe(shown, { childList: true });
  } else {
    for (const claim of ["role", "aria-readonly"]) shown.removeAttribute(claim); // it says that one could type there
    box.setAttribute("aria-labelledby", `${box.id} ${shown.id}`); // its name, then what is chosen
  }
}

const equipAll = (part) => part.querySelectorAll("select.admin-autocomplete:not([name*=__prefix__])").forEach(equip);

// After Django's own, which was there first.
$(() => equipAll(document));
document.addEventListener("formset:added", (event) => equipAll(event.target));
$(document).on("select2:open", (event) => {
  const typed = document.querySelector(".select2-dropdown .select2-search__field");
  typed?.setAttribute("aria-label", `${nameOf(event.target)}: ${chinese ? "搜索" : "search"}`);
});

for (const head of document.querySelectorAll(".tabular thead th:empty")) {
  if (!head.matches(".original")) {
    head.replaceWith(document.createElement("td")); // over rows that cannot be deleted
    continue;
  }
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = chinese ? "记录" : "Record";
  head.append(words);
}
