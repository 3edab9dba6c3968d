/* Small behaviours; every page also works without this file. No eval, no inline handlers. */
"use strict";

/* Errors after a submit: move to the summary, which links to the fields. */
function focusSummary(root) {
  const summary = root.querySelector("[data-focus]");
  if (summary) { summary.focus(); }
}

/* Buttons that open a question before an irreversible act. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (!opener) { return; }
  const dialog = document.getElementById(opener.dataset.dialog);
  if (dialog && dialog.showModal) { event.preventDefault(); dialog.showModal(); }
});

/* Name the chosen files inside the drop area. */
document.addEventListener("change", (event) => {
  const drop = event.target.closest("[data-drop]");
  if (!drop || event.target.type !== "file") { return; }
  const names = Array.from(event.target.files, (file) => file.name);
  drop.querySelector("[data-drop-names]").textContent = names.join(", ");
});

/* One press, one act: a second submit of the same form is swallowed and the button shows it is busy. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  const method = (event.submitter && event.submitter.getAttribute("formmethod")) || form.method;
  if (method !== "post" || form.hasAttribute("hx-post")) { return; }
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  if (event.submitter) { event.submitter.classList.add("is-busy"); event.submitter.setAttribute("aria-busy", "true"); }
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  document.querySelectorAll(".btn.is-busy").forEach((button) => {
    button.classList.remove("is-busy");
    button.removeAttribute("aria-busy");
  });
});

/* Toasts leave after six seconds, unless somebody is reading them. */
function dismissLater(root) {
  root.querySelectorAll(".toasts:not(.is-static) .toast").forEach((toast) => {
    const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
    setTimeout(leave, 6000);
  });
}

document.addEventListener("DOMContentLoaded", () => { focusSummary(document); dismissLater(document); });
document.addEventListener("htmx:afterSwap", (event) => { focusSummary(event.target); });

/* Keep the page for when the network is down. */
if ("serviceWorker" in navigator && window.isSecureContext) {
  window.addEventListener("load", () => { navigator.serviceWorker.register("/sw.js").catch(() => {}); });
}
