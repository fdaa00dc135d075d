// Signing in at an identity provider, and with codes, in a real browser and with a real provider.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible } from "./axe.mjs";
import { IdentityProvider } from "./provider.mjs";
import { Lots, PROVBY, visit } from "./stage.mjs";

const PASSWORD = "fyra ord som jag minns";
const PEOPLE = { kim: ["lots-editor", "others"], nora: ["others"] };
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

export default function (stage) {
  let lots, provider, url;
  before(async () => {
    provider = await IdentityProvider.open(PEOPLE);
    lots = await Lots.open(PROVBY, {}, undefined, provider.settings);
    url = lots.url;
    provider.serve(url);
    const folder = await mkdtemp(join(tmpdir(), "lots-password-"));
    const file = join(folder, "password");
    await writeFile(file, PASSWORD);
    await lots.command("staff", "add", "ada", "--role", "admin", "--password-file", file);
    await rm(folder, { recursive: true });
  });
  after(async () => {
    await lots?.close();
    provider?.close();
  });

  const options = (more = {}) => ({ origins: [url, provider.url], viewport: WIDE, ...more });

  async function signOn(page, name) {
    await page.getByRole("link", { name: "Logga in med Provby-id" }).click();
    await page.waitForURL(`${provider.url}/interaction/**`);
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Sign in" }).click();
  }

  async function signIn(page) {
    await page.getByLabel("Användarnamn").fill("ada");
    await page.getByLabel("Lösenord").fill(PASSWORD);
    await page.getByRole("button", { name: "Logga in", exact: true }).click();
  }

  // Accessible at both sizes, and no wider than the screen.
  async function looksRight(page, what) {
    for (const size of [NARROW, WIDE]) {
      await page.setViewportSize(size);
      await accessible(page, what);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${what} is ${wide} pixels too wide at ${size.width}`);
      if (process.env.LOTS_PICTURES) {
        await page.screenshot({ path: join(process.env.LOTS_PICTURES, `${what}-${size.width}.png`), fullPage: true });
      }
    }
  }

  test("someone signs in at the provider, and out of both", () =>
    visit(stage.browser, options(), async (page, context) => {
      await page.goto(`${url}/sv/konsol/audit`);
      await looksRight(page, "sign-on");
      await signOn(page, "kim");
      await page.waitForURL(`${url}/sv/konsol/audit`);
      await page.getByRole("link", { name: "Ditt konto: kim" }).click();
      await page.getByText("Kontot loggar in med Provby-id").waitFor();
      await looksRight(page, "account-of-the-provider");
      const ours = (await context.cookies(url)).filter(({ name }) => name.startsWith("lots"));
      assert.deepEqual(
        ours.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]),
        [["lots-staff", true, "Strict"]],
      );
      // In another window, signed in at the provider already.
      await context.clearCookies({ name: "lots-staff" });
      await page.goto(`${url}/sv/konsol/queue`);
      await page.getByRole("link", { name: "Logga in med Provby-id" }).click();
      await page.waitForURL(`${url}/sv/konsol/queue`);
      await page.getByRole("button", { name: "Logga ut" }).click();
      await page.getByRole("button", { name: "Sign out of all" }).click();
      await page.getByText("Du är utloggad.").waitFor();
      await page.getByRole("link", { name: "Logga in med Provby-id" }).click();
      await page.waitForURL(`${provider.url}/interaction/**`);
    }));

  test("it takes no JavaScript", () =>
    visit(stage.browser, options({ javaScriptEnabled: false }), async (page) => {
      await page.goto(`${url}/sv/konsol/queue`);
      await signOn(page, "kim");
      await page.waitForURL(`${url}/sv/konsol/queue`);
      await page.getByRole("link", { name: "English" }).click();
      await page.getByRole("button", { name: "Sign out", exact: true }).click();
      await page.getByRole("button", { name: "Sign out of all" }).click();
      await page.getByText("You are signed out.").waitFor();
    }));

  test("whoever has no role is told whom to ask", () =>
    visit(stage.browser, options({ expected: [/403/] }), async (page) => {
      await page.goto(`${url}/sv/konsol/queue`);
      await signOn(page, "nora");
      await page.getByRole("alert").getByText("har ingen roll i lots").waitFor();
      await looksRight(page, "no-role");
      await page.getByRole("link", { name: "Till inloggningen" }).click();
      await page.getByLabel("Lösenord").waitFor();
    }));

  test("someone turns on codes, and signs in with one and without", () =>
    visit(stage.browser, options({ expected: [/422/] }), async (page) => {
      await page.goto(`${url}/sv/konsol/account`);
      await signIn(page);
      await page.getByRole("link", { name: "Ställ in koder" }).click();
      await page.getByRole("img", { name: "Ruta att läsa av med appen" }).waitFor();
      await looksRight(page, "codes-set-up");
      const secret = (await page.locator("code.secret").textContent()).replaceAll(" ", "");
      await page.getByLabel("Kod").fill("000000");
      await page.getByRole("button", { name: "Slå på koder" }).click();
      await page.getByRole("alert").waitFor();
      await page.getByLabel("Kod").fill(code(secret, -1));
      await page.getByRole("button", { name: "Slå på koder" }).click();
      await page.getByRole("heading", { name: "Dina reservkoder" }).waitFor();
      await looksRight(page, "recovery-codes");
      const recovery = await page.locator(".codes code").allTextContents();
      assert.equal(recovery.length, 8);
      await page.getByRole("link", { name: "Jag har sparat dem" }).click();
      await page.getByText("Du har 8 reservkoder kvar").waitFor();
      await looksRight(page, "codes-on");
      for (const brought of [code(secret, 0), recovery[0]]) {
        await page.getByRole("button", { name: "Logga ut", exact: true }).click();
        await page.goto(`${url}/sv/konsol/account/codes`);
        await signIn(page);
        await page.getByRole("heading", { name: "Skriv din kod" }).waitFor();
        await looksRight(page, "code");
        await page.getByLabel("Kod").fill(brought);
        await page.getByRole("button", { name: "Logga in" }).click();
        await page.waitForURL(`${url}/sv/konsol/account/codes`);
      }
      await page.getByText("Du har 7 reservkoder kvar").waitFor();
      await page.goto(`${url}/sv/konsol/accounts/of/ada`);
      await looksRight(page, "account-with-codes");
      // On the command line, for whoever has lost everything.
      await lots.command("staff", "totp-reset", "ada");
      await page.goto(`${url}/sv/konsol/queue`);
      await signIn(page);
      await page.getByRole("link", { name: "Ditt konto: ada" }).waitFor();
    }));
}

// The code that an app shows for a secret in base 32, so many half minutes from now (RFC 6238).
function code(secret, later) {
  const bits = [...secret].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0"));
  const bytes = bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac("sha1", Buffer.from(bytes)).update(step).digest();
  const at = hash[19] & 15;
  const number = (hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}
