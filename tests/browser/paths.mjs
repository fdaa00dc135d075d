// The guided ways in on the shipped base: each from its beginning to what it leads to, pressed and typed.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { accessible } from "./axe.mjs";
import { until, visit } from "./stage.mjs";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const IDEA = "Vi vill odla grönsaker på taket vid skolan";
// Nobody has it: it is kept free for films.
const NUMBER = "070-174 06 05";

export default function (stage) {
  let url;
  before(async () => (url = (await stage.shipped).url));
  const onPage = (path, act, options = {}) =>
    visit(stage.browser, { origins: [url], ...options }, async (page, context) => {
      await page.goto(url + path);
      await act(new Way(page), page, context);
    });

  for (const javaScriptEnabled of [true, false]) {
    test(`a grant is found ${javaScriptEnabled ? "with" : "without"} JavaScript`, () =>
      onPage(
        "/sv/",
        async (way, page) => {
          await way.begin("Hitta bidrag");
          await way.asks("Vem är det som söker?");
          await way.press("En förening som kommunen har godkänt");
          await way.asks("Vad ska pengarna gå till?");
          await way.press("Något öppet för alla");
          const steps = await way.toTheEnd();
          assert.ok(steps <= 3, "no more than five questions are asked");
          await way.says("Det här passar");
          const first = way.last().locator(".matches h3 a").first();
          assert.match(await first.getAttribute("href"), /^\/sv\/(bidrag|utmarkelser)\//);

          // What does not fit is folded away, and says why.
          const others = way.last().locator("details.fold");
          assert.equal(await others.locator("li").first().isVisible(), false);
          await others.locator("summary").click();
          await others.locator(".points li").first().waitFor();

          await way.last().getByRole("link", { name: "Skriv ut eller spara" }).click();
          await page.waitForURL(/\/sv\/vagen\?code=grants/);
          assert.equal(await page.getByRole("button", { name: "Skriv ut" }).isVisible(), javaScriptEnabled);
          await page.getByRole("link", { name: "Tillbaka till samtalet" }).click();
          await way.says("Det här passar");
        },
        { javaScriptEnabled },
      ));
  }

  test("someone young finds something to do", () =>
    onPage("/sv/?ung", async (way, page) => {
      const offered = await page.locator(".suggest .ways button").allTextContents();
      assert.deepEqual(offered.slice(0, 2), ["Hitta något att göra", "Testa en idé"]);
      await way.begin("Hitta något att göra");
      await way.press("Jag är under 25");
      await way.asks("Vad lockar dig mest?");
      await way.press("Kultur och musik");
      await way.toTheEnd();
      await way.says("Det här passar dig", "Någon att prata med");
      assert.equal(await way.focused(), await way.last().getAttribute("id"), "whoever presses is taken to the answer");
    }));

  test("an idea becomes a plan, and is handed over", () =>
    onPage("/sv/", async (way, page) => {
      await way.begin("Testa en idé");
      await way.asks("Vad är din idé?");
      assert.equal(await page.getByLabel("Skriv ditt svar").isVisible(), true, "the field is for the answer");
      await way.type(IDEA);
      await way.asks("Vilka är den för?");
      await way.press("Barn och unga");
      await way.type("pengar och lokal");
      await way.press("Några kompisar eller grannar");
      await way.says(IDEA, "Pengar att söka", "Lokal och plats", "Nästa steg");
      const taken = await way.last().getByRole("link", { name: "Skriv ut eller spara" }).getAttribute("href");
      assert.doesNotMatch(decodeURIComponent(taken), /grönsaker/);
      await page.goto(url + taken);
      await page.getByRole("heading", { level: 1, name: "Min plan" }).waitFor();
      assert.match(await page.locator("main").innerText(), new RegExp(IDEA));
      await page.goto(`${url}/sv/`);
      await way.last().locator("button.main").click();
      await way.says("Din kvittokod är");
    }));

  test("whoever wants a say is shown how", () =>
    onPage("/sv/", async (way) => {
      await way.begin("Påverka");
      await way.press("Gå på ett öppet möte");
      await way.toTheEnd();
      await way.says("Så gör du", "Vet du inte vem som bestämmer?");
    }));

  test("whoever wants to be called is promised that", () =>
    onPage("/sv/", async (way) => {
      await way.begin("Bli uppringd");
      await way.type("Jag undrar över bygglov för en altan");
      await way.asks("Vem ska ringa?");
      const proposed = way.last().locator("fieldset button").first();
      assert.match(await proposed.textContent(), /mitt förslag/);
      await proposed.click();
      await way.asks("När passar det bäst?");
      await way.press("På förmiddagen");
      await way.asks("Vilket nummer ska de ringa?");
      await way.type("det vet du");
      await way.asks("Vilket nummer ska de ringa?");
      await way.type(NUMBER);
      await way.says("kvitto");
    }));

  test("one goes back, does not know, asks something else, changes one's mind, and leaves", () =>
    onPage("/sv/", async (way, page) => {
      await way.begin("Hitta bidrag");
      await way.press("En skola");
      await way.press("Tillbaka");
      await way.asks("Vem är det som söker?");
      // Typed, with a slip.
      await way.type("en godkänd föreningg");
      await way.asks("Vad ska pengarna gå till?");
      await way.type("När är sista dag för aktivitetsstöd?");
      await way.says("Aktivitetsstöd", "Nu tillbaka till frågan:");
      await way.asks("Vad ska pengarna gå till?");
      await way.press("Vet inte");
      // A step from before leads on from where it stands.
      const first = page.locator(".turn").first().getByRole("button", { name: "Jag själv" });
      await way.after(() => first.click());
      await way.says("Jag själv");
      await way.asks("Vad ska pengarna gå till?");
      await way.press("Avsluta");
      await way.says("Det du sa är borta.");
      assert.equal(await page.getByLabel("Fråga vidare").isVisible(), true, "the field is for questions again");
    }));

  test("the language can be changed in the middle", () =>
    onPage("/sv/", async (way, page) => {
      await way.begin("Hitta bidrag");
      await way.press("En förening som kommunen har godkänt");
      await page.getByRole("link", { name: "English" }).click();
      await page.waitForURL(/\/en\/$/);
      await way.asks("What is the money for?");
      assert.equal(await way.last().locator(".answer").getAttribute("lang"), "en");
      await way.press("Back");
      await way.asks("Who is applying?");
      await way.type("an association");
      await way.asks("What is the money for?");
    }));

  test("a link begins a way in, typed or pressed", () =>
    onPage("/sv/?vag=idea", async (way, page, context) => {
      assert.deepEqual(await context.cookies(), []);
      await page.getByRole("heading", { level: 1, name: "Testa en idé" }).waitFor();
      await way.type(IDEA);
      await way.asks("Vilka är den för?");
      assert.equal(await page.locator(".begin").count(), 0);
      assert.equal(new URL(page.url()).search, "", "it does not begin anew when the page is loaded anew");
      await page.goto(`${url}/en/guides/engagera-dig`);
      await page.getByRole("link", { name: "Find something to do" }).click();
      await page.waitForURL(/\/en\/\?way=people/);
      await way.after(() => page.locator(".begin").getByRole("button", { name: "I am under 25" }).click());
      await way.asks("What sounds best to you?");
    }));

  test("everything can be done by keyboard, and is heard", () =>
    onPage("/sv/", async (way, page) => {
      await way.begin("Påverka");
      const log = page.getByRole("log");
      await log.evaluate((log) => {
        log.heard = "";
        new MutationObserver((all) => all.forEach((it) => it.addedNodes.forEach((node) => (log.heard += node.textContent)))).observe(log, { childList: true });
      });
      await page.keyboard.press("Tab");
      const group = page.getByRole("group", { name: "Vad vill du göra?" });
      const first = await group.getByRole("button").first().textContent();
      assert.equal(await way.focused(), first);
      await way.after(() => page.keyboard.press("Enter"));
      assert.match(await log.evaluate((log) => log.heard), new RegExp(first));
    }));

  for (const viewport of SIZES) {
    describe(`at ${viewport.width} px`, () => {
      const looksRight = (name, path, act) =>
        test(name, () =>
          onPage(
            path,
            async (way, page) => {
              await act(way, page);
              await accessible(page, name);
              const { wide, screen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, screen: innerWidth }));
              assert.ok(wide <= screen, `${name} is ${wide} px wide`);
            },
            { viewport },
          ),
        );
      looksRight("the start", "/sv/", () => {});
      looksRight("the beginning of a way in", "/sv/?vag=people", () => {});
      looksRight("steps and a result", "/sv/", async (way) => {
        await way.begin("Hitta bidrag");
        await way.toTheEnd();
        await way.last().locator("details.fold summary").click().catch(() => {});
      });
      looksRight("a plan", "/sv/?vag=idea", async (way) => {
        await way.type(IDEA);
        await way.toTheEnd();
      });
      looksRight("a result to take along", "/sv/vagen?code=grants.approved.event._._._", () => {});
    });
  }

  test("a result is printed on one sheet", () =>
    onPage("/sv/", async (way, page) => {
      for (const code of [
        "grants.approved.event._.here.later",
        "grants.network._._._._",
        "grants._._._._._",
        "people.young.culture._._._.alone",
        "influence.meeting.young",
      ]) {
        await page.goto(`${url}/sv/vagen?code=${code}`);
        const pdf = await page.pdf({ format: "A4", margin: { top: "1cm", bottom: "1cm", left: "1cm", right: "1cm" } });
        const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g);
        assert.equal(sheets.length, 1, code);
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator("button:visible, .top nav:visible").count(), 0);
        assert.match(await page.locator("body").innerText(), /Utskrivet \d{4}-\d\d-\d\d/);
        await page.emulateMedia({ media: null });
      }
    }));

  test("the panel leads along a way in", () =>
    visit(stage.browser, { origins: [url] }, async (page) => {
      await page.goto(`${url}/sv/panel`);
      const panel = page.locator("lots-panel");
      await panel.locator(".opener").click();
      const answers = panel.locator("article");
      const press = async (name) => {
        const before = await answers.count();
        const from = before ? answers.last() : panel;
        await from.getByRole("button", { name, exact: true }).click();
        await answers.nth(before).waitFor();
      };
      await press("Hitta bidrag");
      await answers.last().getByRole("group", { name: "Vem är det som söker?" }).waitFor();
      await panel.getByLabel("Eller skriv svaret").waitFor();
      await accessible(page, "a step in the panel");
      await press("En förening som kommunen har godkänt");
      await panel.locator("textarea").fill("något öppet för alla");
      await panel.getByRole("button", { name: "Svara" }).click();
      await answers.nth(2).waitFor();
      while (await answers.last().locator(".step").count()) await press("Vet inte");
      await answers.last().getByText("Det här passar", { exact: true }).waitFor();
      await accessible(page, "a result in the panel");
      await answers.last().getByRole("link", { name: "Skriv ut eller spara" }).click();
      await page.waitForURL(/\/sv\/vagen\?code=grants/);
    }));
}

// Someone on a way in.
class Way {
  constructor(page) {
    this.page = page;
    this.turns = page.locator(".turn");
  }

  last() {
    return this.turns.last();
  }

  // Waits for the answer to what is done.
  async after(act) {
    const before = await this.turns.count();
    await act();
    await this.turns.nth(before).waitFor();
  }

  begin(name) {
    return this.after(() => this.page.locator(".suggest").getByRole("button", { name, exact: true }).click());
  }

  press(name) {
    return this.after(() => this.last().getByRole("button", { name, exact: true }).click());
  }

  type(text) {
    return this.after(async () => {
      await this.page.locator("#text").fill(text);
      await this.page.getByRole("button", { name: /^(Svara|Fråga|Answer|Ask)$/ }).click();
    });
  }

  // Waits until the step asks this.
  async asks(question) {
    await this.last().getByRole("heading", { name: question }).waitFor();
  }

  async says(...parts) {
    let text = "";
    const isSo = async () => {
      text = await this.last().textContent();
      return parts.every((part) => text.includes(part));
    };
    await until(isSo, () => `${JSON.stringify(parts)} is not said: ${text}`);
  }

  // Does not know until all has been asked; how often that was.
  async toTheEnd() {
    let steps = 0;
    for (; await this.last().locator(".step fieldset").count(); steps++) await this.press("Vet inte");
    return steps;
  }

  // The id of what has the focus, or its text.
  focused() {
    return this.page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
  }
}
