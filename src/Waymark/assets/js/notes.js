// The note box: opening it puts the cursor in it; what is typed is kept on the server; Ctrl and Enter saves.
const pause = 1200;

export function start() {
  for (const box of document.querySelectorAll("[data-note-box]")) {
    box.addEventListener("toggle", () => {
      if (box.open) {
        box.querySelector("textarea")?.focus();
      }
    });
  }

  for (const form of document.querySelectorAll("form[data-note-draft]")) {
    keep(form);
  }
}

function keep(form) {
  const text = form.querySelector("textarea");
  const said = form.querySelector("[data-note-saved]");
  let timer = 0;
  let sending = Promise.resolve();
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { sending = sending.then(() => send(form, text, said)); }, pause);
  });
  text.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  // A draft that arrives after the note would come back as one never saved.
  form.addEventListener("submit", () => clearTimeout(timer));
}

async function send(form, text, said) {
  const body = new URLSearchParams();
  body.set("text", text.value);
  for (const name of ["PersonId", "EpisodeId"]) {
    const value = form.elements[name]?.value;
    if (value) {
      body.set(name, value);
    }
  }

  body.set("__RequestVerificationToken", form.elements.__RequestVerificationToken.value);
  try {
    const answer = await fetch(form.dataset.noteDraft, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (answer.status === 401) {
      said.textContent = "You have been signed out. Sign in again in another tab, then go on here; nothing you typed is lost.";
      return;
    }

    const result = await answer.json();
    said.textContent = result.problem ?? `Kept at ${result.saved}; not in the record until you save it.`;
  } catch {
    said.textContent = "Not kept: no connection. It is tried again as you type.";
  }
}
