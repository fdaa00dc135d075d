// The panel on a site of someone else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { strictest, until, visit } from "./stage.mjs";

const KNOWN = "Vad är lovpeng?";
const ROUTED = "Hur får jag bygglov till en altan?";
const CRISIS = "Jag vill inte leva längre, ingen i Kvarnbacken bryr sig.";

export default function (stage) {
  // A page of the host: its markup, and the headers and the attributes that make it differ.
  function host(path, { root = 'lang="sv"', head = "", body = "", script = "", policy = "", lots = stage.provby } = {}) {
    const address = lots.url;
    stage.foreign.serve(path, {
      headers: { "content-security-policy": `${policy}; ${strictest(address)}` },
      body: `<!doctype html><html ${root}><head><meta charset="utf-8"><title>Provby IF</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">${head}
        <script src="${address}/widget.js" ${script} defer></script></head>
        <body><main><h1>Provby IF</h1><p>Välkommen till <a href="/om">klubben</a>.</p>${body}</main></body></html>`,
    });
    return stage.foreign.url + path;
  }

  // A host that is light or dark as the reader wishes.
  function bothSchemes() {
    const body = ":root { color-scheme: light dark } body { background: light-dark(white, black) }";
    stage.foreign.serve("/both.css", { type: "text/css", body });
    return { head: '<link rel="stylesheet" href="/both.css">', policy: "style-src 'self'" };
  }

  // A visit to a host, with the panel's parts at hand.
  async function onHost(path, given, options, act) {
    const address = host(path, given);
    const origins = [(given.lots ?? stage.provby).url, stage.foreign.url];
    await visit(stage.browser, { origins, ...options }, async (page, context) => {
      await page.goto(address);
      await act(new Panel(page), page, context);
    });
  }

  test("holds a whole conversation under the strictest policy of a host", () =>
    onHost("/strict", {}, {}, async (panel, page, context) => {
      await panel.open();
      // What is stored is told before anything is.
      assert.match(await panel.last(), /sparar jag frågan i 180 dagar/);
      assert.deepEqual(await stored(page), []);

      await panel.ask(KNOWN);
      await panel.answer("Lovpeng är pengar till föreningar");
      assert.equal((await stored(page)).length, 1);
      const source = panel.dialog.getByRole("link", { name: "Provby kommun, Regler för lovpeng" });
      assert.equal(await source.getAttribute("href"), "https://provby.example/lovpeng");
      const more = panel.dialog.getByRole("link", { name: "Läs hela texten: Lovpeng" });
      assert.match(await more.getAttribute("href"), /\/sv\/bidrag\/lovpeng$/);

      await panel.press("Krav");
      await panel.answer("Aktiviteten är gratis");
      await panel.press("Låna en lokal");
      await panel.answer("Kommunen lånar ut salar");

      await panel.ask(ROUTED);
      await panel.answer("Byggkontoret");
      const code = await panel.dialog.locator("code").last().textContent();
      assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{3}$/);
      await panel.press("Se om frågan har fått svar");
      await panel.answer(`Fråga ${code} är sparad`);

      await panel.press("Prata med en människa");
      await panel.answer("Kundcenter");

      await panel.press("Radera samtalet");
      await panel.press("Nej, behåll");
      await panel.press("Radera samtalet");
      await panel.press("Ja, radera");
      await panel.answer("raderades: 1");
      assert.doesNotMatch(await panel.log.textContent(), /Lovpeng är pengar/);
      assert.deepEqual(await stored(page), []);
      assert.deepEqual(await context.cookies(), [], "the panel sets no cookie");
    }));

  test("asks why an answer did not help", () =>
    onHost("/feedback", {}, {}, async (panel, page) => {
      await panel.open();
      await panel.ask(KNOWN);
      await panel.answer("Lovpeng är pengar");
      await panel.press("Nej");
      await panel.dialog.getByRole("radio", { name: "Det stämmer inte längre" }).check();
      await panel.dialog.getByRole("textbox", { name: "Berätta gärna mer" }).fill("Ring mig på 070-174 06 05 om beloppet");
      await panel.press("Skicka");
      await panel.answer("Tack för att du säger till");
      const code = (await panel.last()).match(/[0-9A-Z]{4}-[0-9A-Z]{3}/)[0];
      const shown = await stage.provby.command("questions", "show", code);
      assert.match(shown, /om beloppet/);
      assert.doesNotMatch(shown, /070-174/);
      assert.match(shown, /widget/, "the log tells where it was asked");
      await panel.ask("pengar till en konsert");
      await panel.answer("Scenpeng är pengar");
      await panel.press("Ja");
      await panel.answer("Vad bra, tack.");
      assert.equal(await focused(page), "textarea");
    }));

  test("is used by keyboard alone, and gives the focus back", () =>
    onHost("/keyboard", {}, {}, async (panel, page) => {
      assert.equal(await panel.button.getAttribute("aria-expanded"), "false");
      await tabTo(page, "button.opener");
      await page.keyboard.press("Enter");
      await until(async () => (await focused(page)) === "textarea");
      assert.equal(await panel.button.getAttribute("aria-expanded"), "true");
      assert.equal(await panel.dialog.getAttribute("role"), null, "a dialog element needs no role");
      assert.equal(await panel.dialog.evaluate((it) => it.matches(":modal")), false, "the host stays in use");

      await page.keyboard.type("Vad är");
      await page.keyboard.press("Shift+Enter");
      await page.keyboard.type("lovpeng?");
      await page.keyboard.press("Enter");
      await panel.answer("Lovpeng är pengar");
      assert.equal(await focused(page), "textarea", "one can write on");
      await page.keyboard.press("Enter");
      assert.equal(await panel.log.locator(".asked").count(), 1, "nothing is asked when nothing is written");

      // Backwards: from the field through the log to the way out.
      await page.keyboard.press("Shift+Tab");
      assert.match(await focused(page), /^(log|button)/);
      await page.keyboard.press("Escape");
      assert.equal(await panel.dialog.isVisible(), false);
      assert.equal(await focused(page), "button.opener");

      // From a link of the host, the focus comes back to that.
      await page.evaluate(() => {
        document.querySelector("a").focus();
        document.querySelector("lots-panel").open();
      });
      await until(async () => (await focused(page)) === "textarea");
      await page.keyboard.press("Escape");
      assert.equal(await page.evaluate(() => document.activeElement.localName), "a");
    }));

  test("goes on where it was on the next page of the host", () =>
    onHost("/first", {}, {}, async (panel, page) => {
      await panel.open();
      await panel.ask(KNOWN);
      await panel.answer("Lovpeng är pengar");
      await page.goto(host("/second"));
      await panel.open();
      assert.match(await panel.last(), /Hej igen/);
      await panel.ask("När då?");
      await panel.answer("senast 31 mars");
    }));

  test("keeps the conversation on the page when the host refuses storage", () =>
    onHost("/refused-storage", {}, {}, async (panel, page) => {
      await page.addInitScript(() =>
        Object.defineProperty(window, "sessionStorage", {
          get() {
            throw new DOMException("no", "SecurityError");
          },
        }),
      );
      await page.reload();
      await panel.open();
      await panel.ask(KNOWN);
      await panel.answer("Lovpeng är pengar");
      await panel.ask("När då?");
      await panel.answer("senast 31 mars");
    }));

  test("shows someone in need a number first, and nothing beside it", () =>
    onHost("/crisis", {}, {}, async (panel, page) => {
      await panel.open();
      await panel.ask(CRISIS);
      await panel.answer("112");
      const card = panel.log.locator(".crisis");
      const first = await card.locator("a, h3").first().evaluate((it) => [it.href, it.getBoundingClientRect().height >= 44]);
      assert.deepEqual(first, ["tel:112", true]);
      assert.equal(await card.getByRole("button").count(), 0);
      assert.equal(await panel.log.getByText("Hjälpte svaret?").count(), 0);
      await accessible(page, "a cry for help");
    }));

  test("fills a small screen, and nothing behind it can be reached", () =>
    onHost("/phone", {}, { viewport: { width: 320, height: 640 }, hasTouch: true }, async (panel, page) => {
      await panel.open();
      const box = await panel.dialog.boundingBox();
      assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 320, 640]);
      assert.equal(await panel.dialog.evaluate((it) => it.matches(":modal")), true);
      await panel.ask(KNOWN);
      await panel.answer("Lovpeng är pengar");
      await noSidewaysScrolling(page);
      await smallTargets(panel);
      // 400 % on a low screen: everything can still be scrolled to.
      await page.setViewportSize({ width: 320, height: 256 });
      await panel.dialog.getByRole("button", { name: "Prata med en människa" }).scrollIntoViewIfNeeded();
      await noSidewaysScrolling(page);
      await page.setViewportSize({ width: 1280, height: 800 });
      await until(() => panel.dialog.evaluate((it) => it.open && !it.matches(":modal")));
      await panel.close();
    }));

  test("looks the same whatever style the host has, and leaves the host's alone", () => {
    const style = `* { all: unset !important; font-size: 40px !important; color: red !important; }
      lots-panel, button { display: none !important; } html { font-size: 4px; } body { transform: none; letter-spacing: 2em; }`;
    stage.foreign.serve("/hostile.css", { type: "text/css", body: style });
    const head = '<link rel="stylesheet" href="/hostile.css">';
    return onHost("/hostile", { head, policy: "style-src 'self'" }, {}, async (panel, page) => {
      await panel.open();
      const look = await panel.field.evaluate((it) => {
        const { fontSize, color, letterSpacing } = getComputedStyle(it);
        return { fontSize, color, letterSpacing };
      });
      assert.deepEqual(look, { fontSize: "16px", color: "rgb(23, 40, 45)", letterSpacing: "normal" });
      assert.equal(await page.locator("h1").evaluate((it) => getComputedStyle(it).fontSize), "40px");
    });
  });

  test("stands where and as the host asks, in a colour that can be read", () =>
    onHost(
      "/asked",
      {
        root: 'lang="ar" dir="rtl"',
        script: 'data-lang="en" data-position="left" data-colour="#ffee00" data-title="Ask the club"',
        ...bothSchemes(),
      },
      {},
      async (panel, page) => {
        await panel.open("Ask lots");
        assert.ok((await panel.dialog.boundingBox()).x < 100, "it stands to the left");
        assert.equal(await panel.dialog.getByRole("heading", { level: 2 }).textContent(), "Ask the club");
        assert.equal(await panel.field.evaluate((it) => getComputedStyle(it).direction), "ltr");
        await panel.ask("What is the holiday grant?", "Ask");
        await panel.answer("Holiday grant");
        await accessible(page, "a colour of the host's own");
      },
    ));

  test("says to the webmaster that a colour cannot be used", () =>
    onHost("/no-colour", { script: 'data-colour="gul"' }, { expected: [/data-colour must be written as #rrggbb/] }, async (panel) => {
      await panel.open();
    }));

  test("opens from a link of the host, with a question", () =>
    onHost(
      "/link",
      { body: `<a href="${stage.provby.url}/sv/" data-lots-open="${KNOWN}">Vad är lovpeng?</a>` },
      {},
      async (panel, page) => {
        await page.getByRole("link", { name: "Vad är lovpeng?" }).click();
        await panel.answer("Lovpeng är pengar");
        await page.keyboard.press("Escape");
        assert.equal(await page.evaluate(() => document.activeElement.textContent), KNOWN);
      },
    ));

  test("shows what was written as text, whatever it is", () =>
    onHost("/injected", {}, {}, async (panel) => {
      const written = `<img src=x onerror=alert(1)> [klicka](javascript:alert(1)) "'><script>alert(1)</script>`;
      await panel.open();
      await panel.ask(written);
      await panel.answer("");
      assert.ok((await panel.log.locator(".asked").last().textContent()).endsWith(written));
      assert.equal(await panel.log.locator("img, script, a[href^='javascript']").count(), 0);
    }));

  test("tells how much can be written, near the end of it", () =>
    onHost("/long", {}, {}, async (panel) => {
      await panel.open();
      await panel.field.fill("a".repeat(1_900));
      assert.match(await panel.dialog.textContent(), /100 tecken kvar/);
      await panel.field.fill("a".repeat(1_000));
      assert.doesNotMatch(await panel.dialog.textContent(), /tecken kvar/);
    }));

  test("leads to the page when the server refuses the host, and tells the webmaster the mend", async () => {
    host("/strict");
    const messages = [];
    const expected = [/CORS policy/, /ERR_FAILED/, /add "http.*" to web.origins/];
    const options = { origins: [stage.provby.url, stage.foreign.other], expected };
    await visit(stage.browser, options, async (page) => {
      page.on("console", (message) => messages.push(message.text()));
      await page.goto(`${stage.foreign.other}/strict`);
      const panel = new Panel(page);
      await panel.open();
      await panel.ask(KNOWN);
      await panel.answer("Härifrån når jag inte fram");
      const link = panel.log.getByRole("link", { name: "Öppna på en egen sida" }).last();
      assert.equal(await link.getAttribute("href"), `${stage.provby.url}/sv/`);
      assert.ok(messages.some((text) => text.includes(`add "${stage.foreign.other}" to web.origins`)), messages.join("\n"));
    });
  });

  test("leads to the page when the host's own policy stops it", () => {
    return onHost("/closed", { policy: "connect-src 'none'" }, { expected: [/Content.Security.Policy/i, /Failed to fetch/] }, async (panel, page) => {
      const messages = [];
      page.on("console", (message) => messages.push(message.text()));
      await panel.open();
      await panel.ask(KNOWN);
      await panel.answer("Härifrån når jag inte fram");
      assert.ok(messages.some((text) => text.includes(`add ${stage.provby.url} to connect-src`)), messages.join("\n"));
    });
  });

  test("says that the device is offline, and asks again on demand", () =>
    onHost("/offline", {}, { expected: [/ERR_INTERNET_DISCONNECTED/] }, async (panel, page, context) => {
      await panel.open();
      await context.setOffline(true);
      await panel.ask(KNOWN);
      await panel.answer("någon kontakt med internet");
      await accessible(page, "offline");
      await context.setOffline(false);
      await panel.press("Försök igen");
      await panel.answer("Lovpeng är pengar");
      assert.equal(await panel.log.locator(".asked").count(), 1, "the question stands there once");
    }));

  test("says that the server is away, and goes on when it is back", () =>
    onHost("/away", { lots: stage.frail }, { expected: [/ERR_CONNECTION_REFUSED/] }, async (panel) => {
      await panel.open();
      await panel.ask(KNOWN);
      await panel.answer("Lovpeng är pengar");
      await stage.frail.stop();
      try {
        await panel.ask("När då?");
        await panel.answer("Jag går inte att nå just nu");
      } finally {
        await stage.frail.start();
      }
      await panel.press("Försök igen");
      await panel.answer("senast 31 mars");
    }));

  test("says how long to wait after too many questions", async () => {
    stage.foreign.serve("/often", {
      headers: { "content-security-policy": strictest(stage.slow.url) },
      body: `<!doctype html><html lang="sv"><title>Provby IF</title><body>
        <script src="${stage.slow.url}/widget.js"></script></body></html>`,
    });
    const options = { origins: [stage.slow.url, stage.foreign.url], expected: [/429/] };
    await visit(stage.browser, options, async (page) => {
      await page.goto(`${stage.foreign.url}/often`);
      const panel = new Panel(page);
      await panel.open();
      await until(async () => {
        await panel.ask(KNOWN);
        await panel.settled();
        return /\d+ sekunder/.test(await panel.last());
      });
      // Whoever is in need is never turned away.
      await panel.ask(CRISIS);
      await panel.answer("112");
    });
  });

  test("is accessible in every state", () =>
    onHost("/states", bothSchemes(), {}, async (panel, page) => {
      await accessible(page, "closed");
      await panel.open();
      await accessible(page, "open");
      await panel.ask(ROUTED);
      await panel.answer("Byggkontoret");
      await panel.press("Radera samtalet");
      await accessible(page, "a receipt, and whether to erase");
      await panel.ask("Vilka bidrag finns det?");
      await panel.answer("Scenpeng");
      await accessible(page, "choices");
      await panel.ask(KNOWN);
      await panel.answer("Lovpeng är pengar");
      await accessible(page, "an answer");
      await panel.press("Nej");
      await accessible(page, "why not");
      await textCanBeSpaced(panel);
    }));

  test("keeps to what the reader has asked of the screen", () =>
    onHost("/asked-of-screen", {}, { forcedColors: "active", reducedMotion: "reduce" }, async (panel, page) => {
      const edge = await panel.button.evaluate((it) => getComputedStyle(it).borderTopStyle);
      assert.equal(edge, "solid", "a button has an edge where backgrounds are taken away");
      await panel.open();
      assert.equal(await panel.log.evaluate((it) => getComputedStyle(it).scrollBehavior), "auto");
      await page.emulateMedia({ media: "print" });
      assert.equal(await panel.button.isVisible(), false, "it is no part of a printed page");
    }));

  test("is shown at work on a page of our own, with the line to paste", () =>
    visit(stage.browser, { origins: [stage.provby.url] }, async (page) => {
      await page.goto(`${stage.provby.url}/widget`);
      assert.match(await page.locator("main").textContent(), new RegExp(`<script src="${stage.provby.url}/widget.js"`));
      await accessible(page);
      const panel = new Panel(page);
      await panel.open();
      await panel.ask(KNOWN);
      await panel.answer("Lovpeng är pengar");
      await accessible(page);
    }));
}

// The panel, as a resident meets it.
class Panel {
  constructor(page) {
    this.button = page.locator("lots-panel .opener");
    this.dialog = page.locator("lots-panel dialog");
    this.log = page.locator("lots-panel [role=log]");
    this.field = page.locator("lots-panel textarea");
  }

  async open() {
    await this.button.click();
    await this.field.waitFor();
  }

  async close() {
    await this.dialog.locator(".close").click();
    await this.dialog.waitFor({ state: "hidden" });
  }

  async ask(text, send = "Fråga") {
    await this.field.fill(text);
    await this.dialog.getByRole("button", { name: send, exact: true }).click();
  }

  // The newest button of that name.
  press(name) {
    return this.dialog.getByRole("button", { name, exact: true }).last().click();
  }

  // Waits until nothing is being fetched, and holds the last answer to saying something.
  async answer(part) {
    await this.settled();
    const last = await this.last();
    assert.ok(last.includes(part), `${JSON.stringify(part)} is not said: ${last}`);
  }

  settled() {
    return this.dialog.and(this.dialog.page().locator(":not(.busy)")).waitFor();
  }

  last() {
    return this.log.locator(".answer").last().textContent();
  }
}

// Everything that the host's origin has stored.
function stored(page) {
  return page.evaluate(() => {
    const cookies = document.cookie.split(";").filter(Boolean);
    return [...Object.keys(sessionStorage), ...Object.keys(localStorage), ...cookies];
  });
}

// What has the focus, inside the panel when it is there.
function focused(page) {
  return page.evaluate(() => {
    const active = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    return [active.getAttribute("role") ?? active.localName, ...active.classList].join(".").replace(/^log\.log$/, "log");
  });
}

async function tabTo(page, wanted) {
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === wanted) return;
  }
  assert.fail(`${wanted} cannot be reached by Tab`);
}

async function noSidewaysScrolling(page) {
  const wide = await page.evaluate(() => {
    const inside = document.querySelector("lots-panel").shadowRoot.querySelectorAll("*:not(.hidden)");
    const scrolls = (it) => it.scrollWidth > it.clientWidth + 1 && !["inline", "none"].includes(getComputedStyle(it).display);
    return [document.documentElement, ...inside].filter(scrolls).map((it) => it.outerHTML.slice(0, 80));
  });
  assert.deepEqual(wide, []);
}

// Buttons, and links that stand alone, can be hit with a thumb.
async function smallTargets(panel) {
  for (const target of await panel.dialog.locator("button:visible, .ways a:visible").all()) {
    const { width, height } = await target.boundingBox();
    assert.ok(width >= 44 && height >= 43.9, `${await target.textContent()} is ${width} × ${height}`);
  }
}

// The spacing of WCAG 1.4.12 cuts nothing off.
async function textCanBeSpaced(panel) {
  await panel.dialog.evaluate((dialog) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-bottom: 2em !important }`);
    dialog.getRootNode().adoptedStyleSheets.push(sheet);
  });
  const cut = await panel.dialog.evaluate((dialog) =>
    [...dialog.querySelectorAll("button, a, h2, label, p:not(.hidden)")]
      .filter((it) => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== "inline")
      .map((it) => it.textContent),
  );
  assert.deepEqual(cut, []);
}
