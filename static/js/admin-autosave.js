// Keeps what is typed into a form until it is saved: in this browser first, then on the server; and says who else has
// the form open. It never writes into a field. The server decides what a kept form is; without script nothing is kept.
const EVERY = 3000; // milliseconds from a change to its keeping, at most
const PING = 20000;
const LONGEST_WAIT = 60000;
const MONTH = 30 * 24 * 3600 * 1000;
const FAREWELL = 60000; // bytes that browsers still send for a page that is gone
const OURS = new Set(["csrfmiddlewaretoken", "_shown", "_typing"]);

const status = document.querySelector(".typing-status");
const form = status.closest("form");
const others = document.querySelector(".typing-others");
const { address, user } = status.dataset;
const prefix = `typing:${user}:`;

let last = JSON.stringify(typed());
let pending = null; // what the server has not confirmed yet
let isTouched = false; // before that, changes are those of the page's own scripts
let isStopped = false;
let isBusy = false;
let isTroubled = false;
let isInBrowser = true;
let wait = EVERY;
let nextTry = 0;
let lastPing = 0;
let underWay = null;

function typed() {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (OURS.has(name) || name.includes("-__prefix__-") || value instanceof File) continue;
    (found[name] ??= []).push(value);
  }
  return found;
}

function say(text, { signIn = false } = {}) {
  const hasFiles = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  const said = [text, text && hasFiles ? status.dataset.files : ""].filter(Boolean).join(" ");
  const line = status.querySelector("[role=status]");
  if (line.textContent !== said) line.textContent = said; // said aloud only when it says something new
  status.querySelector("a").hidden = !signIn;
}

// In this browser

function store(entry) {
  try {
    localStorage.setItem(prefix + entry.key, JSON.stringify(entry));
    isInBrowser = true;
  } catch {
    isInBrowser = false; // full or forbidden: then only the server keeps it, and a failure says so
  }
}

function stored() {
  const found = [];
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
      const entry = JSON.parse(localStorage.getItem(name));
      if (Date.now() - entry.at > MONTH) localStorage.removeItem(name);
      else found.push(entry);
    }
  } catch {
    isInBrowser = false;
  }
  return found;
}

function forget(entry) {
  try {
    const kept = localStorage.getItem(prefix + entry.key);
    // Another window may have stored newer words meanwhile.
    if (kept && JSON.parse(kept).at === entry.at) localStorage.removeItem(prefix + entry.key);
  } catch {
    isInBrowser = false;
  }
}

function notice() {
  const now = JSON.stringify(typed());
  if (now === last) return;
  last = now;
  if (!isTouched) return;
  pending = { at: Date.now(), address, key: form.elements._typing.value, shown: form.elements._shown?.value ?? "", typed: JSON.parse(now) };
  store(pending);
}

// On the server

function message(entry, leaving) {
  const { key, shown, typed: words } = entry ?? { key: form.elements._typing.value };
  return JSON.stringify({ user: Number(user), key, leaving, ...(entry && { shown, typed: words, age: Date.now() - entry.at }) });
}

function ask(where, body, options) {
  const token = form.elements.csrfmiddlewaretoken.value;
  return fetch(where, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body, ...options });
}

// Signing in again changes the token; with the new one the form itself can be sent too.
async function freshToken() {
  const answer = await fetch(`${address}?without=${encodeURIComponent(form.elements._typing.value)}`);
  if (!answer.ok) return null;
  const state = await answer.json();
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = state.token;
  return state;
}

const isJson = (answer) => (answer.headers.get("Content-Type") ?? "").startsWith("application/json");

async function post(entry, where = address) {
  underWay = new AbortController();
  const signal = AbortSignal.any([underWay.signal, AbortSignal.timeout(15000)]);
  let answer = await ask(where, message(entry, false), { signal });
  if (answer.status === 403 && !isJson(answer) && (await freshToken())) {
    answer = await ask(where, message(entry, false), { signal });
  }
  return { status: answer.status, ...(isJson(answer) ? await answer.json() : {}) };
}

function fail(answer) {
  isTroubled = true;
  wait = Math.min(wait * 2, LONGEST_WAIT);
  nextTry = Date.now() + wait;
  if (!isInBrowser) say(status.dataset.nowhere, { signIn: answer?.status === 401 });
  else if (answer?.status === 401) say(status.dataset.signedOut, { signIn: true });
  else if (answer?.said) say(`${status.dataset.other} ${answer.said}`);
  else say(status.dataset.offline);
}

function succeed(entry, answer) {
  wait = EVERY;
  if (answer.others) show(answer.others);
  if (!entry) {
    if (isTroubled) say("");
  } else if (answer.state === "kept") {
    if (pending === entry) pending = null;
    forget(entry);
    say(answer.said);
  } else if (answer.state === "emptied") {
    isStopped = true;
    forget(entry);
    say(answer.said);
  } else {
    // This opening was saved or discarded, and somebody came back to it and typed on: that is a new one.
    forget(entry);
    form.elements._typing.value = crypto.getRandomValues(new Uint32Array(3)).join("-");
    if (pending) store((pending = { ...pending, key: form.elements._typing.value }));
  }
  isTroubled = false;
}

function show(sentences) {
  const now = [...others.children].map((one) => one.textContent);
  if (now.join("\n") === sentences.join("\n")) return;
  others.replaceChildren(...sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  others.hidden = sentences.length === 0;
}

async function tick() {
  if (isStopped) return;
  notice();
  const now = Date.now();
  if (isBusy || now < nextTry || !(pending || now - lastPing >= PING)) return;
  [isBusy, lastPing] = [true, now];
  const entry = pending;
  try {
    const answer = await post(entry);
    if (answer.status === 200) succeed(entry, answer);
    else fail(answer);
  } catch {
    if (!isStopped) fail(null);
  } finally {
    isBusy = false;
  }
}

function retry() {
  nextTry = 0;
  if (isTroubled) lastPing = 0;
  tick();
}

// What this browser kept of earlier pages goes to the server, which knows whether it was saved after all.
async function bring() {
  let isNew = false;
  for (const entry of stored()) {
    const answer = await post(entry, entry.address);
    if (answer.status !== 200) continue; // it stays here, for the next page
    forget(entry);
    isNew ||= answer.state === "kept" && entry.address === address && entry.key !== form.elements._typing.value;
  }
  const state = isNew && (await freshToken());
  if (!state) return;
  const offers = document.querySelector(".typing-offers");
  offers.innerHTML = state.offers;
  offers.hidden = state.offers === "";
}

for (const kind of ["keydown", "pointerdown", "input", "paste", "drop"]) {
  document.addEventListener(kind, () => { isTouched = true; }, { capture: true, passive: true });
}
form.addEventListener("submit", (event) => {
  notice();
  isStopped = true;
  underWay?.abort();
  // The page is still here when something held the form back, or no answer came.
  setTimeout(() => { if (event.defaultPrevented) isStopped = false; }, 0);
  setTimeout(() => { isStopped = false; }, 10000);
});
addEventListener("pagehide", () => {
  if (!isStopped) notice();
  const whole = message(isStopped ? null : pending, true);
  ask(address, whole.length < FAREWELL ? whole : message(null, true), { keepalive: true }).catch(() => {});
});
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    [isStopped, lastPing] = [false, 0];
    tick();
  }
});
addEventListener("online", retry);
addEventListener("focus", retry);
document.addEventListener("visibilitychange", retry);
bring().catch(() => {}).finally(() => {
  tick();
  setInterval(tick, EVERY);
});
