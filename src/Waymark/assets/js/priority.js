// Shows the priority as the answers of a contact change, worked out by the same table on the server. Without it a button does so.
const pause = 250;

export function start() {
  for (const panel of document.querySelectorAll("[data-priority]")) {
    const form = document.getElementById(panel.dataset.priorityForm);
    if (!form) {
      continue;
    }

    let timer = 0;
    let last = "";
    const look = async () => {
      const body = new URLSearchParams({ __RequestVerificationToken: form.elements.__RequestVerificationToken.value });
      for (const field of form.querySelectorAll("[name^='q.']:checked")) {
        body.append(field.name, field.value);
      }

      const key = body.toString();
      if (key !== last) {
        last = key;
        await show(panel, body, () => key === last);
      }
    };
    panel.querySelector("[data-priority-button]").hidden = true;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, pause);
    });
  }
}

async function show(panel, body, isCurrent) {
  const answer = await fetch(panel.dataset.priority, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer?.ok || !isCurrent()) {
    return;
  }

  const shown = panel.querySelector("[data-priority-shown]");
  if (answer.status === 204) {
    shown.replaceChildren(paragraph("govuk-body wm-quiet", "It is worked out once you choose to forward it or to act now."));
    return;
  }

  const { title, colour, reason, version } = await answer.json();
  const tag = document.createElement("strong");
  tag.className = `govuk-tag govuk-tag--${colour}`;
  tag.textContent = title;
  const line = paragraph("govuk-body", ` ${reason}`);
  line.prepend(tag);
  shown.replaceChildren(line, paragraph("govuk-body-s wm-quiet", `By the table “${version}”.`));
}

function paragraph(css, text) {
  const made = document.createElement("p");
  made.className = css;
  made.textContent = text;
  return made;
}
