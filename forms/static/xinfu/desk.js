/* The desk's keys and the live queue; every page also works without this file. */
"use strict";

const WAIT_AFTER_G = 1200;
let here = null;
let afterG = 0;

const rows = () => Array.from(document.querySelectorAll("tr.q"));

/* Mark a row as the one the keys act on, and keep it in sight. */
function mark(row, follow) {
  rows().forEach((each) => each.classList.toggle("is-here", each === row));
  here = row ? row.dataset.key : null;
  if (row && follow) {
    row.querySelector("a").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
}

function step(by) {
  const all = rows();
  if (!all.length) { press(by > 0 ? "[data-key-j]" : "[data-key-k]"); return; }
  const at = all.findIndex((row) => row.dataset.key === here);
  mark(all[Math.min(Math.max(at + by, 0), all.length - 1)], true);
}

/* Press a button or link: the one of the marked row, else the one of the page. */
function press(selector) {
  const row = rows().find((each) => each.dataset.key === here);
  const found = row ? row.querySelector(selector) : document.querySelector(`main ${selector}`);
  if (found && !(rows().length && !row)) { found.click(); }
}

function open() {
  const row = rows().find((each) => each.dataset.key === here);
  if (row) { row.querySelector("a").click(); }
}

const letters = {
  j: () => step(1),
  k: () => step(-1),
  c: () => press("[data-key-c]"),
  r: () => press("[data-key-r]"),
  "/": () => { const field = document.getElementById("q"); if (field) { field.focus(); field.select(); } },
  "?": () => document.getElementById("keys").showModal(),
  g: () => { afterG = Date.now(); },
};
const places = { q: "queue", m: "mine" };

/* Fields, and everything with keys of its own, keep their letters. */
const writes = (target) => Boolean(target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, dialog"));

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) {
    const send = document.querySelector("[data-send]");
    if (send) { event.preventDefault(); send.click(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    if (writes(event.target)) { event.target.blur(); return; }
    const back = document.querySelector("[data-back]");
    if (back) { back.click(); }
    return;
  }
  if (writes(event.target)) { return; }
  if (event.key === "Enter" && event.target === document.body) { open(); return; }
  if (!("shortcuts" in document.body.dataset)) { return; }
  const key = event.key.toLowerCase();
  const soon = Date.now() - afterG < WAIT_AFTER_G;
  if (soon && places[key]) { event.preventDefault(); location.href = document.body.dataset[places[key]]; return; }
  if (letters[key]) { event.preventDefault(); letters[key](); }
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("tr.q");
  if (row) { mark(row, false); }
});

/* The queue looks anew by itself; the place in it stays, and only a change is said aloud. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const busy = document.querySelector("dialog[open]") || document.hidden;
  if (event.target.id === "queue-live" && busy) { event.preventDefault(); }
});
document.addEventListener("htmx:afterSwap", () => {
  const live = document.getElementById("queue-live");
  if (!live) { return; }
  const said = document.getElementById("queue-said");
  if (said && said.textContent !== live.dataset.said) { said.textContent = live.dataset.said; }
  const kept = rows().find((row) => row.dataset.key === here);
  if (kept) { mark(kept, false); }
});

/* What a choice needs beside it comes into sight when it is chosen. */
document.addEventListener("change", (event) => {
  if (event.target.name !== "act") { return; }
  const needed = document.querySelector(`.for-${event.target.value}, .for-every-choice`);
  if (needed) { needed.scrollIntoView({ block: "center" }); }
});
