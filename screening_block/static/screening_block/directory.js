/**
 * The directory of help on a page: who is open now comes first, and its filters.
 *
 * Nothing is sent: the filters stand in no form, and no request is made.
 */

import { opens_in, say_when } from "./open_hours.js";

/** @param {HTMLElement} directory */
function start(directory) {
  const now = new Date();
  const locale = document.documentElement.lang || "en";
  /** @type {HTMLElement[]} */
  const entries = [...directory.querySelectorAll(".ls-help")].filter(
    (node) => node instanceof HTMLElement,
  );
  for (const entry of entries) show_hours(directory, entry, now, locale);
  for (const group of directory.querySelectorAll(".ls-directory__group")) {
    const inside = entries.filter((entry) => entry.parentElement === group);
    inside.sort((one, other) => place(one) - place(other));
    group.append(...inside);
  }
  const filters = directory.querySelector(".ls-directory__filters");
  if (!(filters instanceof HTMLElement)) return;
  filters.hidden = false;
  filters.addEventListener("change", () => filter(directory, filters, entries));
  // A browser that comes back to the page may have kept what was picked.
  filter(directory, filters, entries);
}

/** Those that are open stand first, the others as they stood. @param {HTMLElement} entry */
const place = (entry) => (entry.dataset.now ? 0 : 1);

/**
 * @param {HTMLElement} directory
 * @param {HTMLElement} entry
 * @param {Date} now
 * @param {string} locale
 */
function show_hours(directory, entry, now, locale) {
  const line = entry.querySelector(".ls-help__open");
  const { zone = "", weekly = "[]" } = entry.dataset;
  const wait = opens_in(JSON.parse(weekly), zone, now);
  if (!(line instanceof HTMLElement) || wait === undefined) return;
  const { open = "", opens = "" } = directory.dataset;
  line.textContent = wait ? opens.replace("{when}", say_when(wait, zone, now, locale)) : open;
  line.hidden = false;
  if (!wait) {
    entry.dataset.now = "1";
    line.classList.add("ls-help__open--now");
  }
}

/**
 * @param {HTMLElement} directory
 * @param {HTMLElement} filters
 * @param {HTMLElement[]} entries
 */
function filter(directory, filters, entries) {
  const selects = [...filters.querySelectorAll("select")].filter((one) => one.value);
  let shown = 0;
  for (const entry of entries) {
    entry.hidden = !selects.every((one) => fits(entry, one.dataset.filter ?? "", one.value));
    if (!entry.hidden) shown += 1;
  }
  for (const group of directory.querySelectorAll(".ls-directory__group"))
    if (group instanceof HTMLElement) group.hidden = !group.querySelector(".ls-help:not([hidden])");
  for (const link of directory.querySelectorAll(".ls-directory__areas a")) {
    const title = document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
    if (link.parentElement) link.parentElement.hidden = Boolean(title?.closest("[hidden]"));
  }
  const { count = "", none = "" } = directory.dataset;
  const said = count.replace("{n}", String(shown)).replace("{all}", String(entries.length));
  const line = directory.querySelector(".ls-directory__count");
  if (line) line.textContent = !selects.length ? "" : shown ? said : none;
}

/**
 * @param {HTMLElement} entry
 * @param {string} name of a filter
 * @param {string} value
 */
function fits(entry, name, value) {
  const given = entry.dataset[name] ?? "";
  if (name === "counties") return !given || given.split("|").includes(value);
  return given.split(" ").includes(value);
}

for (const directory of document.querySelectorAll(".ls-directory"))
  if (directory instanceof HTMLElement) start(directory);
