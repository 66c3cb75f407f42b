// Filters answer at once: the list is fetched and exchanged in place. Without this the form has its button.

const form = document.querySelector("form[data-facets]");
const results = document.querySelector("[data-results]");
let pending = null;
let shown = location.search;

function address() {
  const query = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...query]) if (!value) query.delete(name, value);
  return `${form.getAttribute("action") || location.pathname}?${query}`;
}

function keyOf(input) {
  return `[name="${CSS.escape(input.name)}"][value="${CSS.escape(input.value)}"]`;
}

function exchange(page) {
  const focused = form.contains(document.activeElement) && document.activeElement;
  const key = focused && focused.type === "checkbox" ? keyOf(focused) : null;
  const open = [...form.querySelectorAll("fieldset:has(details[open]) legend")].map((one) => one.textContent);
  const groups = form.querySelector(".groups");
  const fresh = page.querySelector("form[data-facets] .groups");
  if (fresh) groups.replaceWith(fresh);
  for (const legend of form.querySelectorAll("legend")) {
    const rest = legend.parentElement.querySelector("details");
    if (rest && open.includes(legend.textContent)) rest.open = true;
  }
  form.querySelector(".facets > summary")?.replaceChildren(
    ...page.querySelector(".facets > summary").childNodes,
  );
  results.replaceChildren(...page.querySelector("[data-results]").childNodes);
  if (key) form.querySelector(key)?.focus();
  // A live region speaks only when it stays and its words change.
  document.querySelector("[data-announce]").textContent = results.querySelector("h2")?.textContent ?? "";
}

async function refresh() {
  pending?.abort();
  pending = new AbortController();
  const url = address();
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: pending.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
    history.pushState(null, "", url);
    shown = location.search;
  } catch (error) {
    if (error.name === "AbortError") return;
    location.assign(url);
  }
  results.removeAttribute("aria-busy");
}

if (form && results) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("[type=checkbox], select")) refresh();
  });
  // Also fired by a link to a part of the page, which is still the same list.
  addEventListener("popstate", () => location.search !== shown && location.reload());
}
