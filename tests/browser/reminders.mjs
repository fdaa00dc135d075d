// A last day to be reminded of, and whether someone can be reached now.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accessible } from "./axe.mjs";
import { visit } from "./stage.mjs";

const LINK = { name: "Påminn mig i kalendern" };

export default function (stage) {
  for (const javaScriptEnabled of [true, false]) {
    describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
      const onPage = (path, act) =>
        visit(stage.browser, { origins: [stage.provby.url], javaScriptEnabled }, async (page) => {
          await page.goto(stage.provby.url + path);
          await act(page);
        });

      const ask = async (page, text) => {
        await page.locator("#text").fill(text);
        await page.getByRole("button", { name: "Fråga", exact: true }).click();
      };

      test("a last day is put into the calendar from an answer, and from the page of the entry", () =>
        onPage("/sv/", async (page) => {
          await ask(page, "Vad är lovpeng?");
          const link = page.getByRole("log").getByRole("link", LINK);
          await link.waitFor();
          if (javaScriptEnabled) await accessible(page, "an answer with a last day");
          const inAnswer = await calendar(page, link);
          await page.goto(`${stage.provby.url}/sv/bidrag/lovpeng`);
          const onItsPage = await calendar(page, page.getByRole("main").getByRole("link", LINK));
          assert.equal(inAnswer, onItsPage);
          assert.equal(inAnswer.match(/BEGIN:VEVENT/g).length, 1, "one day");
          assert.equal(inAnswer.match(/BEGIN:VALARM/g).length, 2);
        }));

      test("a contact says whether it is open", () =>
        onPage("/sv/", async (page) => {
          await ask(page, "Hur får jag bygglov till en altan?");
          const hours = page.getByRole("log").getByText(/^(Öppet nu till|Öppnar|Stängt)/);
          await hours.waitFor();
          assert.match(await hours.textContent(), /måndag–fredag 09:00–11:00/);
        }));
    });
  }
}

// What a link to a calendar leads to. A browser hands it to another program.
async function calendar(page, link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const address = download.url();
  await download.cancel();
  const answer = await fetch(address);
  assert.match(answer.headers.get("content-type"), /^text\/calendar/);
  return answer.text();
}
