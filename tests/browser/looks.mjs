// Every kind of page on the shipped base: accessible, at any size, in any spacing, on paper.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { accessible } from "./axe.mjs";
import { visit } from "./stage.mjs";

// What there is to look at, and what the browser may say of it.
const PAGES = [
  ["/sv/"],
  ["/en/"],
  ["/sv/?ung"],
  ["/sv/?about=grants/aktivitetsstod"],
  ["/sv/?vag=people"],
  ["/en/?way=idea"],
  ["/sv/vagen?code=grants.approved.event._._._"],
  ["/sv/vagen?code=idea.*.young.money.friends", /410/],
  ["/sv/lista"],
  ["/en/browse"],
  ["/sv/lista?q=lokal"],
  ["/sv/lista?q=zzzzzz"],
  ["/sv/bidrag/"],
  ["/sv/stodlinjer/"],
  ["/sv/manniska"],
  ["/en/human"],
  ["/sv/kvitto"],
  ["/sv/kvitto?code=hej", /400/],
  ["/sv/kvitto?code=7F3K-2QX"],
  ["/sv/om/integritet"],
  ["/en/about/privacy"],
  ["/sv/om/tillganglighet"],
  ["/en/about/accessibility"],
  ["/sv/panel"],
  ["/en/panel"],
  ["/sv/bidrag/aktivitetstod", /404/],
];

export default function (stage) {
  let url;
  before(async () => (url = (await stage.shipped).url));

  // The pages above, and of each kind of entry the one with the longest page.
  async function pages() {
    const sitemap = await (await fetch(`${url}/sitemap.xml`)).text();
    const paths = [...sitemap.matchAll(/<loc>[^<]*?(\/sv\/[^/<]+\/[^/<]+)<\/loc>/g)].map(([, path]) => path);
    assert.ok(paths.length > 20, "the sitemap lists the entries");
    const kinds = [...new Set(paths.map(kindOf))];
    const longest = await Promise.all(kinds.map((kind) => longestOf(paths.filter((path) => kindOf(path) === kind))));
    return [...PAGES, ...longest.map((path) => [path])];
  }

  async function longestOf(paths) {
    const lengths = await Promise.all(
      paths.map(async (path) => [(await (await fetch(url + path)).text()).length, path]),
    );
    return lengths.sort(([a], [b]) => b - a)[0][1];
  }

  test("every page is accessible, fits a small screen, and bears more space between its letters", async (t) => {
    const look = ([path, expected]) =>
      t.test(path, () =>
        visit(stage.browser, { origins: [url], expected: expected ? [expected] : [] }, async (page, context) => {
          await page.goto(url + path);
          await accessible(page, path);
          await holdsTogether(page, path);
          assert.deepEqual(await context.cookies(), [], "whoever only reads gets no cookie");
        }),
      );
    await Promise.all((await pages()).map(look));
  });

  test("so is the conversation, whatever stands in it", () =>
    visit(stage.browser, { origins: [url] }, async (page) => {
      const turns = page.locator(".turn");
      const ask = async (text) => {
        const before = await turns.count();
        await page.locator("#text").fill(text);
        await page.getByRole("button", { name: "Fråga", exact: true }).click();
        await turns.nth(before).waitFor();
      };
      await page.goto(`${url}/sv/`);
      await ask("När är sista dag för aktivitetsstöd?");
      await turns.last().locator("summary").click();
      await ask("bidrag");
      await ask("När plogas min gata?");
      await page.locator("details.forget summary").click();
      await accessible(page, "a conversation");
      await holdsTogether(page, "a conversation");
      await ask("Jag vill inte leva längre");
      await accessible(page, "a cry for help");
      await holdsTogether(page, "a cry for help");
    }));

  test("an answer and an entry can be printed: what was said, and nothing to press", () =>
    visit(stage.browser, { origins: [url] }, async (page) => {
      await page.goto(`${url}/sv/`);
      await page.locator("#text").fill("När är sista dag för aktivitetsstöd?");
      await page.getByRole("button", { name: "Fråga", exact: true }).click();
      await page.locator(".turn").first().waitFor();
      for (const path of [null, "/sv/bidrag/aktivitetsstod"]) {
        if (path) await page.goto(url + path);
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator("button:visible, textarea:visible, .top nav:visible, .foot nav:visible").count(), 0, page.url());
        const text = await page.locator("body").innerText();
        assert.match(text, /Aktivitetsstöd/);
        assert.match(text, /Utskrivet \d{4}-\d\d-\d\d/);
        await page.emulateMedia({ media: "screen" });
      }
    }));

  // Its page is that of Swagger UI, which is not accessible enough to be held to it; the document behind it is.
  test("the API can be tried from its documentation", () =>
    visit(stage.browser, { origins: [url], expected: [/404/] }, async (page) => {
      await page.goto(`${url}/api/`);
      await page.locator("#operations-receipts-receipt").getByRole("button").first().click();
      await page.getByRole("button", { name: "Try it out" }).click();
      await page.getByPlaceholder("code").fill("7F3K-2QX");
      await page.getByRole("button", { name: "Execute" }).click();
      await page.locator(".live-responses-table").getByText("404").first().waitFor();
    }));

  test("the pages keep to what the reader has asked of the screen", () =>
    visit(stage.browser, { origins: [url], forcedColors: "active", reducedMotion: "reduce", contrast: "more" }, async (page) => {
      for (const path of ["/sv/", "/sv/bidrag/aktivitetsstod"]) {
        await page.goto(url + path);
        const moving = await page.evaluate(() => document.getAnimations().length);
        assert.equal(moving, 0, `${path} moves`);
        const flat = await page.locator(".main:visible, .button:not(.choices *):visible").evaluateAll((all) =>
          all.filter((it) => getComputedStyle(it).borderTopStyle === "none").map((it) => it.outerHTML),
        );
        assert.deepEqual(flat, [], `${path}: a button has an edge where backgrounds are taken away`);
      }
    }));
}

function kindOf(path) {
  return path.slice(0, path.lastIndexOf("/"));
}

// At 320 px, which is 400 % on a common screen, nothing scrolls sideways; with the spacing of WCAG 1.4.12 nothing is cut.
async function holdsTogether(page, what) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  assert.deepEqual(await tooWide(page), [], `${what} at 320 px`);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
  });
  assert.deepEqual(await tooWide(page), [], `${what} at 320 px with more space`);
  assert.deepEqual(await cutOff(page), [], `${what} with more space`);
  await page.evaluate(() => (document.adoptedStyleSheets = []));
  await page.setViewportSize(before);
}

// What reaches beyond the screen, unless it scrolls in a box of its own, as code and tables may.
function tooWide(page) {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const boxed = (it) => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(it).overflowX);
    const scrolls = (it) => it && (boxed(it) || scrolls(it.parentElement));
    return [...document.body.querySelectorAll("*")]
      .filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !scrolls(it.parentElement))
      .map((it) => it.outerHTML.slice(0, 120));
  });
}

// Text that its own box hides a part of.
function cutOff(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("main *, header *, footer *")]
      .filter((it) => {
        const { overflowX, overflowY, clipPath } = getComputedStyle(it);
        const hides = [overflowX, overflowY].some((it) => ["hidden", "clip"].includes(it));
        const isMore = it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1;
        return hides && isMore && clipPath === "none" && it.textContent.trim();
      })
      .map((it) => it.outerHTML.slice(0, 120)),
  );
}
