// Makes writing a draft smoother where there is JavaScript. Everything works without it: the same form is sent and checked
// by a button.

"use strict";

(() => {
  const form = document.querySelector("form.draft");
  const list = document.getElementById("problems");
  if (!form || !list) return;
  /** How long after the last key it is checked, in milliseconds. */
  const PAUSE = 800;
  let timer = 0;
  let asked = 0;
  let isChanged = false;

  /* What is wrong, while one writes. */

  const fieldOf = (item) => document.getElementById(item.dataset.field);

  /** Says at the fields what the list says. */
  const mark = () => {
    for (const said of form.querySelectorAll(".wrong")) said.remove();
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    for (const field of form.elements) {
      const described = (field.getAttribute("aria-describedby") ?? "").split(" ");
      const left = described.filter((id) => id && !id.endsWith("-wrong")).join(" ");
      if (left) field.setAttribute("aria-describedby", left);
      else field.removeAttribute("aria-describedby");
    }
    for (const item of list.querySelectorAll("[data-field]")) {
      const field = fieldOf(item);
      if (!field) continue;
      const id = `${field.id}-wrong`;
      let said = document.getElementById(id);
      if (!said) {
        said = document.createElement("ul");
        said.id = id;
        said.className = "wrong";
        field.before(said);
        const described = field.getAttribute("aria-describedby");
        field.setAttribute("aria-describedby", described ? `${described} ${id}` : id);
      }
      const line = document.createElement("li");
      line.textContent = item.querySelector("a").textContent;
      said.append(line);
      if (item.querySelector(".bad")) field.setAttribute("aria-invalid", "true");
    }
  };

  const check = async () => {
    asked += 1;
    const mine = asked;
    try {
      const body = new URLSearchParams(new FormData(form));
      const response = await fetch(form.dataset.check, { method: "POST", body, redirect: "error" });
      if (!response.ok || mine !== asked) return;
      const text = await response.text();
      // Nobody is told again what they have heard.
      if (mine !== asked || list.innerHTML === text) return;
      list.innerHTML = text;
      mark();
    } catch {
      // The button checks too.
    }
  };

  form.addEventListener("input", () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  });

  /* A link to what is wrong leads into the field, also where it is folded away. */

  list.addEventListener("click", (event) => {
    const item = event.target.closest?.("[data-field]");
    const field = item && event.target.closest("a") && fieldOf(item);
    if (!field) return;
    event.preventDefault();
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  });

  /* Headings that are put into the text. */

  for (const headings of form.querySelectorAll("[data-into]")) {
    for (const code of headings.querySelectorAll("code")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = code.textContent;
      code.replaceWith(button);
    }
    headings.addEventListener("click", (event) => {
      const button = event.target.closest?.("button");
      const field = document.getElementById(headings.dataset.into);
      if (!button || !field) return;
      const before = field.value.slice(0, field.selectionStart).trimEnd();
      const after = field.value.slice(field.selectionEnd).trimStart();
      const start = `${before}${before ? "\n\n" : ""}${button.textContent}\n`;
      field.value = after ? `${start}\n${after}` : start;
      field.focus();
      field.setSelectionRange(start.length, start.length);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  /* Nothing that is typed is lost by a slip. */

  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
})();
