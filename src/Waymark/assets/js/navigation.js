// On a narrow screen the side navigation folds behind "Menu".
export function start() {
  const toggle = document.querySelector(".wm-side-nav__toggle");
  toggle?.addEventListener("click", () => toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true")));
}
