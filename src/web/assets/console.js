// Keys that do what a link or a button of the page does. Everything works without them, they rest while someone writes,
// and they can be turned off.

"use strict";

(() => {
  const dialog = document.getElementById("shortcuts");
  if (!dialog) return;
  const KEPT = "lots-shortcuts";
  const rests = () => {
    try {
      return localStorage.getItem(KEPT) === "off";
    } catch {
      return false;
    }
  };
  const opener = document.querySelector("[data-shortcuts]");
  const isOn = dialog.querySelector("[data-shortcuts-on]");
  isOn.checked = !rests();
  isOn.addEventListener("change", () => {
    try {
      if (isOn.checked) localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, "off");
    } catch {
      // Nothing can be kept here: the switch holds until the page is left.
    }
  });
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());

  /** Moves to a row of the list, counted from the one that has the focus. */
  const move = (by) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    const now = rows.findIndex((row) => row.contains(document.activeElement));
    const next = now < 0 ? 0 : Math.min(Math.max(now + by, 0), rows.length - 1);
    rows[next]?.querySelector("a")?.focus();
  };
  const press = (key) => document.querySelector(`[data-key="${key}"]`)?.click();
  const acts = {
    j: () => move(1),
    k: () => move(-1),
    o: () => document.activeElement?.closest?.("[data-row]")?.querySelector("a")?.click(),
    "/": () => document.querySelector("[data-search]")?.focus(),
    a: () => press("a"),
    t: () => press("t"),
    p: () => press("p"),
    "?": () => dialog.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (!isOn.checked || dialog.open || event.defaultPrevented || event.repeat && !"jk".includes(event.key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const act = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
