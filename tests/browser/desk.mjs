// From a question that lots cannot answer to the next one who asks it: a resident, an official, and back. With one program
// on SQLite, and with two that share a PostgreSQL, where what is done at one is seen at the other.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { accessible } from "./axe.mjs";
import { Lots, PROVBY, until, visit } from "./stage.mjs";

const PASSWORD = "fyra ord som jag minns";
const QUESTION = "Hur många katter bor det på månen?";
const SCRIPT = "<script>document.title='tagen'</script> Var finns trollkarlen?";
const SV = {
  title: "Katter på månen",
  body: "Det bor inga katter på månen. Kommunen räknar bara katter på jorden.\n\n## Så gör du\n1. Ring Kundcenter.",
  questions: [
    "finns det månkatter",
    "Var bor katterna på månen?",
    "Vem räknar katter på månen?",
    "katter i rymden",
    "Bor det några katter på månen?",
    "månens katter",
    "har månen katter",
  ],
};
const EN = {
  title: "Cats on the moon",
  body: "No cats live on the moon. The municipality counts cats on earth only.\n\n## How to do it\n1. Call the customer centre.",
  questions: [
    "How many cats live on the moon?",
    "are there moon cats",
    "Where do cats on the moon live?",
    "Who counts cats on the moon?",
    "cats in space",
    "Do any cats live on the moon?",
    "the moon's cats",
    "has the moon cats",
  ],
};

export default function (stage) {
  describe("on SQLite", () => {
    const at = {};
    before(async () => {
      const lots = await Lots.open(PROVBY);
      Object.assign(at, { first: lots, second: lots });
      await staff(lots);
    });
    after(() => at.first?.close());
    whole(stage, at);
  });

  describe("on PostgreSQL, by two programs", () => {
    const at = {};
    let schema;
    before(async () => {
      const server = process.env.LOTS_TEST_POSTGRES;
      assert.ok(server, "LOTS_TEST_POSTGRES is not set: run the tests with tests/run, which starts a PostgreSQL for them");
      schema = `browser_${process.pid}`;
      await psql(server, `create schema ${schema}`);
      const database = `${server}?options=-c%20search_path%3D${schema}`;
      at.first = await Lots.open(PROVBY, {}, database);
      at.second = await Lots.open(PROVBY, {}, database);
      await staff(at.first);
    });
    after(async () => {
      await Promise.allSettled([at.first?.close(), at.second?.close()]);
      if (schema) await psql(process.env.LOTS_TEST_POSTGRES, `drop schema if exists ${schema} cascade`);
    });
    whole(stage, at);
  });
}

// What staff do at the first program, and residents see at the second.
function whole(stage, at) {
  const origins = () => [at.first.url, at.second.url];

  test("a question is answered once, and everyone after is answered, until it is taken back", () =>
    visit(stage.browser, { origins: origins() }, async (official) =>
      visit(stage.browser, { origins: origins() }, async (resident) => {
        const code = await unanswered(resident, at.second.url, QUESTION);
        await unanswered(resident, at.second.url, SCRIPT);

        const home = `${at.first.url}/sv/konsol`;
        await signIn(official, home, "eva");
        await official.getByRole("link", { name: SCRIPT }).waitFor();
        assert.notEqual(await official.title(), "tagen");
        await looked(official, "the queue");
        await official.getByRole("link", { name: QUESTION }).click();
        await official.getByRole("heading", { name: "Varför fick de inget svar?" }).waitFor();
        await looked(official, "a question");

        await official.getByRole("button", { name: "Svara", exact: true }).click();
        await official.waitForURL(/\/drafts\//);
        await fill(official, "sv", SV);
        await fill(official, "en", EN);
        await official.getByRole("button", { name: "Prova", exact: true }).click();
        await official.locator("#problems a").first().waitFor();
        await looked(official, "a draft with something to mend");
        await official.locator('[name="office"]').selectOption("offices/kundcenter");
        await official.locator('[name="contact"]').selectOption("offices/kundcenter");
        await official.locator('[name="sources"]').fill("Provby kommun: Katter | 2026");
        await official.getByRole("button", { name: "Prova", exact: true }).click();
        await official.waitForURL(/\/replay/);
        await official.getByText("Som det är tänkt").first().waitFor();
        await looked(official, "what it would change");
        await official.getByRole("button", { name: "Publicera" }).click();
        await official.getByText("Det syns för alla nu").waitFor();
        await looked(official, "the changes");

        await until(async () => (await answer(resident, at.second.url, QUESTION)).includes(SV.title));
        assert.match(await receipt(resident, at.second.url, code), /inga katter på månen/);
        await official.goto(`${home}/regressions`);
        await official.getByText(QUESTION).waitFor();
        await looked(official, "the regression questions");

        await official.goto(`${home}/changes`);
        await official.getByRole("button", { name: "Ångra" }).first().click();
        await official.getByText("Ändringen är ångrad").waitFor();
        await until(async () => !(await answer(resident, at.second.url, QUESTION)).includes(SV.title));
        assert.doesNotMatch(await receipt(resident, at.second.url, code), /inga katter på månen/);
        await official.goto(`${home}/regressions`);
        assert.equal(await official.getByText(QUESTION).count(), 0);
      }),
    ));

  test("every screen on the way is accessible, in both languages", () =>
    visit(stage.browser, { origins: origins() }, async (official) =>
      visit(stage.browser, { origins: origins() }, async (resident) => {
        await unanswered(resident, at.second.url, "Var finns nyckeln till fyren?");
        await answer(resident, at.second.url, "Vad är lovpeng?");
        const turn = resident.locator(".turn").first();
        await turn.locator("summary").click();
        await turn.getByRole("radio", { name: "Det stämmer inte längre" }).check();
        await turn.getByRole("button", { name: "Skicka" }).click();
        await turn.getByText("Tack för att du säger till").waitFor();
        const home = `${at.first.url}/en/console`;
        await signIn(official, `${at.first.url}/en/console`, "eva", ["User name", "Password", "Sign in"]);
        const question = async (name) => {
          await official.goto(`${home}/queue`);
          await official.getByRole("link", { name }).click();
          await official.waitForURL(/\/queue\/\w+$/);
        };
        await question("Var finns nyckeln till fyren?");
        await official.getByRole("link", { name: "Teach" }).click();
        await looked(official, "choosing what answers");
        await official.locator("select[name=entry]").selectOption("grants/lovpeng");
        await official.getByRole("button", { name: "Make a draft" }).click();
        await official.waitForURL(/\/drafts\//);
        await looked(official, "a draft that teaches");
        await question("Var finns nyckeln till fyren?");
        await official.getByRole("link", { name: "Pass on" }).click();
        await looked(official, "choosing who has it");
        await official.locator("select[name=to]").selectOption("offices/byggkontoret");
        await official.locator('input[name=what][value="teach"]').check();
        await official.getByRole("button", { name: "Pass on" }).click();
        await official.waitForURL(/\/drafts\//);
        await looked(official, "a draft that passes on");
        await question(/lovpeng/i);
        await official.getByRole("button", { name: /Improve/ }).click();
        await official.waitForURL(/\/drafts\//);
        await looked(official, "a draft that mends");
        await official.goto(`${home}/queue?state=done&q=inget`);
        await looked(official, "an empty list");
      }),
    ));

  test("one click has lots rest everywhere, and another has it go on", () =>
    visit(stage.browser, { origins: origins() }, async (admin) =>
      visit(stage.browser, { origins: origins() }, async (resident) => {
        const home = `${at.first.url}/sv/konsol`;
        await signIn(admin, home, "ada");
        await admin.goto(`${home}/settings`);
        await looked(admin, "the settings");
        await admin.getByRole("button", { name: "Låt lots vila" }).click();
        await until(async () => (await answer(resident, at.second.url, "Vad är lovpeng?")).includes("Lots vilar just nu"));
        await accessible(resident, "lots at rest");
        await admin.getByRole("button", { name: "Låt lots svara igen" }).click();
        await until(async () => (await answer(resident, at.second.url, "Vad är lovpeng?")).includes("Lovpeng"));
      }),
    ));

  test("whoever wants to be called waits in the console until someone has", () =>
    visit(stage.browser, { origins: origins() }, async (official) =>
      visit(stage.browser, { origins: origins() }, async (resident) => {
        await resident.goto(`${at.second.url}/sv/manniska`);
        await resident.getByLabel("Vad gäller det?").fill("Bygglov till en scen");
        await resident.getByLabel("Ditt telefonnummer eller din mejladress").fill("070-174 06 05");
        await resident.getByRole("button", { name: "Be någon höra av sig" }).click();
        await resident.getByText("Byggkontoret ringer dig senast").waitFor();
        await accessible(resident, "a promise");
        const home = `${at.first.url}/sv/konsol`;
        await signIn(official, home, "eva");
        await official.goto(`${home}/calls`);
        await official.getByRole("link", { name: "070-174 06 05" }).waitFor();
        await looked(official, "those who want to be called");
        await official.getByRole("button", { name: "Klart, radera adressen" }).click();
        await official.getByText("Numret eller adressen är raderad").waitFor();
        assert.equal(await official.getByText("070-174 06 05").count(), 0);
      }),
    ));
}

// Asks something that nobody can answer; the code to ask about it by.
async function unanswered(page, url, text) {
  const said = await answer(page, url, text);
  const [, code] = said.match(/\b([0-9A-Z]{4}-[0-9A-Z]{3})\b/) ?? assert.fail(`no receipt in: ${said}`);
  return code;
}

// What someone is answered who has not been here before.
async function answer(page, url, text) {
  await page.context().clearCookies();
  await page.goto(`${url}/sv/`);
  await page.locator("#text").fill(text);
  await page.getByRole("button", { name: "Fråga", exact: true }).click();
  await page.locator(".turn").first().waitFor();
  return page.locator(".turn").first().innerText();
}

async function receipt(page, url, code) {
  await page.goto(`${url}/sv/kvitto?code=${code}`);
  return page.locator("main").innerText();
}

async function signIn(page, home, name, [user, password, button] = ["Användarnamn", "Lösenord", "Logga in"]) {
  await page.goto(home);
  await page.getByLabel(user).fill(name);
  await page.getByLabel(password).fill(PASSWORD);
  await page.getByRole("button", { name: button }).click();
  await page.waitForURL(/\/queue/);
}

async function fill(page, language, { title, body, questions }) {
  await page.locator(`[name="${language}.title"]`).fill(title);
  await page.locator(`[name="${language}.body"]`).fill(body);
  const asked = page.locator(`[name="${language}.questions"]`);
  await asked.fill([await asked.inputValue(), ...questions].join("\n").trim());
}

// Accessible at both sizes, and no wider than the screen.
async function looked(page, what) {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await accessible(page, `${what} at ${width} pixels`);
    const wide = await page.evaluate(() => {
      if (document.documentElement.scrollWidth <= innerWidth) return [];
      const beyond = (it) => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest(".scroll");
      return [...document.body.querySelectorAll("*")].filter(beyond).map((it) => it.outerHTML.slice(0, 120));
    });
    assert.deepEqual(wide, [], `${what} is wider than ${width} pixels`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function staff(lots) {
  const folder = await mkdtemp(join(tmpdir(), "lots-password-"));
  const file = join(folder, "password");
  await writeFile(file, PASSWORD);
  for (const [name, role] of [["eva", "editor"], ["ada", "admin"]]) {
    await lots.command("staff", "add", name, "--role", role, "--password-file", file);
  }
  await rm(folder, { recursive: true });
}

async function psql(server, statement) {
  const child = spawn("psql", [server, "--quiet", "--command", statement], { stdio: "inherit" });
  assert.equal(await new Promise((resolve) => child.once("exit", resolve)), 0, statement);
}
