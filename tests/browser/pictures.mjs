// Makes the pictures of the README from the built program on the shipped base: node tests/browser/pictures.mjs
// Run by hand when the pages have changed.

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Foreign, Lots, SHIPPED, launch } from "./stage.mjs";

const QUESTION = "När är sista dag för aktivitetsstöd?";
const ENTRY = "/sv/bidrag/aktivitetsstod";
// A README shows pictures small; more than this is only weight.
const LARGEST = 300_000;
const PHONE = { viewport: { width: 375, height: 760 }, hasTouch: true };
const NARROW = { viewport: { width: 620, height: 760 } };
const WIDE = { viewport: { width: 1440, height: 900 } };
const DESKTOP = { viewport: { width: 1120, height: 760 } };

let password;
const foreign = await Foreign.open();
const lots = await Lots.open(SHIPPED, { origins: [foreign.url] });
const browser = await launch();
try {
  const phone = await picture(PHONE, answer);
  const desktop = await picture(DESKTOP, answer);
  await save("page.png", await sideBySide([desktop, phone], 760));
  await save("ways.png", await sideBySide([await picture(DESKTOP, grants), await picture(PHONE, people)], 760));
  await save("entry.png", await sideBySide([await picture(DESKTOP, (page) => page.goto(lots.url + ENTRY))], 760));
  await save("console.png", await sideBySide([await picture(DESKTOP, queue), await picture(NARROW, replay)], 760));
  await save("figures.png", await sideBySide([await picture(WIDE, figures), await picture(PHONE, figures)], 760));
  await save("widget.png", await sideBySide([await picture(DESKTOP, panel)], 760));
} finally {
  await browser.close();
  foreign.close();
  await lots.close();
}

// A page as it is after something was done there.
async function picture(options, act) {
  const context = await browser.newContext({ locale: "sv-SE", colorScheme: "light", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await act(page);
  // No caret, and no ring around what happens to have the focus.
  await page.evaluate(() => document.activeElement?.blur());
  await page.mouse.move(0, 0);
  const taken = await page.screenshot({ caret: "hide" });
  await context.close();
  return taken;
}

// The questions of an invented month, as an editor sees them.
async function queue(page) {
  if (!password) {
    const [, found] = (await lots.command("demo")).match(/name redaktor +password (\S+)/);
    password = found;
  }
  await page.goto(`${lots.url}/sv/konsol`);
  await page.getByLabel("Användarnamn").fill("redaktor");
  await page.getByLabel("Lösenord").fill(password);
  await page.getByRole("button", { name: "Logga in" }).click();
  await page.waitForURL(/\/queue/);
}

// What the same month comes to.
async function figures(page) {
  await queue(page);
  await page.goto(`${lots.url}/sv/konsol/figures`);
  await page.locator(".totals").evaluate((it) => it.scrollIntoView());
}

// What it would change if one of them were taught.
async function replay(page) {
  await queue(page);
  await page.goto(`${lots.url}/sv/konsol/queue?q=replokal`);
  await page.locator("[data-row] a").first().click();
  await page.getByRole("link", { name: "Lär ut" }).click();
  await page.getByLabel("Alla svar").selectOption("guides/boka-lokal");
  await page.getByRole("button", { name: "Gör ett utkast" }).click();
  await page.waitForURL(/\/drafts\//);
  await page.getByRole("button", { name: "Prova", exact: true }).click();
  await page.waitForURL(/\/replay/);
}

// A greeting first, which is what brings the notice.
async function answer(page) {
  await page.goto(`${lots.url}/sv/`);
  for (const [turn, text] of ["Hej", QUESTION].entries()) {
    await page.locator("#text").fill(text);
    await page.getByRole("button", { name: "Fråga", exact: true }).click();
    await page.locator(".turn").nth(turn).waitFor();
  }
}

// The grant finder at its end, and the first steps of someone young.
async function grants(page) {
  await press(page, ["Hitta bidrag", "En förening som kommunen har godkänt", "Något öppet för alla"]);
  await page.getByRole("button", { name: "Vet inte" }).last().click();
  const first = page.locator(".turn").last();
  await first.getByRole("heading", { name: "Det här passar", exact: true }).waitFor();
  await first.scrollIntoViewIfNeeded();
}

async function people(page) {
  await press(page, ["Hitta något att göra", "Jag är under 25"]);
}

// Presses one button after another, each where the one before has led.
async function press(page, labels) {
  await page.goto(`${lots.url}/sv/`);
  for (const [turn, name] of labels.entries()) {
    await page.getByRole("button", { name, exact: true }).last().click();
    await page.locator(".turn").nth(turn).waitFor();
  }
}

async function panel(page) {
  foreign.serve("/club.css", {
    type: "text/css",
    body: "body { max-width: 30rem; margin: 3rem; font: 1.2rem/1.6 Georgia, serif; color: #222; background: #fff }",
  });
  foreign.serve("/club", {
    body: `<!doctype html><html lang="sv"><meta charset="utf-8"><title>Byns idrottsförening</title>
      <link rel="stylesheet" href="/club.css"><h1>Byns idrottsförening</h1>
      <p>Vi tränar på måndagar och torsdagar. Alla är välkomna, också du som aldrig har provat.</p>
      <p>Undrar du något om bidrag, lokaler eller vem på kommunen som kan hjälpa dig? Fråga lotsen.</p>
      <script src="${lots.url}/widget.js" defer></script></html>`,
  });
  await page.goto(`${foreign.url}/club`);
  await page.locator("lots-panel .opener").click();
  await page.locator("lots-panel textarea").fill(QUESTION);
  await page.locator("lots-panel").getByRole("button", { name: "Fråga", exact: true }).click();
  await page.locator("lots-panel article").waitFor();
  await page.evaluate(() => document.querySelector("lots-panel").shadowRoot.activeElement?.blur());
}

// Pictures beside each other, each in a thin frame, on a ground that suits light and dark pages alike.
async function sideBySide(all, height) {
  const page = await browser.newPage({ viewport: { width: 1640, height: height + 48 } });
  const images = all.map((png) => `<img src="data:image/png;base64,${png.toString("base64")}">`);
  await page.setContent(`<style>
    body { display: inline-flex; gap: 24px; margin: 0; padding: 24px; background: #8a979b }
    img { height: ${height}px; border-radius: 10px }</style>${images.join("")}`);
  const taken = await page.locator("body").screenshot();
  await page.close();
  return taken;
}

async function save(name, png) {
  if (png.length > LARGEST) throw new Error(`${name} would be ${png.length} bytes; show less, or smaller`);
  await writeFile(fileURLToPath(new URL(`../pictures/${name}`, import.meta.url)), png);
}
