// Shows, as a new person is typed, who may have a record already. Without it the page shows them when it is sent. A form that names an address to choose by
// (data-duplicates-choose) gets a button for each.
const pause = 500;
const fields = ["GivenName", "FamilyName", "PreferredName", "NhsNumber", "Phone", "Postcode"];
const parts = { birthDay: "BirthDate.Day", birthMonth: "BirthDate.Month", birthYear: "BirthDate.Year" };

export function start() {
  for (const form of document.querySelectorAll("form[data-duplicates]")) {
    let timer = 0;
    let last = "";
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const body = read(form);
        const key = body.toString();
        if (key !== last) {
          last = key;
          await show(form, body, () => key === last);
        }
      }, pause);
    });
  }
}

function read(form) {
  const body = new URLSearchParams();
  const prefix = form.dataset.duplicatesPrefix ?? "Input.";
  for (const name of fields) {
    const value = form.elements[prefix + name]?.value.trim();
    if (value) {
      body.set(name, value);
    }
  }

  for (const [name, field] of Object.entries(parts)) {
    const value = form.elements[prefix + field]?.value.trim();
    if (value) {
      body.set(name, value);
    }
  }

  body.set("__RequestVerificationToken", form.elements.__RequestVerificationToken.value);
  return body;
}

async function show(form, body, isCurrent) {
  const answer = await fetch(form.dataset.duplicates, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok || !isCurrent()) {
    return;
  }

  const { people, restricted } = await answer.json();
  const shown = form.querySelector("[data-duplicates-shown]");
  shown.replaceChildren();
  if (people.length === 0 && restricted === 0) {
    return;
  }

  const inset = element("div", "govuk-inset-text");
  inset.append(element("p", "govuk-body govuk-!-font-weight-bold", people.length === 1 ? "One record may be the same person" : `${people.length} records may be the same person`));
  const list = element("ul", "govuk-list");
  for (const person of people) {
    const item = element("li");
    const name = element("bdi", "", person.name);
    const rest = `born ${person.born}${person.postcode ? `, ${person.postcode}` : ""}, ${person.reference}: ${person.why}`;
    if (form.dataset.duplicatesChoose) {
      const button = element("button", "wm-link-button", "It is this person");
      Object.assign(button, { type: "submit", name: "person", value: person.reference, formNoValidate: true });
      button.setAttribute("formaction", form.dataset.duplicatesChoose);
      button.append(element("span", "govuk-visually-hidden", `: ${person.name}`));
      item.append(name, `, ${rest} `, button);
    } else {
      const link = element("a", "govuk-link");
      Object.assign(link, { href: `/people/${encodeURIComponent(person.reference)}`, target: "_blank", rel: "noopener" });
      link.append(name, element("span", "govuk-visually-hidden", " (opens in a new tab)"));
      item.append(link, `, ${rest}`);
    }

    list.append(item);
  }

  inset.append(list);
  if (restricted > 0) {
    inset.append(element("p", "govuk-body", "A restricted record may also be the same person. Ask your manager or the safeguarding team."));
  }

  shown.append(inset);
}

function element(name, css = "", text = "") {
  const made = document.createElement(name);
  if (css) {
    made.className = css;
  }

  made.textContent = text;
  return made;
}
