// Runs before the page is drawn, so that what JavaScript folds away is never seen to move.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
