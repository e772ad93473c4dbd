// Finds people as one types (data-people-find): each is a button of the form, with why they fit. Without it the search button shows the same.
const pause = 350;

export function start() {
  for (const form of document.querySelectorAll("form[data-people-find]")) {
    const field = document.querySelector(`input[name="${form.dataset.peopleField}"]`);
    let timer = 0;
    field?.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => find(form, field), pause);
    });
  }
}

async function find(form, field) {
  const typed = field.value.trim();
  const shown = form.querySelector("[data-people-shown]");
  if (typed.length < 2) {
    shown.replaceChildren();
    return;
  }

  const body = new URLSearchParams({ q: typed, __RequestVerificationToken: form.elements.__RequestVerificationToken.value });
  const answer = await fetch(form.dataset.peopleFind, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer?.ok || field.value.trim() !== typed) {
    return;
  }

  const { people, more, restricted, problem } = await answer.json();
  const list = element("ul", "govuk-list");
  for (const person of people) {
    const button = element("button", "wm-link-button");
    Object.assign(button, { type: "submit", name: "person", value: person.reference });
    button.append(element("bdi", "", person.name));
    const item = element("li");
    item.append(button, " ", element("span", "wm-quiet", `${person.born} · ${person.postcode ?? ""} · ${person.reference}: ${person.why}`));
    list.append(item);
  }

  const lines = [
    people.length === 0 && "Nobody you may see is like that.",
    more > 0 && `${more} more: add a date of birth or a postcode.`,
    restricted > 0 && "A restricted record exists. Speak to your manager.",
    problem && `${problem}.`,
  ].filter(Boolean);
  shown.replaceChildren(...people.length > 0 ? [list] : [], ...lines.map(words => element("p", "govuk-body-s", words)));
}

function element(name, css = "", text = "") {
  const made = document.createElement(name);
  made.className = css;
  made.textContent = text;
  return made;
}
