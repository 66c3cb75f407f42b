// The card of a figure: what its evidence page says in short, on hover or by the button that focus brings.

const DELAY = 280;
const answers = new Map();
const chinese = document.documentElement.lang.startsWith("zh");
const card = document.createElement("aside");
card.className = "card";
card.id = "figure-card";
card.popover = "manual";

const opener = document.createElement("button");
opener.className = "fig-open";
opener.type = "button";
opener.textContent = "?";
opener.setAttribute("aria-expanded", "false");
opener.setAttribute("aria-controls", card.id);

let shown = null; // the figure whose card is open
let timer = 0;

async function fetchCard(url) {
  const page = await fetch(url);
  if (!page.ok) throw new Error(page.statusText);
  const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
  const found = parsed.querySelector("[data-card]");
  if (!found) throw new Error("no card");
  return found;
}

function cardOf(url) {
  if (!answers.has(url)) answers.set(url, fetchCard(url));
  return answers.get(url);
}

function place(figure) {
  const box = figure.getClientRects()[0] ?? figure.getBoundingClientRect();
  const width = card.offsetWidth;
  const left = Math.max(16, Math.min(box.left, document.documentElement.clientWidth - width - 16));
  const below = box.bottom + card.offsetHeight + 12 < innerHeight || box.top < card.offsetHeight + 12;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${scrollY + (below ? box.bottom + 6 : box.top - card.offsetHeight - 6)}px`;
}

async function show(figure) {
  const wanted = (shown = figure);
  let content;
  try {
    content = await cardOf(figure.href);
  } catch {
    answers.delete(figure.href); // the link still leads there
    return;
  }
  if (shown !== wanted) return;
  card.replaceChildren(document.importNode(content, true));
  // Behind the opener where there is one, so that Tab leads from the one into the other.
  (figure.nextElementSibling === opener ? opener : figure).after(card);
  card.showPopover();
  place(figure);
  opener.setAttribute("aria-expanded", "true");
}

function hide() {
  clearTimeout(timer);
  shown = null;
  if (card.matches(":popover-open")) card.hidePopover();
  opener.setAttribute("aria-expanded", "false");
}

function later(act) {
  clearTimeout(timer);
  timer = setTimeout(act, DELAY);
}

function offerOpener(figure) {
  if (shown && shown !== figure) hide();
  const words = figure.textContent.trim();
  opener.setAttribute("aria-label", chinese ? `${words}：出处` : `Source of ${words}`);
  opener.onclick = () => (shown === figure ? hide() : show(figure));
  figure.after(opener);
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const figure = event.target.closest("a.fig:not(.cited)");
  if (figure) later(() => shown !== figure && show(figure));
  else if (event.target.closest(".card, .fig-open")) clearTimeout(timer);
  else if (shown) later(hide);
});

document.addEventListener("focusin", (event) => {
  const figure = event.target.closest("a.fig:not(.cited)");
  if (figure?.matches(":focus-visible")) offerOpener(figure);
  else if (!event.target.closest(".fig-open, .card")) {
    if (shown && opener.isConnected) hide();
    opener.remove();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !shown) return;
  const figure = shown;
  const inside = card.contains(document.activeElement);
  hide();
  if (inside) figure.focus();
});

if (document.querySelector("a.fig:not(.cited)")) document.body.append(card);
