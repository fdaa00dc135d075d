// What staff are told outside the console: an admin sets it up without JavaScript, a real mail server takes it over
// STARTTLS from whoever can sign in, refuses it and recovers, and webhooks get it in the shape that they know.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { SMTPServer } from "smtp-server";
import { accessible } from "./axe.mjs";
import { Lots, PROVBY, until, visit } from "./stage.mjs";

const PASSWORD = "fyra ord som jag minns";
const MAIL_PASSWORD = "hemligt-och-långt";
const NUMBER = "070-174 06 05";
const KEY = "en nyckel";

export default function (stage) {
  const at = { refuses: [], letters: [], hooks: [] };

  before(async () => {
    at.folder = await mkdtemp(join(tmpdir(), "lots-digest-"));
    await certificates(at.folder);
    at.mail = await mailServer(at);
    at.hook = await hookServer(at);
    const more = `
[mail]
host = "localhost"
port = ${at.mail.server.address().port}
tls = "starttls"
user = "lots"
password = "${MAIL_PASSWORD}"
certificate = "${join(at.folder, "ca.pem")}"
from = "Lots på väg <lots@provby.example>"
reply_to = "kontakt@provby.example"
[outside]
allowed = ["127.0.0.1"]
`;
    at.lots = await Lots.open(PROVBY, {}, undefined, more);
    const file = join(at.folder, "password");
    await writeFile(file, PASSWORD);
    await at.lots.command("staff", "add", "ada", "--role", "admin", "--password-file", file);
  });

  after(async () => {
    await at.lots?.close();
    at.mail?.close();
    at.hook?.close();
    if (at.folder) await rm(at.folder, { recursive: true });
  });

  const visited = (options, act) => visit(stage.browser, { origins: [at.lots.url], expected: [/422/], ...options }, act);
  const list = () => `${at.lots.url}/sv/konsol/settings/digests`;

  test("mail arrives whole, is refused, and arrives when it is tried again", () =>
    visited({ javaScriptEnabled: false }, async (page) => {
      await signIn(page, list());
      await page.getByText("Ingen får utskick än").waitFor();
      await add(page, list(), { courier: "mail", address: "Ada <ada@provby.example>" });
      await page.getByRole("alert").getByText("Skriv en adress som namn@exempel.se").waitFor();
      await page.getByLabel("Vart det ska").fill("ada@provby.example");
      await page.getByRole("button", { name: "Spara" }).click();
      await page.getByText("Utskicket är sparat").waitFor();

      await page.getByRole("button", { name: "Skicka ett prov nu" }).click();
      await page.getByText("Det kom fram.").waitFor();
      const [letter] = at.letters;
      assert.deepEqual([letter.user, letter.secure, letter.from, letter.to], ["lots", true, "lots@provby.example", ["ada@provby.example"]]);
      assert.equal(header(letter, "subject"), "Prov från lots, Provby kommun");
      assert.match(header(letter, "from"), /^"?Lots på väg"? <lots@provby\.example>$/);
      assert.equal(header(letter, "reply-to"), "kontakt@provby.example");
      assert.equal(header(letter, "list-id"), "<lots.provby.example>");
      assert.equal(header(letter, "auto-submitted"), "auto-generated");
      assert.match(header(letter, "content-type"), /^text\/plain; charset=utf-8$/);
      assert.match(header(letter, "date"), /^\w{3}, \d{2} \w{3} \d{4} /);
      assert.match(body(letter), /När du kan läsa det kommer utskicken fram\./);
      assert.ok(body(letter).includes(`Öppna konsolen: ${at.lots.url}/sv/konsol/settings`), body(letter));

      at.refuses.push(451);
      await page.getByRole("button", { name: "Skicka ett prov nu" }).click();
      await page.getByRole("alert").getByText("kunde inte ta emot det just då (svar 451)").waitFor();
      await page.getByText(/Försök: 1\. Nytt försök \d{4}-/).waitFor();
      await page.getByRole("button", { name: "Försök igen" }).click();
      await page.getByText("Det kom fram.").waitFor();
      at.refuses.push(550);
      await page.getByRole("button", { name: "Skicka ett prov nu" }).click();
      await page.getByRole("alert").getByText("tog inte emot det (svar 550)").waitFor();
      assert.equal(at.letters.length, 2);
      assert.notEqual(header(at.letters[0], "message-id"), header(at.letters[1], "message-id"));
    }));

  test("each webhook gets the shape that it knows, and nothing of who wants to be called", () =>
    visited({}, async (page) => {
      await signIn(page, list());
      for (const courier of ["teams", "slack", "discord", "json"]) {
        const address = `http://127.0.0.1:${at.hook.address().port}/${courier}/hemligt`;
        const secret = courier === "json" ? KEY : "";
        await add(page, list(), { courier, address, secret, rhythm: "never", calls: true });
        await page.getByText("Utskicket är sparat").waitFor();
        assert.doesNotMatch(await page.content(), /hemligt/);
      }
      const asked = await fetch(`${at.lots.url}/api/v1/call-backs`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ subject: "Hur får jag bygglov till en altan?", address: NUMBER, language: "sv" }),
      });
      assert.ok(asked.ok, await asked.text());
      await until(() => at.hooks.length === 4, () => JSON.stringify(at.hooks));
      const got = Object.fromEntries(at.hooks.map((hook) => [hook.path.split("/")[1], hook]));
      for (const { text } of at.hooks) assert.doesNotMatch(text, /070|altan|bygglov/i);
      const said = "Byggkontoret ska höra av sig till någon.";
      const link = `${at.lots.url}/sv/konsol/calls`;

      const card = got.teams.json.attachments[0];
      assert.equal(card.contentType, "application/vnd.microsoft.card.adaptive");
      assert.equal(card.content.body[1].inlines[0].text, said);
      assert.deepEqual(card.content.actions, [{ type: "Action.OpenUrl", title: "Öppna konsolen", url: link }]);

      assert.deepEqual(got.slack.json.blocks.map((block) => block.type), ["header", "section", "actions", "context"]);
      assert.ok(got.slack.json.blocks[1].text.text.startsWith(said));
      assert.equal(got.slack.json.blocks[2].elements[0].url, link);

      assert.deepEqual(got.discord.json.allowed_mentions, { parse: [] });
      assert.ok(got.discord.json.embeds[0].description.includes(`[Öppna konsolen](${link})`));

      const { headers, text, json } = got.json;
      assert.deepEqual([json.data.kind, json.data.office, json.link], ["call", "offices/byggkontoret", link]);
      assert.equal(json.id, headers["lots-delivery"]);
      const signed = createHmac("sha256", KEY).update(`${headers["lots-timestamp"]}.${text}`).digest("hex");
      assert.equal(headers["lots-signature"], `sha256=${signed}`);
      assert.equal(got.slack.headers["lots-signature"], undefined);
    }));

  for (const width of [1440, 390]) {
    test(`the pages are accessible and fit ${width} pixels`, () =>
      visited({ viewport: { width, height: 844 } }, async (page) => {
        await signIn(page, list());
        await page.getByRole("heading", { name: "Utskick", exact: true }).waitFor();
        await looksRight(page, "the digests");
        await add(page, list(), { courier: "slack", address: "ring oss" });
        await page.getByRole("alert").waitFor();
        await looksRight(page, "a digest with something to mend");
        await page.goto(list());
        await page.getByRole("link", { name: /^Ändra utskicket/ }).first().click();
        await looksRight(page, "a digest");
        await page.goto(`${at.lots.url}/en/console/settings`);
        await page.getByRole("link", { name: "Digests" }).click();
        await looksRight(page, "the digests in English");
      }));
  }

  test("what is removed is gone", () =>
    visited({}, async (page) => {
      await signIn(page, list());
      const all = page.getByRole("link", { name: /^Ändra utskicket/ });
      for (let left = await all.count(); left > 0; left = await all.count()) {
        await all.first().click();
        await page.getByRole("button", { name: "Ta bort utskicket" }).click();
        await page.getByText("Utskicket är borttaget").waitFor();
      }
      await page.getByText("Inget har skickats än").waitFor();
    }));
}

async function signIn(page, place) {
  await page.goto(place);
  await page.getByLabel("Användarnamn").fill("ada");
  await page.getByLabel("Lösenord").fill(PASSWORD);
  await page.getByRole("button", { name: "Logga in" }).click();
  await page.waitForURL(place);
}

async function add(page, list, { courier, address, secret = "", rhythm = "weekdays", calls = false }) {
  await page.goto(list);
  await page.getByRole("link", { name: "Lägg till ett utskick" }).click();
  await page.getByLabel("Skickas med").selectOption(courier);
  await page.getByLabel("Vart det ska").fill(address);
  await page.getByLabel("Nyckel för signering").fill(secret);
  await page.getByLabel("Hur ofta läget skickas").selectOption(rhythm);
  if (calls) await page.getByLabel("Skicka också genast när någon vill bli kontaktad").check();
  await page.getByRole("button", { name: "Spara" }).click();
}

async function looksRight(page, what) {
  await accessible(page, what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
  if (process.env.LOTS_PICTURES) {
    const name = `${what.replace(/\W+/g, "-")}-${page.viewportSize().width}.png`;
    await page.screenshot({ path: join(process.env.LOTS_PICTURES, name), fullPage: true });
  }
}

// A certificate for this machine, and that of who vouches for it.
async function certificates(folder) {
  const openssl = (...words) => execFileSync("openssl", words, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Provby", "-days", "2");
  openssl("req", ...key, "-keyout", "mail.key", "-out", "mail.csr", "-subj", "/CN=localhost");
  await writeFile(join(folder, "names"), "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n");
  const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names", "-days", "2"];
  openssl("x509", "-req", "-in", "mail.csr", "-out", "mail.pem", ...signed);
}

// A mail server that takes mail from whoever signs in over a secure connection, unless it is told to refuse.
async function mailServer(at) {
  const server = new SMTPServer({
    key: await readFile(join(at.folder, "mail.key")),
    cert: await readFile(join(at.folder, "mail.pem")),
    authMethods: ["PLAIN", "LOGIN"],
    disableReverseLookup: true,
    onAuth({ username, password }, session, done) {
      const isRight = username === "lots" && password === MAIL_PASSWORD;
      done(isRight ? null : new Error("no"), { user: username });
    },
    onRcptTo(address, session, done) {
      const code = at.refuses.shift();
      done(code ? Object.assign(new Error("not now"), { responseCode: code }) : null);
    },
    onData(stream, session, done) {
      let raw = "";
      stream.on("data", (data) => (raw += data.toString("latin1")));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map((it) => it.address);
        at.letters.push({ raw, user: session.user, secure: session.secure, from: mailFrom.address, to });
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  return server;
}

async function hookServer(at) {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const data of request.setEncoding("utf8")) text += data;
    at.hooks.push({ path: request.url, headers: request.headers, text, json: JSON.parse(text) });
    response.writeHead(202).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

// A header of a letter, with its encoded words read.
function header(letter, name) {
  const head = letter.raw.split("\r\n\r\n")[0].replace(/\r\n[ \t]+/g, " ");
  const line = head.split("\r\n").find((it) => it.toLowerCase().startsWith(`${name}:`)) ?? "";
  const word = /=\?utf-8\?([bq])\?([^?]*)\?=/gi;
  return line
    .slice(name.length + 1)
    .trim()
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(word, (_, kind, text) => (kind.toLowerCase() === "b" ? Buffer.from(text, "base64").toString() : quoted(text.replace(/_/g, " "))));
}

// The text of a letter, as whoever reads it sees it.
function body(letter) {
  const text = letter.raw.slice(letter.raw.indexOf("\r\n\r\n") + 4);
  switch (header(letter, "content-transfer-encoding")) {
    case "quoted-printable":
      return quoted(text.replace(/=\r\n/g, ""));
    case "base64":
      return Buffer.from(text, "base64").toString();
    default:
      return Buffer.from(text, "latin1").toString();
  }
}

function quoted(text) {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
