// What makes the conversation smoother where there is JavaScript. Everything works without it: this sends the same forms,
// asks for the piece of the page that is new, and puts it where it belongs.

"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("scripted");

  /* Codes that can be copied. */

  const canCopy = Boolean(navigator.clipboard);
  const offerToCopy = (within) => {
    if (!canCopy) return;
    for (const button of within.querySelectorAll("[data-copy]")) button.hidden = false;
  };
  offerToCopy(document);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
      button.setAttribute("aria-live", "polite");
    } catch {
      // The code stands beside the button and can be copied by hand.
      button.hidden = true;
    }
  });

  /* What is made for paper. */

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* The conversation. */

  const talk = document.getElementById("talk");
  if (!talk) return;
  const log = document.getElementById("log");
  const working = document.getElementById("working");
  const trouble = document.getElementById("said-no");
  const form = talk.querySelector("form.ask");
  const field = form.querySelector("textarea");
  const count = document.getElementById("text-count");
  const limit = Number(field.dataset.limit);
  const byTouch = window.matchMedia("(pointer: coarse)");
  const isStill = window.matchMedia("(prefers-reduced-motion: reduce)");

  /** Shows how much can still be written, once it matters, and makes the field as high as what is in it. */
  const measure = () => {
    // Counted as the server counts: by characters, not by what they are stored as.
    const written = [...field.value].length;
    const left = limit - written;
    const isOver = left < 0;
    const phrase = isOver ? field.dataset.over : field.dataset.left;
    count.textContent = left <= 200 ? phrase.replace("{count}", String(Math.abs(left))) : "";
    count.classList.toggle("over", isOver);
    if (isOver) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (!CSS.supports("field-sizing", "content")) {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 4}px`;
    }
  };
  field.addEventListener("input", measure);
  measure();

  field.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    // On a screen keyboard there is no Shift and Enter, so that Enter has to break the line.
    if (!sends || byTouch.matches) return;
    event.preventDefault();
    if (field.value.trim()) form.requestSubmit();
  });

  /** Gives every form what it has to bring from now on. */
  const renew = (token) => {
    if (!token) return;
    for (const input of document.querySelectorAll("input[name=token]")) input.value = token;
  };

  const say = (text) => {
    trouble.replaceChildren();
    if (!text) return;
    const note = document.createElement("div");
    note.className = "note alarm";
    note.append(Object.assign(document.createElement("p"), { textContent: text }));
    trouble.append(note);
  };

  /** Puts a turn where it belongs: in the place of the one it renews, else last. */
  const put = (turn) => {
    const before = document.getElementById(turn.id);
    if (before) {
      before.replaceWith(turn);
    } else {
      turn.classList.add("fresh");
      log.append(turn);
    }
    offerToCopy(turn);
    return Boolean(before);
  };

  const lookAt = (element) => {
    element.scrollIntoView({ block: "start", behavior: isStill.matches ? "auto" : "smooth" });
  };

  // What a form holds hides properties of the same name, so that the attribute is asked for.
  const address = (sent) => sent.getAttribute("action") ?? "";
  const isOurs = (sent) => ["/ask", "/show", "/follow", "/feedback"].some((end) => address(sent).endsWith(end));
  let isBusy = false;

  document.addEventListener("submit", async (event) => {
    const sent = event.target;
    if (!isOurs(sent)) return;
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    say("");
    const isQuestion = sent === form;
    const soon = setTimeout(() => {
      working.hidden = false;
      working.textContent = working.dataset.text;
    }, 350);
    try {
      const body = new URLSearchParams(new FormData(sent, event.submitter));
      const answer = await fetch(address(sent), {
        method: "POST",
        body,
        headers: { "lots-piece": "1" },
        credentials: "same-origin",
      });
      const text = await answer.text();
      const parsed = new DOMParser().parseFromString(text, "text/html");
      renew(answer.headers.get("lots-token"));
      const turn = parsed.querySelector("article.turn");
      if (answer.ok && turn) {
        took(turn, sent, isQuestion);
      } else {
        const note = parsed.querySelector(".note.alarm");
        if (note) trouble.replaceChildren(note);
        else say(trouble.dataset.trouble);
        if (isQuestion) field.focus();
      }
    } catch {
      say(navigator.onLine ? trouble.dataset.trouble : trouble.dataset.offline);
      if (isQuestion) field.focus();
    } finally {
      clearTimeout(soon);
      working.hidden = true;
      working.textContent = "";
      isBusy = false;
    }
  });

  /** What was sent was taken: shows the answer, and moves on to where a person expects to be. */
  const took = (turn, sent, isQuestion) => {
    talk.classList.remove("start");
    const renewed = put(turn);
    const judged = turn.querySelector(".judged");
    if (renewed && judged) {
      judged.focus({ preventScroll: true });
      return;
    }
    const isOn = ["/ask", "/follow"].some((end) => address(sent).endsWith(end));
    if (isOn) {
      // What a link has put there is answered now.
      for (const linked of talk.querySelectorAll("[name=about], [name=way], .note.about, .begin")) linked.remove();
      // Nor is it there again when the page is loaded anew.
      if (location.search) history.replaceState(null, "", location.pathname);
    }
    lookAt(turn);
    if (isQuestion) {
      field.value = "";
      measure();
    }
    // Whoever writes goes on writing. Whoever pressed a button, or has a screen keyboard over the answer, goes to it.
    if (isQuestion && !byTouch.matches) field.focus({ preventScroll: true });
    else turn.focus({ preventScroll: true });
  };

  // Led back here after a form that was sent without this script, or by a link: the answer is what matters.
  if (location.hash.startsWith("#turn-")) {
    document.getElementById(location.hash.slice(1))?.focus({ preventScroll: true });
  }
})();
