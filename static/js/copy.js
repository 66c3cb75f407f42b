// Buttons that copy what stands beside them; without a clipboard they stay away, and the text can be selected.

const SHOWN = 2500; // milliseconds in which a button says what it did
const said = document.createElement("p");
said.className = "hide";
said.setAttribute("role", "status");

function textFor(button) {
  return button.dataset.copy || button.parentElement.querySelector("[data-copied]").textContent.trim();
}

async function copy(button) {
  let words = button.dataset.done;
  try {
    await navigator.clipboard.writeText(textFor(button));
  } catch {
    words = button.dataset.failed;
  }
  said.textContent = words;
  button.textContent = words;
  clearTimeout(button.timer);
  button.timer = setTimeout(() => {
    button.textContent = button.dataset.label;
    said.textContent = ""; // so that the same words are news the next time
  }, SHOWN);
}

if (navigator.clipboard) {
  document.body.append(said);
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.dataset.label = button.textContent;
    button.addEventListener("click", () => copy(button));
    button.hidden = false;
    if (button.parentElement.matches("li")) button.parentElement.hidden = false;
  }
}
