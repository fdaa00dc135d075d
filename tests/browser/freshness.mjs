// What is to be gone through: an editor reads an entry, says that it holds, and a resident sees the new date.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible } from "./axe.mjs";
import { Lots, PROVBY, visit } from "./stage.mjs";

const PASSWORD = "fyra ord som jag minns";
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

export default function (stage) {
  let lots;
  before(async () => {
    lots = await Lots.open(PROVBY);
    const folder = await mkdtemp(join(tmpdir(), "lots-password-"));
    const file = join(folder, "password");
    await writeFile(file, PASSWORD);
    await lots.command("staff", "add", "eva", "--role", "editor", "--password-file", file);
    await rm(folder, { recursive: true });
  });
  after(() => lots?.close());

  async function signIn(page) {
    await page.goto(`${lots.url}/sv/konsol/freshness`);
    await page.getByLabel("Användarnamn").fill("eva");
    await page.getByLabel("Lösenord").fill(PASSWORD);
    await page.getByRole("button", { name: "Logga in" }).click();
    await page.getByRole("heading", { name: "Färskhet", level: 1 }).waitFor();
  }

  async function looksRight(page, what) {
    await accessible(page, what);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
    if (process.env.LOTS_PICTURES) {
      const name = `freshness-${what}-${page.viewportSize().width}.png`;
      await page.screenshot({ path: join(process.env.LOTS_PICTURES, name), fullPage: true });
    }
  }

  for (const viewport of SIZES) {
    test(`it is accessible and fits ${viewport.width} pixels`, () =>
      visit(stage.browser, { origins: [lots.url], viewport }, async (page) => {
        await page.goto(`${lots.url}/sv/forvaltningar/kundcenter`);
        await signIn(page);
        await looksRight(page, "list");
        await page.goto(`${lots.url}/sv/konsol/freshness?doubt=contradicted`);
        await page.getByText("Inget av det du har valt").waitFor();
        await looksRight(page, "none");
        await page.goto(`${lots.url}/sv/konsol/freshness/grants/lovpeng`);
        await looksRight(page, "one");
      }));
  }

  test("without JavaScript an entry is gone through and residents see the date", () =>
    visit(stage.browser, { origins: [lots.url], javaScriptEnabled: false }, async (page) => {
      await page.goto(`${lots.url}/sv/bidrag/lovpeng`);
      await page.getByText("2 november 2026").first().waitFor();
      await signIn(page);
      await page.getByRole("link", { name: "Lovpeng" }).click();
      await page.getByRole("heading", { name: "Gå igenom: Lovpeng" }).waitFor();
      await page.getByText("Sidan säger att den är gammal eller obekräftad.").waitFor();
      await page.getByRole("button", { name: "Genomgången och stämmer" }).click();
      await page.getByText("Klart. Lovpeng är genomgången i dag").waitFor();
      const today = new Intl.DateTimeFormat("sv-SE", { dateStyle: "long", timeZone: "Europe/Stockholm" }).format();
      await page.goto(`${lots.url}/sv/bidrag/lovpeng`);
      await page.getByText(today).first().waitFor();
      await page.goto(`${lots.url}/sv/konsol/changes`);
      await page.getByRole("button", { name: "Ångra" }).first().click();
      await page.getByText("Ändringen är ångrad").waitFor();
      await page.goto(`${lots.url}/sv/bidrag/lovpeng`);
      await page.getByText("2 november 2026").first().waitFor();
    }));
}
