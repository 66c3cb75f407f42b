// Says in the link itself how often the item is used; without script the link says that it leads there.
for (const link of document.querySelectorAll("a[data-uses]")) {
  fetch(`${link.href}?count`, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(({ said }) => { link.textContent = said; })
    .catch(() => {}); // the link stays as it was, and the page behind it says what is wrong
}
