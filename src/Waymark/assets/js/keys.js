// Keys: "n" a new contact, "/" find a person, wherever the page marks an element with data-key. A reader may turn them off (WCAG 2.1.4).
const setting = "waymark.keys";

export function start() {
  const marked = document.querySelectorAll("[data-key]");
  if (marked.length === 0) {
    return;
  }

  const off = () => localStorage.getItem(setting) === "off";
  document.addEventListener("keydown", event => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }

    const element = [...marked].find(e => e.dataset.key === event.key);
    if (element) {
      event.preventDefault();
      if (element.matches("input, textarea, select")) {
        element.focus();
        element.select?.();
      } else if (element.matches("summary")) {
        // What a key opens is typed into at once: the first letter must not be lost, and a box that stands open must not close.
        if (!element.parentElement.open) {
          element.click();
        }

        element.parentElement.querySelector("textarea, input:not([type=hidden])")?.focus();
      } else {
        element.click();
      }
    }
  });

  const toggle = document.querySelector("[data-keys-toggle]");
  if (toggle) {
    const say = () => { toggle.textContent = off() ? "Turn on keyboard shortcuts" : "Turn off keyboard shortcuts"; };
    toggle.closest("[hidden]")?.removeAttribute("hidden");
    toggle.addEventListener("click", () => {
      localStorage.setItem(setting, off() ? "on" : "off");
      say();
    });
    say();
  }
}

function isTyping(target) {
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}
