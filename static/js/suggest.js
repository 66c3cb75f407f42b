// Suggestions while typing, as a combobox of the ARIA practices. Without this the box is a plain search.

const WAIT = 120; // milliseconds without a key before the server is asked
const chinese = document.documentElement.lang.startsWith("zh");
const numbered = (n) => (chinese ? `${n}条建议` : `${n} suggestion${n === 1 ? "" : "s"}`);

function make(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function equip(box) {
  const id = `${box.id}-suggestions`;
  const list = make("div", { class: "suggest", id, role: "listbox", "aria-label": chinese ? "建议" : "Suggestions" });
  const said = make("p", { class: "hide", role: "status" });
  let timer, pending;
  let rows = [];
  let at = -1; // the marked row; before the first stands what the reader typed

  function open(groups) {
    const marked = rows[at]?.dataset.url; // a later answer leaves the mark on what the reader has chosen
    list.replaceChildren(
      ...groups.map(({ kind, items }) =>
        make("div", { role: "group", "aria-label": kind }, make("p", { class: "kick", "aria-hidden": true }, kind), ...items.map(row)),
      ),
    );
    rows = [...list.querySelectorAll("[role=option]")];
    rows.forEach((one, number) => (one.id = `${id}-${number}`));
    list.hidden = !rows.length;
    box.setAttribute("aria-expanded", !list.hidden);
    at = rows.findIndex((one) => one.dataset.url === marked);
    mark(at);
  }

  function row({ label, other, note, url }) {
    const texts = [make("b", {}, label)];
    if (other) texts.push(" ", make("span", { lang: chinese ? "en" : "zh-Hans" }, other));
    if (note) texts.push(" ", make("small", {}, note));
    return make("div", { role: "option", "data-url": url }, ...texts);
  }

  function mark(next) {
    at = next < -1 ? rows.length - 1 : next < rows.length ? next : -1;
    rows.forEach((one, number) => one.setAttribute("aria-selected", number === at));
    rows[at]?.scrollIntoView({ block: "nearest" });
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", rows[at].id);
  }

  function close() {
    clearTimeout(timer);
    pending?.abort();
    open([]);
  }

  async function ask() {
    pending?.abort();
    pending = new AbortController();
    try {
      const address = box.dataset.suggest || `${chinese ? "/zh-hans" : ""}/suggestions.json`; // the admin's box has its own
      const answer = await fetch(`${address}?q=${encodeURIComponent(box.value.trim())}`, { signal: pending.signal });
      open((await answer.json()).groups);
      said.textContent = numbered(rows.length);
    } catch {} // given up for newer words, or no network: the box still searches
  }

  function press(event) {
    const { key } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey) return; // the input method's, the browser's
    if (list.hidden) {
      if (key !== "ArrowDown" || !box.value.trim()) return;
      ask();
    } else if (key === "ArrowDown") mark(at + 1);
    else if (key === "ArrowUp") mark(at < 0 ? -2 : at - 1);
    else if (key === "Home" && at >= 0) mark(0);
    else if (key === "End" && at >= 0) mark(rows.length - 1);
    else if (key === "Escape") close();
    else if (key === "Enter" && at >= 0) location.assign(rows[at].dataset.url);
    else return;
    event.preventDefault();
  }

  const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id };
  for (const name in combobox) box.setAttribute(name, combobox[name]);
  box.parentElement.append(list, said);
  open([]);
  box.addEventListener("keydown", press);
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (box.value.trim()) timer = setTimeout(ask, WAIT);
    else close();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) location.assign(chosen.dataset.url);
  });
}

document.querySelectorAll("[data-suggest]").forEach(equip);
