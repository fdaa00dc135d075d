// What is kept of one receipt, in a real browser: seen and erased by whoever holds it; held, registered and printed by
// staff. All of it works without JavaScript, is accessible and fits a small screen.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { accessible } from "./axe.mjs";
import { visit } from "./stage.mjs";

const PASSWORD = "fyra ord som jag minns";
const QUESTION = "Hur långt är det till solen från badhuset?";
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
    await stage.provby.command("staff", "add", "iris", "--role", "admin", "--password-file", file);
    await rm(folder, { recursive: true });
  });

  async function ask(text = QUESTION) {
    const response = await fetch(`${url}/api/v1/ask`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
    });
    const { receipt, conversation } = await response.json();
    return { receipt, conversation };
  }

  async function looksRight(page, what) {
    await accessible(page, what);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
    if (process.env.LOTS_PICTURES) {
      const name = `privacy-${what}-${page.viewportSize().width}.png`;
      await page.screenshot({ path: join(process.env.LOTS_PICTURES, name), fullPage: true });
    }
  }

  for (const viewport of SIZES) {
    const options = () => ({ origins: [url], viewport });

    test(`whoever holds a receipt sees all of it and erases it at ${viewport.width} pixels`, () =>
      visit(stage.browser, { ...options(), javaScriptEnabled: true }, async (page) => {
        const { receipt } = await ask();
        await page.goto(`${url}/sv/kvitto?code=${receipt}`);
        await page.getByText("Radera", { exact: true }).click();
        await looksRight(page, "receipt");
        await page.getByRole("link", { name: "Se allt som är sparat" }).click();
        await page.getByText(QUESTION).waitFor();
        await looksRight(page, "data");
        const downloading = page.waitForEvent("download");
        await page.getByRole("link", { name: "Hämta som fil (JSON)" }).click();
        const file = JSON.parse(await readFile(await (await downloading).path(), "utf8"));
        assert.equal(file.words, QUESTION);
        await page.getByRole("link", { name: "Tillbaka till kvittot" }).click();
        await page.getByText("Radera", { exact: true }).click();
        await page.getByRole("button", { name: "Ja, radera" }).click();
        await page.getByText(`${receipt} är raderat`).waitFor();
        await looksRight(page, "erased");
      }));

    test(`staff hold, register and let go at ${viewport.width} pixels`, () =>
      visit(stage.browser, { ...options(), javaScriptEnabled: true }, async (page) => {
        const { receipt, conversation } = await ask(`${QUESTION} ${viewport.width}`);
        await signIn(page, url);
        await page.getByRole("link", { name: "Handlingar" }).click();
        await looksRight(page, "records-empty");
        await page.getByLabel("Kvittokod").fill(receipt.toLowerCase());
        await page.getByRole("button", { name: "Slå upp" }).click();
        await page.getByRole("heading", { name: `Handling ${receipt}` }).waitFor();
        await looksRight(page, "record");
        await page.getByLabel("Varför").selectOption({ label: "Ett klagomål prövas" });
        await page.getByRole("button", { name: "Spara tills vidare" }).click();
        await page.getByText("Frågan sparas tills vidare.").waitFor();
        await fetch(`${url}/api/v1/conversations/${conversation}`, { method: "DELETE" });

        await page.getByRole("button", { name: "Visa att skriva ut" }).click();
        await page.getByText("Kontrollsumma för innehållet").waitFor();
        await looksRight(page, "diary");
        await page.emulateMedia({ media: "print" });
        for (const hidden of [page.getByRole("navigation", { name: "Konsolens delar" }), page.locator(".unprinted").first()]) {
          assert.equal(await hidden.isVisible(), false, "it stands on paper");
        }
        await page.emulateMedia({ media: null });
        await page.getByRole("link", { name: `Handling ${receipt}` }).click();
        await page.getByText("Diarieförd 2").waitFor();
        const downloading = page.waitForEvent("download");
        await page.getByRole("button", { name: "Hämta som XML" }).click();
        const xml = await readFile(await (await downloading).path(), "utf8");
        assert.ok(xml.includes(receipt) && xml.includes("<checksum"), xml);

        await page.goto(`${url}/sv/konsol/records`);
        await looksRight(page, "records");
        await page.goto(`${url}/sv/konsol/queue`);
        await page.getByText("Begärd raderad: 1").first().waitFor();
        await looksRight(page, "queue");
        await page.goto(`${url}/sv/konsol/records/of/${receipt}`);
        await looksRight(page, "record-wanted-erased");
        await page.getByRole("button", { name: "Spara inte längre, och radera" }).click();
        await page.getByText("Frågan är raderad").waitFor();
        await page.getByRole("link", { name: "Öppna gallringsprotokollet" }).click();
        await page.getByText("Frågor, på begäran").first().waitFor();
        await looksRight(page, "purged");
      }));
  }

  test("without JavaScript a receipt is looked up, seen and erased", () =>
    visit(stage.browser, { origins: [url], javaScriptEnabled: false }, async (page) => {
      const { receipt } = await ask();
      await page.goto(`${url}/en/receipt`);
      await page.getByRole("textbox").fill(receipt);
      await page.locator("main button.main").click();
      await page.getByRole("link", { name: "See all that is kept" }).click();
      await page.getByText("Lots could not answer").waitFor();
      await page.getByRole("link", { name: "Back to the receipt" }).click();
      await page.getByText("Delete", { exact: true }).click();
      await page.getByRole("button", { name: "Yes, delete" }).click();
      await page.getByText(`${receipt} is deleted`).waitFor();
    }));
}

async function signIn(page, url) {
  await page.goto(`${url}/sv/konsol/sign-in`);
  await page.getByLabel("Användarnamn").fill("iris");
  await page.getByLabel("Lösenord").fill(PASSWORD);
  await page.getByRole("button", { name: "Logga in" }).click();
  await page.getByRole("link", { name: "Ditt konto: iris" }).waitFor();
}
