// The panel that another site shows with one line: <script src="https://…/widget.js" defer></script>.
//
// What is served is this function, called with what the panel says, by language, and its style. Of its host it needs a
// Content-Security-Policy that has our address in script-src and connect-src, and nothing else: everything is built of
// elements and text, and never parsed as HTML. Nothing is stored before the first message; then only the name of the
// conversation, for as long as the tab is open.
(function lots(languages, style) {
  "use strict";

  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  if (!script || customElements.get("lots-panel")) return;
  const server = new URL(script.src).origin;
  // A narrow or low screen is filled by the panel. The style has the same measures.
  const small = matchMedia("(max-width: 36em), (max-height: 26em)");

  class LotsPanel extends HTMLElement {
    #words;
    #button;
    #dialog;
    #log;
    #status;
    #field;
    #label;
    #sends;
    #count;
    #erase;
    #busy = false;
    #cameFrom = null;
    #conversation = kept(`lots-conversation ${server}`);

    connectedCallback() {
      if (this.shadowRoot) return;
      const wanted = this.lang || this.dataset.lang || document.documentElement.lang;
      this.#words = languages.find((words) => wanted.toLowerCase().startsWith(words.language)) ?? languages[0];
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet(style), sheet(colours(this.dataset.colour))];
      root.append(this.#draw());
      small.addEventListener("change", () => this.#dialog.open && this.#show());
    }

    // Opens the panel, and asks a question when there is one. Closing it brings the focus back to where it was.
    open(question) {
      if (!this.#dialog.open) {
        this.#cameFrom = document.activeElement;
        if (!this.#log.hasChildNodes()) this.#greet();
        this.#show();
        this.#button.setAttribute("aria-expanded", "true");
        this.dispatchEvent(new CustomEvent("lots-opened", { bubbles: true }));
      }
      this.#field.focus();
      if (question) this.#ask(String(question));
    }

    close() {
      if (!this.#dialog.open) return;
      this.#dialog.close();
      this.#button.setAttribute("aria-expanded", "false");
      const elsewhere = ![null, this, document.body].includes(this.#cameFrom) && this.#cameFrom.isConnected;
      (elsewhere ? this.#cameFrom : this.#button).focus();
      this.dispatchEvent(new CustomEvent("lots-closed", { bubbles: true }));
    }

    // Beside the panel a wide page stays in use. Where the panel fills the screen, nothing behind it can be reached.
    #show() {
      this.#dialog.close();
      if (small.matches) this.#dialog.showModal();
      else this.#dialog.show();
    }

    #draw() {
      const words = this.#words;
      this.#button = button([lighthouse(), words.open], () => (this.#dialog.open ? this.close() : this.open()), {
        class: "opener",
        "aria-expanded": "false",
      });
      this.#log = make("div", { class: "log", role: "log", "aria-label": words.log_label, tabindex: "0" });
      this.#status = make("p", { class: "status", role: "status" });
      this.#count = make("p", { class: "count", id: "count" });
      this.#field = make("textarea", {
        id: "field",
        rows: "2",
        maxlength: words.limit,
        autocomplete: "off",
        "aria-describedby": "hint count",
        input: () => this.#counted(),
        keydown: (event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          this.#send();
        },
      });
      this.#label = make("label", { for: "field" });
      this.#sends = make("button", { class: "strong" });
      this.#expect();
      const form = make("form", { class: "ask", submit: (event) => (event.preventDefault(), this.#send()) }, [
        this.#label,
        make("div", { class: "row" }, [this.#field, this.#sends]),
        make("p", { class: "hint", id: "hint" }, words.ask_hint),
        this.#count,
      ]);
      this.#erase = make("span", { class: "erase" });
      this.#offerToErase();
      const keydown = (event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.preventDefault();
        this.close();
      };
      this.#dialog = make("dialog", { class: "panel", "aria-labelledby": "title", keydown }, [
        make("div", { class: "top" }, [
          lighthouse(),
          make("h2", { id: "title" }, this.dataset.title || words.title),
          button(cross(), () => this.close(), { class: "close", "aria-label": words.close }),
        ]),
        this.#log,
        this.#status,
        form,
        make("div", { class: "foot" }, [
          button(words.human_link, () => this.#person(), { class: "quiet" }),
          this.#erase,
        ]),
      ]);
      // A phone closes what fills it with a gesture.
      this.#dialog.addEventListener("cancel", (event) => (event.preventDefault(), this.close()));
      const side = this.dataset.position === "left" ? "left" : "right";
      return make("div", { class: `root ${side}`, lang: words.language, dir: "ltr" }, [this.#dialog, this.#button]);
    }

    #greet() {
      const words = this.#words;
      const questions = words.questions.map((text) => [text, () => this.#ask(text)]);
      this.#add(
        make("div", { class: "answer" }, [
          make("p", {}, this.#conversation.get() ? words.goes_on : words.greeting),
          make("p", { class: "notice" }, words.notice),
          choices(words.suggestions_label, questions),
          choices(words.guided_offer, words.ways.map((way) => this.#leading(way, words.language))),
          make("p", {}, link(words.whole_page_path, words.whole_page)),
        ]),
      );
    }

    // Says what the field is for: a question, or the answer to a step of a guided way in.
    #expect(step) {
      const words = this.#words;
      this.#sends.textContent = step ? words.guided_send : words.ask_button;
      if (step) this.#label.textContent = step.writes ? words.guided_type_here : words.guided_type_instead;
      else this.#label.textContent = words.ask_label;
    }

    #counted() {
      const left = this.#field.maxLength - this.#field.value.length;
      this.#count.textContent = left <= 200 ? this.#words.count_left.replace("{count}", left) : "";
    }

    #send() {
      const text = this.#field.value.trim();
      if (this.#busy) return;
      this.#field.focus();
      if (!text) return;
      this.#field.value = "";
      this.#counted();
      this.#ask(text);
    }

    #ask(text) {
      this.#turn(text, "POST", "/ask", { text });
    }

    #open(entry, said, facet) {
      this.#turn(said, "POST", "/show", { entry, facet });
    }

    // What leads along a guided way in: what stands on it, and what it does when it is pressed.
    #leading({ label, code }, language) {
      return [label, () => this.#turn(label, "POST", "/follow", { code, language })];
    }

    #person() {
      const words = this.#words;
      this.#add(asked(words, words.human_link), this.#answer({ blocks: words.person }));
    }

    // Something is said, and answered. What goes wrong stands below what was said, and can be tried again.
    async #turn(said, method, path, body) {
      if (this.#busy) return;
      const line = asked(this.#words, said);
      this.#add(line);
      const again = () => (line.remove(), this.#turn(said, method, path, body));
      const reply = await this.#call(method, path, body, again);
      if (!reply) return;
      if (reply.conversation) this.#conversation.set(reply.conversation);
      if (!this.#erase.hasChildNodes()) this.#offerToErase();
      this.#add(this.#answer(reply));
      this.#expect(reply.blocks.find((it) => it.block === "step"));
    }

    // What the server answers; nothing when it did not, which has then been said.
    async #call(method, path, body, again) {
      const words = this.#words;
      this.#working(true);
      try {
        const conversation = this.#conversation.get() ?? undefined;
        const whole = body && JSON.stringify({ conversation, language: words.language, ...body });
        const reply = await call(method, path, whole, words);
        return { blocks: [{ block: "text", text: reply.text }], ...reply };
      } catch (trouble) {
        const retry = () => (this.#field.focus(), card.remove(), again());
        const ways = [button(words.again, retry), link(words.whole_page_path, words.whole_page)];
        const card = make("div", { class: "answer trouble" }, [
          make("p", {}, trouble.message),
          make("p", { class: "row" }, ways),
        ]);
        this.#add(card);
      } finally {
        this.#working(false);
      }
    }

    #working(busy) {
      this.#busy = busy;
      this.#dialog.classList.toggle("busy", busy);
      this.#status.textContent = busy ? this.#words.working : "";
    }

    #offerToErase() {
      const words = this.#words;
      const back = () => (this.#offerToErase(), this.#erase.firstElementChild.focus());
      const sure = () => {
        const keep = button(words.forget_not, back);
        const erase = button(words.forget_button, () => this.#eraseAll());
        this.#erase.replaceChildren(make("span", { role: "alert" }, words.forget_question), erase, keep);
        keep.focus();
      };
      const offer = button(words.forget_open, sure, { class: "quiet" });
      this.#erase.replaceChildren(...(this.#conversation.get() ? [offer] : []));
    }

    async #eraseAll() {
      if (this.#busy) return;
      this.#field.focus();
      const path = `/conversations/${encodeURIComponent(this.#conversation.get())}`;
      const reply = await this.#call("DELETE", path, undefined, () => this.#eraseAll());
      if (!reply) return;
      this.#conversation.set(null);
      this.#offerToErase();
      this.#log.replaceChildren();
      this.#greet();
      this.#expect();
      this.#add(this.#answer(reply));
    }

    // Adds to the log, and shows it from its first line.
    #add(...parts) {
      this.#log.append(...parts);
      const question = parts[0].previousElementSibling;
      const first = question?.classList.contains("asked") ? question : parts[0];
      this.#log.scrollTop = first.offsetTop - 8;
    }

    #answer(reply) {
      const words = this.#words;
      const title = reply.blocks.find((block) => block.block === "title");
      const kind = reply.decision === "crisis" ? "answer crisis" : "answer";
      const card = make("article", { class: kind, lang: reply.language }, [
        make("p", { class: "hidden" }, words.answers),
        ...reply.blocks.flatMap((block) => this.#block(block, reply.language)),
      ]);
      if (reply.decision === "answer" && title) {
        const label = { "aria-label": `${words.read_more}: ${title.text}` };
        card.append(make("p", {}, link(title.url, words.read_more, label)));
      }
      if (reply.decision === "answer" && reply.shown.length) card.append(this.#feedback(reply.shown[0]));
      return card;
    }

    #block(block, language) {
      const words = this.#words;
      const choose = ({ entry, title }) => [title, () => this.#open(entry, title)];
      const askMore = ({ facet, heading }) => [heading, () => this.#open(block.entry, heading, facet)];
      switch (block.block) {
        case "notice":
          // The greeting has said it.
          return block.text === words.notice ? [] : make("p", { class: "notice" }, block.text);
        case "caution":
          return make("p", { class: "caution" }, block.text);
        case "title":
          return make("h3", {}, block.text);
        case "section":
          return [make("h4", {}, block.heading), ...prose(block.text)];
        case "facts":
          return make("dl", {}, block.facts.flatMap((it) => [make("dt", {}, it.label), make("dd", {}, it.value)]));
        case "remind":
          return make("p", { class: "row" }, [link(block.calendar_url, block.label)]);
        case "contact":
          return [make("p", { class: "who" }, block.contact.name), ways(block.contact.ways)];
        case "line":
          return make("div", { class: "line" }, [
            ways(block.contact.ways),
            make("h3", {}, block.contact.name),
            ...prose(block.text),
          ]);
        case "sources":
          return make("div", { class: "sources" }, [
            make("p", {}, block.sources.flatMap((it, place) => cited(it, place ? ", " : `${words.label_sources}: `))),
            make("p", {}, block.reviewed ?? ""),
          ]);
        case "choices":
          return choices(null, block.choices.map(choose));
        case "see_also":
          return choices(words.label_see_also, block.choices.map(choose));
        case "facets":
          return choices(words.label_facets, block.facets.map(askMore));
        case "step":
          return this.#step(block, language);
        case "links":
          return choices(null, block.links.map((it) => this.#leading(it, language)));
        case "matches":
          return this.#matches(block);
        case "take":
          return make("p", { class: "row" }, [
            block.url ? link(block.url, block.print) : "",
            block.calendar_url ? link(block.calendar_url, block.calendar) : "",
          ]);
        case "receipt":
          return this.#receipt(block);
        default:
          // Text, or what a newer server has to say to a script that is still cached.
          return prose(block.text ?? "");
      }
    }

    // A question with its answers, and the ways out below them.
    #step({ place, ask, hint, links }, language) {
      const [answers, ways] = [true, false].map((is) =>
        links.filter((it) => (it.kind === "option") === is).map((it) => this.#leading(it, language)),
      );
      const group = { role: "group", "aria-label": ask };
      return make("div", { class: "step" }, [
        make("p", { class: "place" }, place),
        make("h3", {}, ask),
        hint ? make("p", { class: "notice" }, hint) : "",
        answers.length ? make("div", group, choices(null, answers)) : "",
        make("p", { class: "row" }, ways.map(([label, click]) => button(label, click, { class: "quiet" }))),
      ]);
    }

    // What a way in has led to. What does not fit is folded away.
    #matches({ heading, fit, matches }) {
      const words = this.#words;
      const points = (label, all) =>
        all.length ? [label ? make("p", { class: "place" }, label) : "", make("ul", {}, all.map((it) => make("li", {}, it)))] : [];
      const fact = ({ label, value }) => [make("dt", {}, label), make("dd", {}, link(value, value))];
      const found = (it) =>
        make("li", {}, [
          make("h4", {}, link(it.url, it.title)),
          ...prose(it.about),
          ...points(null, it.because),
          ...points(words.guided_missing, it.missing),
          it.facts.length ? make("dl", {}, it.facts.flatMap(fact)) : "",
          ...points(words.guided_check, it.check),
          ...points(null, it.prepare),
        ]);
      const list = make("ul", { class: "matches" }, matches.map(found));
      if (fit !== "not") return [make("h3", {}, heading), list];
      return make("details", {}, [make("summary", {}, `${heading} (${matches.length})`), list]);
    }

    #receipt({ code, text }) {
      if (!code) return prose(text);
      const words = this.#words;
      const shown = make("code", {}, code);
      const copy = async () => {
        try {
          await navigator.clipboard.writeText(code);
          this.#status.textContent = words.receipt_copied;
        } catch {
          // The host does not let it be copied; it can be marked.
          getSelection().selectAllChildren(shown);
        }
      };
      const look = () => this.#turn(code, "GET", `/receipts/${encodeURIComponent(code)}`);
      const row = [shown, button(words.receipt_copy, copy), button(words.receipt_follow, look)];
      return [...prose(text), make("p", { class: "row" }, row)];
    }

    #feedback(entry) {
      const words = this.#words;
      const judge = async (verdict) => {
        if (this.#busy) return;
        const reply = await this.#call("POST", "/feedback", { entry, ...verdict }, () => judge(verdict));
        if (!reply) return;
        this.#field.focus();
        group.replaceWith(this.#answer(reply));
      };
      const why = () => {
        const form = this.#why(judge);
        group.replaceChildren(form);
        form.querySelector("input").focus();
      };
      const group = make("div", { class: "feedback", role: "group", "aria-label": words.helpful_question }, [
        make("p", {}, words.helpful_question),
        make("p", { class: "row" }, [
          button(words.helpful_yes, () => judge({ helpful: true })),
          button(words.helpful_no, why),
        ]),
      ]);
      return group;
    }

    #why(judge) {
      const words = this.#words;
      const reason = ([value, text]) =>
        make("label", {}, [make("input", { type: "radio", name: "reason", value }), text]);
      const submit = (event) => {
        event.preventDefault();
        const said = new FormData(event.target);
        const [reason, remark] = [said.get("reason"), said.get("remark").trim()];
        judge({ helpful: false, reason: reason ?? undefined, remark: remark || undefined });
      };
      const remark = make("input", { type: "text", name: "remark", maxlength: "300", autocomplete: "off" });
      return make("form", { submit }, [
        make("fieldset", {}, [make("legend", {}, words.complaint_question), ...words.complaints.map(reason)]),
        make("label", {}, [words.remark_label, remark]),
        make("button", {}, words.remark_button),
      ]);
    }
  }

  // Asks the server. What goes wrong is thrown in words for a resident; what a webmaster can mend is in the console.
  async function call(method, path, body, words) {
    let held = false;
    const note = (event) => (held ||= event.blockedURI.startsWith(server));
    document.addEventListener("securitypolicyviolation", note);
    let response;
    try {
      const headers = { "accept-language": words.language, ...(body && { "content-type": "application/json" }) };
      const quietly = { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(20_000) };
      response = await fetch(`${server}/api/v1${path}`, { method, headers, body, ...quietly });
    } catch {
      // The event comes just after.
      await new Promise((resolve) => setTimeout(resolve));
      throw new Error(await unreachable(words, held));
    } finally {
      document.removeEventListener("securitypolicyviolation", note);
    }
    const answer = await response.json().catch(() => null);
    if (response.ok && answer) return answer;
    throw new Error((response.status !== 500 && answer?.detail) || words.broken);
  }

  // A browser does not say why an address could not be reached; what else can be reached tells.
  async function unreachable(words, held) {
    if (!navigator.onLine) return words.offline;
    if (held) {
      console.error(`lots: the Content-Security-Policy of this page stops the panel; add ${server} to connect-src`);
      return words.refused;
    }
    try {
      await fetch(`${server}/widget.js`, { method: "HEAD", mode: "no-cors", cache: "no-store" });
    } catch {
      return words.unreachable;
    }
    console.error(`lots: the server refuses this site; add "${location.origin}" to web.origins in its lots.toml`);
    return words.refused;
  }

  // A value that lasts as long as the tab; as long as the page, where the host refuses storage.
  function kept(name) {
    let value = null;
    const stored = (act) => {
      try {
        return act(sessionStorage);
      } catch {
        return null;
      }
    };
    return {
      get: () => value ?? stored((storage) => storage.getItem(name)),
      set(now) {
        value = now;
        stored((storage) => (now ? storage.setItem(name, now) : storage.removeItem(name)));
      },
    };
  }

  // An element. What is given by function is listened to, the rest is attributes.
  function make(tag, given, children = []) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value != null) element.setAttribute(name, value);
    }
    element.append(...[children].flat());
    return element;
  }

  function button(content, click, given = {}) {
    return make("button", { type: "button", click, ...given }, content);
  }

  // A link, where the address is of a kind that may be one; else its text.
  function link(address, text, given = {}) {
    const whole = address?.startsWith("/") ? server + address : address;
    const allowed = /^(https?:\/\/|mailto:|tel:)/i.test(whole ?? "");
    return allowed ? make("a", { href: whole, rel: "noopener", ...given }, text) : text;
  }

  function asked(words, text) {
    return make("p", { class: "asked" }, [make("span", { class: "hidden" }, `${words.you_said} `), text]);
  }

  function choices(label, all) {
    const list = make("ul", { "aria-label": label }, all.map(([text, click]) => make("li", {}, button(text, click))));
    return make("div", { class: "choices" }, label ? [make("p", { "aria-hidden": "true" }, label), list] : [list]);
  }

  function ways(all) {
    const way = (way) =>
      make("li", {}, [
        make("span", {}, `${way.label}: `),
        link(way.link, way.value),
        make("small", {}, way.note ? ` (${way.note})` : ""),
      ]);
    return make("ul", { class: "ways" }, all.map(way));
  }

  function cited({ name, url, year }, before) {
    return [before, link(url, name), year ? ` (${year})` : ""];
  }

  // The Markdown of the base: paragraphs, lists and links.
  function prose(text) {
    return text.split(/\n{2,}/).flatMap((paragraph) => {
      const parts = [];
      for (const line of paragraph.split("\n")) {
        const [, mark, rest] = /^\s*(?:(-|\d{1,3}\.)\s+)?(.*)$/.exec(line);
        const last = parts.at(-1);
        const tag = mark ? (mark === "-" ? "ul" : "ol") : "p";
        if (!mark && last) {
          // A line that goes on.
          (last.localName === "p" ? last : last.lastElementChild).append(" ", ...inline(rest));
          continue;
        }
        if (last?.localName !== tag) parts.push(make(tag, tag === "ol" ? { start: parseInt(mark, 10) } : {}));
        const part = parts.at(-1);
        if (mark) part.append(make("li", {}, inline(rest)));
        else part.append(...inline(rest));
      }
      return parts;
    });
  }

  function inline(text) {
    const parts = [];
    let end = 0;
    for (const found of text.matchAll(/\[([^\]]+)\]\(((?:[^()\s]|\([^()\s]*\))+)\)/g)) {
      parts.push(text.slice(end, found.index), link(found[2], found[1]));
      end = found.index + found[0].length;
    }
    return [...parts, text.slice(end)];
  }

  function sheet(css) {
    const made = new CSSStyleSheet();
    made.replaceSync(css);
    return made;
  }

  // The site's own colour, made darker for light paper and lighter for dark until what is written in it can be read.
  function colours(wished) {
    if (!wished) return "";
    const parts = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(wished)?.slice(1);
    if (!parts) {
      console.warn(`lots: data-colour must be written as #rrggbb, such as #0b5a62, not ${JSON.stringify(wished)}`);
      return "";
    }
    const colour = parts.map((part) => parseInt(part, 16));
    const light = readable(colour, [246, 243, 236], 0);
    const dark = readable(colour, [23, 37, 42], 255);
    return `:host { --lots-light: rgb(${light}); --lots-dark: rgb(${dark}); }`;
  }

  function readable(colour, paper, towards) {
    let mixed = colour;
    for (let share = 0; contrast(mixed, paper) < 4.6; share += 0.05) {
      mixed = colour.map((part) => Math.round(part + (towards - part) * share));
    }
    return mixed;
  }

  // As WCAG reckons it.
  function contrast(...both) {
    const [low, high] = both.map(luminance).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  function luminance(colour) {
    const linear = (part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    const [red, green, blue] = colour.map(linear);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function drawing(...lines) {
    const element = (tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);
    const svg = element("svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    for (const line of lines) {
      const path = element("path");
      path.setAttribute("d", line);
      svg.append(path);
    }
    return svg;
  }

  function lighthouse() {
    const tower = "M8.5 21l1.2-11h4.6l1.2 11M4 21h16M9.1 15.5h5.8";
    return drawing(tower, "M10.2 10V7h3.6v3M9.2 7L12 4l2.8 3", "M7 8L3 6.5M17 8l4-1.5");
  }

  function cross() {
    return drawing("M6 6l12 12M18 6L6 18");
  }

  function start() {
    const panel = document.querySelector("lots-panel") ?? document.createElement("lots-panel");
    if (!panel.isConnected) {
      Object.assign(panel.dataset, script.dataset);
      document.body.append(panel);
    }
    // A link that is marked so opens the panel in place of what it leads to.
    document.addEventListener("click", (event) => {
      const marked = event.target.closest?.("[data-lots-open]");
      if (!marked || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      panel.open(marked.dataset.lotsOpen);
    });
  }

  customElements.define("lots-panel", LotsPanel);
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})
