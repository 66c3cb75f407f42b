// The theme switch: light or dark, remembered only where it differs from the system's choice.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

function choose(dark) {
  if (dark === system.matches) delete root.dataset.theme;
  else root.dataset.theme = dark ? "dark" : "light";
  try {
    if (root.dataset.theme) localStorage.theme = root.dataset.theme;
    else localStorage.removeItem("theme");
  } catch {
    // A browser that refuses storage still switches, for this page.
  }
}

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  show();
  system.addEventListener("change", show);
  button.addEventListener("click", () => {
    choose(!isDark());
    show();
  });
}
