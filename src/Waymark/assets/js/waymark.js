// The one script of every page. Nothing here is needed to do the work: without it the page says and does the same.
// A feature is a module in this folder that exports start(); build.mjs gathers them, so that a new one is a new file and nothing else.
import { initAll } from "govuk-frontend";
import features from "waymark:features";

initAll();

for (const [name, feature] of Object.entries(features)) {
  try {
    feature.start();
  } catch (error) {
    // One feature that fails must not take the others with it.
    console.error(name, error);
  }
}
