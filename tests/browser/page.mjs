// The conversation on our own page: whole without JavaScript, better with it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accessible } from "./axe.mjs";
import { until, visit } from "./stage.mjs";

const KNOWN = "Vad är lovpeng?";
const ROUTED = "Hur får jag bygglov till en altan?";
const CRISIS = "Jag vill inte leva längre, ingen i Kvarnbacken bryr sig.";
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{3}/;

export default function (stage) {
  for (const javaScriptEnabled of [true, false]) {
    describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
      const onPage = (path, act, options = {}) =>
        visit(stage.browser, { origins: [stage.provby.url], javaScriptEnabled, ...options }, async (page, context) => {
          await page.goto(stage.provby.url + path);
          await act(new Talk(page), page, context);
        });

      test("a question is answered, and can be asked on about", () =>
        onPage("/sv/", async (talk, page, context) => {
          assert.deepEqual(await context.cookies(), [], "no cookie before the first message");
          await talk.ask(KNOWN);
          await talk.answered(1, "Lovpeng är pengar till föreningar", "sparar jag frågan i 180 dagar");
          const [cookie, ...more] = await context.cookies();
          assert.deepEqual(more, []);
          assert.deepEqual(
            [cookie.httpOnly, cookie.sameSite, cookie.expires, cookie.path],
            [true, "Lax", -1, "/"],
            "one cookie, until the browser is closed",
          );
          assert.equal(await talk.log.getAttribute("aria-live"), "polite");
          const source = talk.last().getByRole("link", { name: "Provby kommun, Regler för lovpeng" });
          assert.equal(await source.getAttribute("href"), "https://provby.example/lovpeng");
          assert.equal(await talk.last().locator('a[href="tel:0846500400"]').count(), 1);

          await talk.press("Krav");
          await talk.answered(2, "Aktiviteten är gratis");
          await talk.ask("När då?");
          await talk.answered(3, "senast 31 mars");
          await page.reload();
          await talk.answered(3, "senast 31 mars");
        }));

      test("what is meant can be chosen", () =>
        onPage("/sv/", async (talk) => {
          await talk.ask("Vilka bidrag finns det?");
          await talk.answered(1, "Menar du något av det här?");
          await talk.press("Scenpeng");
          await talk.answered(2, "Scenpeng är pengar");
        }));

      test("it can be said that an answer helped", () =>
        onPage("/sv/", async (talk) => {
          await talk.ask(KNOWN);
          await talk.answered(1, "Hjälpte svaret?");
          await talk.press("Ja");
          await talk.answered(1, "Vad bra, tack.");
        }));

      test("it can be said why an answer did not help, and staff read it masked", () =>
        onPage("/sv/", async (talk) => {
          await talk.ask(KNOWN);
          await talk.answered(1, "Hjälpte svaret?");
          await talk.last().locator("summary").click();
          await talk.last().getByRole("radio", { name: "Det stämmer inte längre" }).check();
          await talk.last().getByRole("textbox").fill("Ring mig på 070-174 06 05 om beloppet");
          await talk.press("Skicka");
          await talk.answered(1, "Tack för att du säger till");
          const [code] = CODE.exec(await talk.last().textContent());
          const shown = await stage.provby.command("questions", "show", code);
          assert.match(shown, /om beloppet/);
          assert.doesNotMatch(shown, /070-174/);
        }));

      test("a question without an answer gets a receipt, which has a page of its own", () =>
        onPage("/sv/", async (talk, page) => {
          await talk.ask(ROUTED);
          await talk.answered(1, "Byggkontoret");
          const [code] = CODE.exec(await talk.last().textContent());
          await talk.last().getByRole("link", { name: "Se om frågan har fått svar" }).click();
          await page.waitForURL(/\/sv\/kvitto/);
          assert.match(await page.locator("main").textContent(), new RegExp(`Fråga ${code} är sparad`));

          await page.getByRole("textbox").fill("hej");
          await page.getByRole("button", { name: "Visa" }).click();
          await page.getByText("är ingen kvittokod").waitFor();
          assert.equal(await page.getByRole("textbox").inputValue(), "hej", "what was written stands there");
        }, { expected: [/400/] }));

      test("a person, and what else there is, is in sight from everywhere", () =>
        onPage("/sv/", async (talk, page) => {
          await page.getByRole("link", { name: "Prata med en människa" }).click();
          await page.waitForURL(/\/sv\/manniska$/);
          assert.equal(await page.locator('a[href="tel:0846500400"]').first().isVisible(), true);
          await page.getByRole("link", { name: "English" }).click();
          await page.waitForURL(/\/en\/human$/);
          assert.equal(await page.locator("html").getAttribute("lang"), "en");
          await page.getByRole("banner").getByRole("link").first().click();
          await page.waitForURL(/\/en\/$/);
          await talk.ask("What is the holiday grant?", "Ask");
          await talk.answered(1, "Holiday grant");
        }));

      test("there is something to begin with, and something else for the young", () =>
        onPage("/sv/", async (talk, page) => {
          const first = "Vilka bidrag kan vår förening söka?";
          assert.equal(await page.getByRole("button", { name: first }).isVisible(), true);
          await page.getByRole("link", { name: "Jag är ung" }).click();
          await page.waitForURL(/\?ung/);
          const young = "Kan vi få pengar till något som vi vill ordna?";
          await page.getByRole("button", { name: young }).click();
          await talk.answered(1, young);
        }));

      test("someone in need sees a number first, and nothing beside it", () =>
        onPage("/sv/", async (talk, page, context) => {
          await talk.ask(CRISIS);
          await talk.answered(1, "112");
          const card = talk.last().locator(".crisis");
          const first = await card.locator("a, h1, h2, h3, p").first().evaluate((it) => it.getAttribute("href"));
          assert.equal(first, "tel:112");
          assert.equal(await talk.last().getByRole("button").count(), 0);
          assert.doesNotMatch(await talk.last().textContent(), /Hjälpte svaret/);
          await page.reload();
          assert.doesNotMatch(await page.content(), /Kvarnbacken/, "what was written is kept nowhere");
        }));

      test("what is too long is not taken, and not lost", () =>
        onPage(
          "/sv/",
          async (talk) => {
            const long = "Vad är lovpeng? ".repeat(140).trim();
            await talk.ask(long);
            await talk.page.getByText("Det blev för långt").waitFor();
            assert.equal((await talk.field.inputValue()).trim(), long);
            assert.equal(await talk.field.getAttribute("aria-invalid"), "true");
          },
          { expected: [/413/] },
        ));

      test("the conversation can be erased, and so can what was saved of it", () =>
        onPage("/sv/", async (talk, page, context) => {
          // A busy machine may not save a question in time, and says so; then it is asked once more.
          let code = null;
          for (let turn = 1; !code && turn <= 3; turn++) {
            await talk.ask(ROUTED);
            await talk.answered(turn, "Byggkontoret");
            code = CODE.exec(await talk.last().textContent())?.[0];
          }
          assert.ok(code, "three questions in a row were not saved");
          await page.getByText("Radera samtalet", { exact: true }).click();
          await page.getByRole("button", { name: "Ja, radera" }).click();
          await page.getByText(/raderades: [1-3]/).waitFor();
          assert.deepEqual(await context.cookies(), []);
          await page.goto(`${stage.provby.url}/sv/kvitto?code=${code}`);
          await page.getByText(`Jag hittar inget med koden ${code}`).waitFor();
        }));

      test("everything can be done by keyboard", () =>
        onPage("/sv/", async (talk, page) => {
          await page.keyboard.press("Tab");
          assert.equal(await talk.focused(), "Hoppa till innehållet");
          await page.keyboard.press("Enter");
          await talk.tabTo("text");
          await page.keyboard.type(KNOWN);
          await page.keyboard.press("Tab");
          await page.keyboard.press("Enter");
          await talk.answered(1, "Lovpeng är pengar");
          await talk.last().getByRole("button", { name: "Krav", exact: true }).focus();
          await page.keyboard.press("Enter");
          await talk.answered(2, "Aktiviteten är gratis");
          // From the answer on, everything comes in the order it is seen.
          await talk.tabTo("text");
        }));

      test("what was written is shown as text, whatever it is", () =>
        onPage("/sv/", async (talk, page) => {
          const written = `<img src=x onerror=alert(1)> [klicka](javascript:alert(1)) "'><script>alert(1)</script>`;
          await talk.ask(written);
          await talk.answered(1, written);
          assert.equal(await talk.log.locator("img, script, a[href^='javascript']").count(), 0);
          await page.goto(`${stage.provby.url}/sv/?q=${encodeURIComponent(`</textarea>${written}`)}`);
          assert.equal(await talk.field.inputValue(), `</textarea>${written}`);
        }));

      test("a page that is not there leads on, in the language of its address", () =>
        onPage(
          "/en/no-such-page",
          async (talk, page) => {
            assert.equal(await page.locator("html").getAttribute("lang"), "en");
            await page.getByRole("main").getByRole("link").first().waitFor();
            await accessible(page);
          },
          { expected: [/404/], javaScriptEnabled: true },
        ));
    });
  }

  const scripted = (path, { lots = stage.provby, ...options }, act) =>
    visit(stage.browser, { origins: [lots.url], ...options }, async (page, context) => {
      await page.goto(lots.url + path);
      await act(new Talk(page), page, context);
    });

  test("Enter sends, Shift and Enter breaks the line, and one goes on writing", () =>
    scripted("/sv/", {}, async (talk, page) => {
      await talk.field.focus();
      await page.keyboard.press("Enter");
      await page.keyboard.type("Vad är");
      await page.keyboard.press("Shift+Enter");
      await page.keyboard.type("lovpeng?");
      // A screen reader hears what is added to the log, which has to be the same log all along.
      await talk.log.evaluate((log) => {
        log.heard = [];
        const hear = ({ addedNodes }) => addedNodes.forEach((node) => log.heard.push(node.textContent));
        new MutationObserver((all) => all.forEach(hear)).observe(log, { childList: true });
      });
      await page.keyboard.press("Enter");
      await talk.answered(1, "Lovpeng är pengar");
      assert.match(await talk.log.evaluate((log) => log.heard.join("")), /Lovpeng är pengar/);
      assert.equal(await talk.focused(), "text");
      assert.equal(await talk.field.inputValue(), "");
      await talk.press("Krav");
      await talk.answered(2, "Aktiviteten är gratis");
      assert.equal(await talk.focused(), "turn-2", "whoever pressed a button goes to the answer");
    }));

  test("a lost connection is told in words, and what was written stands there", () =>
    scripted("/sv/", { expected: [/ERR_INTERNET_DISCONNECTED/] }, async (talk, page, context) => {
      await context.setOffline(true);
      await talk.ask(KNOWN);
      await page.getByRole("alert").getByText("Din text står kvar").waitFor();
      assert.equal(await talk.field.inputValue(), KNOWN);
      await accessible(page, "offline");
      await context.setOffline(false);
      await page.keyboard.press("Enter");
      await talk.answered(1, "Lovpeng är pengar");
      assert.equal(await page.getByRole("alert").textContent(), "");
    }));

  test("the conversation goes on after the program has been started anew", () =>
    scripted("/sv/", { lots: stage.frail }, async (talk) => {
      await talk.ask(KNOWN);
      await talk.answered(1, "Lovpeng är pengar");
      await stage.frail.stop();
      await stage.frail.start();
      await talk.ask("När då?");
      await until(async () => (await talk.log.textContent()).includes("senast 31 mars"));
    }));

  test("how much can be written is told near the end of it", () =>
    scripted("/sv/", {}, async (talk, page) => {
      await talk.field.fill("a".repeat(1_900));
      await page.getByText("100 tecken kvar").waitFor();
      await talk.field.fill("a".repeat(2_010));
      await page.getByText("10 tecken för mycket").waitFor();
    }));

  test("nothing is sent from another site", () =>
    visit(stage.browser, { origins: [stage.provby.url, stage.foreign.url], expected: [/403/] }, async (page, context) => {
      const action = `${stage.provby.url}/sv/ask`;
      stage.foreign.serve("/forged", {
        body: `<!doctype html><title>x</title><form method="post" action="${action}">
          <input name="text" value="${KNOWN}"><button>Vinn</button></form>`,
      });
      await page.goto(`${stage.foreign.url}/forged`);
      await page.getByRole("button").click();
      await page.getByText("från en annan webbplats").waitFor();
      assert.equal(await page.locator("#text").inputValue(), KNOWN, "what was written stands there");
      assert.deepEqual(await context.cookies(), []);
      await accessible(page, "a refused form");
    }));
}

// The conversation, as a resident meets it.
class Talk {
  constructor(page) {
    this.page = page;
    this.log = page.getByRole("log");
    this.field = page.locator("#text");
  }

  async ask(text, send = "Fråga") {
    await this.field.fill(text);
    await this.page.getByRole("button", { name: send, exact: true }).click();
  }

  press(name) {
    return this.last().getByRole("button", { name, exact: true }).click();
  }

  last() {
    return this.log.locator(".turn").last();
  }

  // Waits until the last of so many turns says all that it is to say.
  async answered(turns, ...parts) {
    let text = "";
    const isSo = async () => {
      if ((await this.log.locator(".turn").count()) !== turns) return false;
      text = await this.last().textContent().catch(() => "");
      return parts.every((part) => text.includes(part));
    };
    await until(isSo, () => `${JSON.stringify(parts)} is not said as answer ${turns}: ${text}`);
  }

  // The id of what has the focus, or its text.
  focused() {
    return this.page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
  }

  async tabTo(wanted) {
    for (let i = 0; i < 60; i++) {
      await this.page.keyboard.press("Tab");
      if ((await this.focused()) === wanted) return;
    }
    assert.fail(`${wanted} cannot be reached by Tab`);
  }
}
