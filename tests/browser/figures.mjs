// The figures of an invented month as staff see them, and the open data that everyone does: accessible at both sizes and in
// both colour schemes, with drawings that fit, and with files to take along.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible } from "./axe.mjs";
import { Lots, PROVBY, visit } from "./stage.mjs";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

export default function (stage) {
  let lots;
  let password;
  before(async () => {
    lots = await Lots.open(PROVBY, { open_data: true });
    [, password] = (await lots.command("demo")).match(/name redaktor +password (\S+)/);
  });
  after(() => lots?.close());

  async function signIn(page) {
    await page.goto(`${lots.url}/sv/konsol`);
    await page.getByLabel("Användarnamn").fill("redaktor");
    await page.getByLabel("Lösenord").fill(password);
    await page.getByRole("button", { name: "Logga in" }).click();
    await page.waitForURL(/\/queue/);
  }

  for (const viewport of SIZES) {
    test(`the figures can be read at ${viewport.width} pixels`, () =>
      visit(stage.browser, { origins: [lots.url], viewport }, async (page) => {
        await signIn(page);
        for (const query of ["", "?from=2020-01-01&to=2020-02-01&channel=api"]) {
          await page.goto(`${lots.url}/sv/konsol/figures${query}`);
          await looked(page, `figures${query && " of nothing"}`);
        }
        await page.goto(`${lots.url}/sv/konsol/figures`);
        for (const days of [7, 90, 365, 30]) {
          await page.getByRole("link", { name: `${days} dagar`, exact: true }).click();
          await page.locator('.choose a[aria-current="true"]', { hasText: `${days} dagar` }).waitFor();
        }
        // One of the two drawings is seen, and as wide as there is room for.
        const asked = page.getByRole("img", { name: /^Frågor per dag/ });
        assert.equal(await asked.count(), 1);
        const box = await asked.boundingBox();
        assert.ok(box.width > Math.min(300, viewport.width - 100), `the drawing is ${box.width} pixels wide`);
        const letters = await asked.locator("text").first().evaluate((it) => it.getBoundingClientRect().height);
        assert.ok(letters >= 11, `letters are ${letters} pixels high`);
        await page.getByText("Visa siffrorna").first().click();
        await page.getByRole("region", { name: "Frågor per dag" }).waitFor();
        await looked(page, "the figures in tables");
        await page.getByLabel("Kanal", { exact: true }).selectOption("discord");
        await page.getByRole("button", { name: "Visa", exact: true }).click();
        await page.waitForURL(/channel=discord/);
      }));
  }

  test("figures and questions can be taken along without JavaScript", () =>
    visit(stage.browser, { origins: [lots.url], javaScriptEnabled: false }, async (page) => {
      await signIn(page);
      await page.goto(`${lots.url}/sv/konsol/figures`);
      const figures = await taken(page, /^Excel ?: Siffrorna/);
      assert.match(figures.name, /^lots-figures-.*\.csv$/);
      assert.ok(figures.text.startsWith("\ufefffigure;from;to;by;key;name;value"), figures.text.slice(0, 80));
      const questions = await taken(page, /^JSON ?: Frågorna/);
      const all = JSON.parse(questions.text);
      assert.ok(all.length > 10 && all.every((it) => it.wording && !("receipt" in it)));
    }));

  async function taken(page, name) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  }

  for (const viewport of SIZES) {
    test(`the open data can be read at ${viewport.width} pixels`, () =>
      visit(stage.browser, { origins: [lots.url], viewport }, async (page) => {
        await page.goto(`${lots.url}/sv/`);
        await page.getByRole("link", { name: "Öppna data" }).click();
        await page.getByRole("heading", { name: "Så är siffrorna gjorda" }).waitFor();
        await looked(page, "the open data");
        await page.getByRole("link", { name: "English" }).click();
        await page.getByRole("heading", { name: "How the figures are made" }).waitFor();
        await looked(page, "the open data in English");
      }));
  }

  // Accessible, and no wider than the screen.
  async function looked(page, what) {
    await accessible(page, what);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
    if (!process.env.LOTS_PICTURES) return;
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const name = `${what.replace(/\W+/g, "-")}-${page.viewportSize().width}-${colorScheme}.png`;
      await page.screenshot({ path: join(process.env.LOTS_PICTURES, name), fullPage: true });
    }
    await page.emulateMedia({ colorScheme: null });
  }
}
