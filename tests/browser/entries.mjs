// The pages of the entries, and finding them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { visit } from "./stage.mjs";

export default function (stage) {
  for (const javaScriptEnabled of [true, false]) {
    describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
      const reading = (path, act) =>
        visit(stage.browser, { origins: [stage.provby.url], javaScriptEnabled }, async (page) => {
          await page.goto(stage.provby.url + path);
          await act(page);
        });

      test("an entry is found from the front page, read, and asked about", () =>
        reading("/sv/", async (page) => {
          await page.getByRole("link", { name: "Allt att läsa" }).click();
          await page.waitForURL(/\/sv\/lista$/);
          await page.getByRole("searchbox").fill("lovpengg");
          await page.keyboard.press("Enter");
          await page.waitForURL(/\?q=lovpengg/);
          await page.getByRole("main").getByRole("link", { name: /^Lovpeng/ }).first().click();
          await page.waitForURL(/\/sv\/bidrag\/lovpeng$/);
          assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Lovpeng");
          for (const part of ["Lovpeng är pengar", "Aktiviteten är gratis", "15 000 kr", "08-465 004 00", "2 november 2026"]) {
            assert.ok((await page.getByRole("main").textContent()).includes(part), part);
          }
          await page.getByRole("main").locator('a[href*="about=grants/lovpeng"]').first().click();
          await page.locator("#text").fill("När då?");
          await page.getByRole("button", { name: "Fråga", exact: true }).click();
          await page.getByRole("log").getByText("senast 31 mars").waitFor();
        }));

      test("an entry is read in the other language, and from entry to entry", () =>
        reading("/sv/bidrag/lovpeng", async (page) => {
          await page.getByRole("link", { name: "English" }).click();
          await page.waitForURL(/\/en\/grants\/lovpeng$/);
          assert.match(await page.getByRole("heading", { level: 1 }).textContent(), /Holiday grant/);
          await page.getByRole("link", { name: "Borrow premises" }).first().click();
          await page.waitForURL(/\/en\/guides\/lana-lokal$/);
          await page.getByRole("navigation").getByRole("link").first().waitFor();
        }));

      test("what is not found leads to the conversation, with the words filled in", () =>
        reading("/sv/lista?q=rymdraketer", async (page) => {
          await page.getByRole("main").locator('a[href*="q=rymdraketer"]').first().click();
          await page.waitForURL(/\/sv\/\?q=rymdraketer/);
          assert.equal(await page.locator("#text").inputValue(), "rymdraketer");
        }));
    });
  }

  test("an entry with data for search engines breaks no policy", () =>
    visit(stage.browser, { origins: [stage.provby.url] }, async (page) => {
      await page.goto(`${stage.provby.url}/sv/bidrag/lovpeng`);
      const data = await page.locator('script[type="application/ld+json"]').allTextContents();
      assert.ok(data.length > 0);
      data.forEach((text) => JSON.parse(text));
    }));
}
