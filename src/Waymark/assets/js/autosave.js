// Saves a form as it is typed, answer by answer, and brings in what another worker answers meanwhile. What could not be saved stays on the page and is
// tried again; nothing is lost by a lost connection or a sign-in that ran out. Without this script the buttons of the form do the same.
const typingPause = 900;
const choicePause = 150;
const pollEvery = 20_000;
const longestRetry = 30_000;

export function start() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    watch(form);
  }

  // A form that is sent as a whole and saved by nothing before.
  for (const form of document.querySelectorAll("form[data-conditions]")) {
    const fields = readFields(form);
    const show = () => showConditions(form, fields);
    form.addEventListener("change", show);
    show();
  }
}

function watch(form) {
  const url = form.dataset.autosave;
  const state = form.querySelector("[data-autosave-state]");
  const say = form.querySelector("[data-autosave-say]");
  const notice = form.querySelector("[data-autosave-notice]");
  const fields = readFields(form);
  const known = new Map([...fields.keys()].map(address => [address, textOf(fields.get(address))]));
  let number = Number(form.dataset.number);
  let timer = 0;
  let retry = 0;
  let failed = false;
  let saving = false;
  let stopped = false;
  let leaving = false;

  const dirty = () => [...fields.keys()].filter(address => textOf(fields.get(address)) !== known.get(address));

  showConditions(form, fields);
  show("Saved as you type.");

  form.addEventListener("input", event => {
    if (event.target.name?.startsWith("q.")) {
      showConditions(form, fields);
      saveIn(event.target.matches("[type=radio], [type=checkbox]") ? choicePause : typingPause);
    }
  });
  form.addEventListener("focusout", () => dirty().length > 0 && saveIn(choicePause));
  form.addEventListener("click", event => {
    const suggestion = event.target.closest("[data-suggestion] button")?.closest("[data-suggestion]");
    const question = suggestion?.closest("[data-question]");
    if (suggestion && question) {
      event.preventDefault();
      const field = fields.get(addressOf(question.dataset.question));
      setText(field, suggestion.dataset.suggestion);
      suggestion.hidden = true;
      field[0].focus();
      showConditions(form, fields);
      saveIn(choicePause);
    }
  });
  // The button sends what is not saved yet; a save that came after it would find the form completed.
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  // Only what is not yet saved goes with the button: another worker's newer answer must not be written over by an old one from this page.
  form.addEventListener("formdata", event => {
    const unsaved = new Set(dirty());
    for (const name of new Set(event.formData.keys())) {
      if (name === "_seen" || (name.startsWith("q.") && !unsaved.has(addressOf(name)))) {
        event.formData.delete(name);
      }
    }
  });
  addEventListener("pageshow", () => {
    leaving = false;
    if (dirty().length > 0) {
      saveIn(typingPause);
    }
  });
  addEventListener("beforeunload", event => {
    if (!leaving && !stopped && dirty().length > 0) {
      event.preventDefault();
    }
  });
  addEventListener("online", () => saveIn(0));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && (failed ? saveIn(0) : poll()));
  setInterval(() => document.visibilityState === "visible" && poll(), pollEvery);

  function saveIn(pause) {
    clearTimeout(timer);
    if (!stopped && !leaving) {
      timer = setTimeout(save, pause);
    }
  }

  async function save() {
    const changed = dirty();
    if (stopped || changed.length === 0) {
      return;
    }

    if (saving) {
      saveIn(typingPause);
      return;
    }

    saving = true;
    show("Saving…");
    const answers = changed.map(address => ({ field: address, text: textOf(fields.get(address)) }));
    try {
      const response = await ask("POST", url, { after: number, answers });
      if (!response.ok) {
        await refused(response);
        return;
      }

      const saved = await response.json();
      for (const answer of answers) {
        known.set(answer.field, answer.text);
      }

      take(saved);
      recovered();
      show("Saved just now");
      setTimeout(() => state.textContent === "Saved just now" && show(`Saved at ${saved.savedAt}`), 60_000);
    } catch {
      tryAgain("Not saved: there is no connection. What you type stays here and is saved when it is back.");
    } finally {
      saving = false;
      if (!failed && dirty().length > 0) {
        saveIn(typingPause);
      }
    }
  }

  async function poll() {
    if (stopped || saving || failed) {
      return;
    }

    try {
      const response = await ask("GET", `${url}?after=${number}`);
      if (response.status === 200) {
        take(await response.json());
      } else if (response.status !== 204) {
        await refused(response);
      }
    } catch {
      // No connection: the next save or poll says so, if anything is at stake.
    }
  }

  async function refused(response) {
    if (response.status === 401) {
      const signIn = `/account/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`;
      tryAgain("You are signed out. What you typed is still on this page.", { href: signIn, text: "Sign in in another tab, then come back here" });
      return;
    }

    const words = (await response.json().catch(() => ({}))).words ?? "It could not be saved. Load the page again; copy first what you need.";
    if ([403, 404, 409, 410].includes(response.status)) {
      stopped = true;
      tell(words);
      return;
    }

    if (response.status === 400 || response.status === 413) {
      // Trying the same again would not help; the next change does.
      failed = false;
      tell(words);
      return;
    }

    tryAgain("Not saved: the site has a problem. What you type stays here and is tried again.");
  }

  function tryAgain(words, link) {
    failed = true;
    retry = Math.min(longestRetry, Math.max(2_000, retry * 2));
    tell(words, link);
    saveIn(retry);
  }

  function recovered() {
    if (failed) {
      say.textContent = "Saved";
    }

    failed = false;
    retry = 0;
    notice.hidden = true;
  }

  function tell(words, link) {
    show("Not saved");
    if (notice.hidden || notice.dataset.words !== words) {
      notice.dataset.words = words;
      notice.replaceChildren(words);
      say.textContent = words;
      if (link) {
        const a = document.createElement("a");
        Object.assign(a, { href: link.href, textContent: link.text, target: "_blank", rel: "noopener", className: "govuk-link" });
        notice.append(" ", a);
      }
    }

    notice.hidden = false;
  }

  function show(words) {
    state.textContent = words;
  }

  /** Takes in what was saved elsewhere: another worker's answers, or one's own from another window. */
  function take(newer) {
    number = newer.number;
    for (const answer of newer.answers) {
      const field = fields.get(answer.field);
      const was = known.get(answer.field);
      if (!field) {
        say.textContent = `${answer.by} added or took away a part of this form.`;
        tellOnce(`${answer.by} added or took away a part of this form at ${answer.at}. Load the page again to see it.`);
        continue;
      }

      if (answer.text === was) {
        continue;
      }

      const mineIsOpen = textOf(field) !== was;
      known.set(answer.field, answer.text);
      if (mineIsOpen || field.some(f => f === document.activeElement)) {
        sign(answer, `${answer.by} answered this too, at ${answer.at}: ${answer.text}`);
      } else {
        setText(field, answer.text);
        sign(answer, `${answer.by}, ${answer.at}`);
      }
    }

    showConditions(form, fields);
  }

  function tellOnce(words) {
    notice.dataset.words = words;
    notice.textContent = words;
    notice.hidden = false;
  }

  function sign(answer, words) {
    const by = form.querySelector(`[data-answer-by="${CSS.escape(`q.${answer.field}`)}"]`);
    if (by && !answer.mine) {
      by.textContent = words;
      by.hidden = false;
      say.textContent = words;
    }
  }

  function ask(method, address, body) {
    return fetch(address, {
      method,
      headers: { "Content-Type": "application/json", "RequestVerificationToken": form.elements.__RequestVerificationToken.value, "X-Requested-With": "autosave" },
      body: body && JSON.stringify(body),
      redirect: "error",
    });
  }
}

/** Fields by address; the three boxes of a date share one. */
function readFields(form) {
  const fields = new Map();
  for (const element of form.querySelectorAll("[name^='q.']:not([type=hidden])")) {
    const address = addressOf(element.name);
    fields.set(address, [...fields.get(address) ?? [], element]);
  }

  return fields;
}

function addressOf(name) {
  return name.replace(/^q\./, "").replace(/\.(Day|Month|Year)$/, "");
}

function isDate(field) {
  return field.length === 3 && field[0].name.endsWith(".Day");
}

function textOf(field) {
  if (isDate(field)) {
    const parts = field.map(f => f.value.trim());
    return parts.every(p => p === "") ? "" : parts.join("/");
  }

  if (field[0].matches("[type=radio], [type=checkbox]")) {
    return field.filter(f => f.checked).map(f => f.value).join(",");
  }

  return field[0].value;
}

function setText(field, text) {
  if (isDate(field)) {
    const parts = text.split("/");
    field.forEach((f, i) => { f.value = parts[i] ?? ""; });
  } else if (field[0].matches("[type=radio], [type=checkbox]")) {
    const chosen = text.split(",");
    field.forEach(f => { f.checked = chosen.includes(f.value); });
  } else {
    field[0].value = text;
  }
}

/** Shows a question only while the answer it depends on is given, and that one is shown itself. */
function showConditions(form, fields) {
  for (const question of form.querySelectorAll('[data-when]:not([data-when=""])')) {
    const on = fields.get(addressOf(question.dataset.when));
    const values = question.dataset.whenValues.toLowerCase().split("|");
    const holds = on !== undefined && !on[0].closest("[data-question]").hidden && textOf(on).toLowerCase().split(",").some(v => values.includes(v));
    question.hidden = !holds;
    const only = question.querySelector("[data-only-if]");
    if (only) {
      only.hidden = true;
    }
  }
}
