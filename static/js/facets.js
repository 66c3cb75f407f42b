// Filters answer at once: the list is fetched and exchanged in place. Without this the form has its button.

const form = document.querySelector("form[data-facets]");
const results = form?.querySelector("[data-results]");
const said = form?.querySelector("[data-announce]");
let pending = null;
let shown = location.search;
let asked = location.href;
let isExchanging = false;

function address() {
  const query = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...query]) if (!value.trim()) query.delete(name, value);
  return `${location.pathname}${query.size ? "?" : ""}${query}`;
}

function keyOf(field) {
  const value = field.type === "checkbox" ? `[value="${CSS.escape(field.value)}"]` : "";
  return `[name="${CSS.escape(field.name)}"]${value}`;
}

// A folded list gets a box that leaves only the values that hold what is typed.
function addFinders() {
  for (const list of form.querySelectorAll("details[data-find]")) {
    const find = document.createElement("input");
    find.type = "search";
    find.className = "find";
    find.placeholder = list.dataset.find;
    find.setAttribute("aria-label", list.dataset.find);
    find.addEventListener("input", () => {
      const words = find.value.trim().toLowerCase();
      for (const label of list.querySelectorAll("label"))
        label.hidden = !label.firstElementChild.checked && !label.textContent.toLowerCase().includes(words);
    });
    find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    list.querySelector("summary").after(find);
  }
}

// What is chosen for a comparison stays chosen on other pages of the list.
function keepChosen(chosen) {
  const target = document.getElementById("compare");
  for (const [value, label] of chosen) {
    const box = results.querySelector(`[name="with"][value="${CSS.escape(value)}"]`);
    if (box) box.checked = true;
    else target.append(Object.assign(document.createElement("input"), { type: "hidden", name: "with", value, title: label }));
  }
}

function chosen() {
  return [...document.querySelectorAll("[name=with]:checked, #compare [name=with]")].map((box) => [box.value, box.title]);
}

// The head of the page names its address in each language, and the style sheets of its view.
function exchangeHead(page) {
  for (const sheet of page.querySelectorAll("head link[rel=stylesheet]"))
    if (!document.querySelector(`link[href="${CSS.escape(sheet.getAttribute("href"))}"]`)) document.head.append(sheet);
  for (const link of document.querySelectorAll("link[rel=canonical], [hreflang]")) {
    const same = link.rel === "canonical" ? "link[rel=canonical]" : `${link.localName}[hreflang="${link.hreflang}"]`;
    link.href = page.querySelector(same)?.getAttribute("href") ?? link.href;
  }
  document.title = page.title;
}

function exchange(page, isBack) {
  const inside = form.contains(document.activeElement) && document.activeElement;
  const key = inside && inside.name && inside.name !== "with" ? keyOf(inside) : null;
  const open = [...form.querySelectorAll("fieldset:has(details[open]) legend")].map((one) => one.textContent);
  const picked = document.getElementById("compare") ? chosen() : [];
  const fresh = page.querySelector("form[data-facets] .groups");
  if (fresh) form.querySelector(".groups").replaceWith(fresh);
  for (const legend of form.querySelectorAll("legend")) {
    const rest = legend.parentElement.querySelector("details");
    if (rest && open.includes(legend.textContent)) rest.open = true;
  }
  addFinders();
  form.querySelector(".facets > summary")?.replaceChildren(...page.querySelector(".facets > summary").childNodes);
  results.replaceChildren(...page.querySelector("[data-results]").childNodes);
  if (isBack || !inside || inside.name !== "q") form.elements.q.value = page.querySelector("#q").value;
  document.getElementById("compare")?.replaceChildren();
  if (picked.length) keepChosen(picked);
  exchangeHead(page);
  // What had the focus has it again; where it is gone, the number of results has it.
  const again = key && form.querySelector(key);
  // What was typed since the question is not lost to its answer.
  if (again?.type === "number" && !isBack) again.value = inside.value;
  if (again) again.focus({ preventScroll: true });
  else if (inside) results.querySelector("h2")?.focus({ preventScroll: true });
  // A live region speaks only when it stays and its words change.
  const words = [...results.querySelectorAll(".count h2, .unknown")].map((one) => one.textContent.trim());
  said.textContent = words.join(". ");
}

async function show(url, isBack) {
  pending?.abort();
  asked = url;
  const mine = (pending = new AbortController());
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: mine.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!isBack) history.pushState(null, "", url);
    shown = location.search;
    isExchanging = true;
    exchange(page, isBack);
  } catch (error) {
    if (error.name === "AbortError") return;
    location.assign(url);
  } finally {
    isExchanging = false;
  }
  results.removeAttribute("aria-busy");
}

function settle(field) {
  if (field.type !== "number" || isExchanging) return;
  if (field.value !== (new URL(asked, location).searchParams.get(field.name) ?? "")) show(address());
}

function follow(event) {
  const link = event.target.closest("a[href^='?']");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const isPage = link.closest(".pages");
  show(new URL(link.href).search === "" ? location.pathname : link.href).then(() => {
    if (isPage) results.scrollIntoView();
  });
}

if (results) {
  addFinders();
  form.addEventListener("change", ({ target: field }) => {
    if (field.form === form && field.matches("[type=checkbox], select")) show(address());
    else settle(field);
  });
  // Also when it is left: a year that an answer has put back under the typing hand tells of no change.
  form.addEventListener("focusout", ({ target: field }) => settle(field));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(address());
  });
  results.addEventListener("click", follow);
  // Also fired by a link to a part of the page, which is still the same list.
  addEventListener("popstate", () => location.search !== shown && show(location.href, true));
}
