// <select data-searchable="true">: typing finds the choice. The select stays beneath and is what is posted.
import accessibleAutocomplete from "accessible-autocomplete";

export function start() {
  for (const select of document.querySelectorAll("select[data-searchable=true]")) {
    accessibleAutocomplete.enhanceSelectElement({ selectElement: select, defaultValue: select.selectedOptions[0]?.value ? undefined : "", showAllValues: true, preserveNullOptions: true });
  }
}
