// The console in a real browser: someone signs in without JavaScript, and every page of it is accessible at any size.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { accessible } from "./axe.mjs";
import { visit } from "./stage.mjs";

const PASSWORD = "fyra ord som jag minns";
const PAGES = ["queue", "ideas", "paths", "paths?over=all", "records", "records/purged", "account", "audit", "audit?who=ingen", "accounts", "accounts/new", "accounts/of/ada"];
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

export default function (stage) {
  let url;
  before(async () => {
    url = stage.provby.url;
    const folder = await mkdtemp(join(tmpdir(), "lots-password-"));
    const file = join(folder, "password");
    await writeFile(file, PASSWORD);
    const office = ["--office", "offices/byggkontoret"];
    await stage.provby.command("staff", "add", "ada", "--role", "admin", "--password-file", file);
    await stage.provby.command("staff", "add", "rut", "--role", "reader", ...office, "--password-file", file);
    await stage.provby.command("staff", "close", "rut");
    await rm(folder, { recursive: true });
  });

  async function signIn(page, name = "ada") {
    await page.getByLabel("Användarnamn").fill(name);
    await page.getByLabel("Lösenord").fill(PASSWORD);
    await page.getByRole("button", { name: "Logga in" }).click();
  }

  for (const viewport of SIZES) {
    const options = () => ({ origins: [url], expected: [/422/], viewport, javaScriptEnabled: true });
    test(`every page is accessible and fits ${viewport.width} pixels`, () =>
      visit(stage.browser, options(), async (page) => {
        await page.goto(`${url}/sv/konsol/sign-in`);
        await looksRight(page, "sign-in");
        await signIn(page, "ingen");
        await page.getByRole("alert").waitFor();
        await looksRight(page, "refused");
        await signIn(page);
        await page.getByRole("link", { name: "Ditt konto: ada" }).waitFor();
        for (const path of PAGES) {
          await page.goto(`${url}/sv/konsol/${path}`);
          await looksRight(page, path);
        }
        await page.goto(`${url}/sv/konsol/audit`);
        await page.getByRole("button", { name: "Kontrollera kedjan" }).click();
        await page.getByText("Kedjan är hel").waitFor();
        await looksRight(page, "verified");
      }));
  }

  // Accessible, no wider than the screen, and everything to press is at least 24 pixels high and wide (WCAG 2.5.8).
  async function looksRight(page, what) {
    await accessible(page, what);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
        .map((it) => [it.outerHTML.slice(0, 80), it.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && box.y >= 0 && (box.width < 24 || box.height < 24))
        .map(([it, box]) => `${it}: ${box.width} × ${box.height}`),
    );
    assert.deepEqual(small, [], `${what}: too small to press`);
    if (process.env.LOTS_PICTURES) {
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const name = `${what.replace(/\W+/g, "-")}-${page.viewportSize().width}-${colorScheme}.png`;
        await page.screenshot({ path: join(process.env.LOTS_PICTURES, name), fullPage: true });
      }
    }
  }

  test("without JavaScript one comes back to the page one wanted", () =>
    visit(stage.browser, { origins: [url], javaScriptEnabled: false }, async (page, context) => {
      await page.goto(`${url}/sv/konsol/accounts/of/rut`);
      await signIn(page);
      await page.waitForURL(`${url}/sv/konsol/accounts/of/rut`);
      const [cookie] = await context.cookies();
      assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite, cookie.expires], ["lots-staff", true, "Strict", -1]);
      await page.getByRole("button", { name: "Öppna kontot igen" }).click();
      await page.getByText("Ändringen är gjord").waitFor();
      await page.getByRole("button", { name: "Stäng kontot" }).click();
      await page.getByRole("link", { name: "English" }).click();
      await page.waitForURL(`${url}/en/console/accounts/of/rut`);
      await page.getByRole("button", { name: "Sign out", exact: true }).click();
      await page.getByText("You are signed out").waitFor();
      assert.deepEqual(await context.cookies(), []);
    }));
}
