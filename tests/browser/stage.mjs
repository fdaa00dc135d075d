// What the tests stand on: the built program on a base, a site of someone else that shows the panel, and a browser that
// notes everything that a resident must not meet.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const binary = process.env.LOTS_BINARY ?? join(root, "target/debug/lots");
export const PROVBY = join(root, "tests/suite/fixtures/provby");
export const SHIPPED = join(root, "knowledge");

// How long anything is waited for.
const PATIENCE = 30_000;

// The program, served on a free port with a database of its own.
export class Lots {
  #folder;
  #child;
  #base;
  #port;
  #said = "";
  #database;

  // `database` is the address of one that others may use too; `more` is what else stands in the settings.
  static async open(base, settings = {}, database = undefined, more = "") {
    const lots = new Lots();
    lots.#database = database;
    lots.#base = base;
    lots.#folder = await mkdtemp(join(tmpdir(), "lots-browser-"));
    const lines = Object.entries({ rate: 6000, ...settings }).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    await writeFile(join(lots.#folder, "lots.toml"), `[web]\n${lines.join("\n")}\n${more}`);
    // Known beforehand, since it stands in addresses that pages show.
    lots.#port = await freePort();
    try {
      await lots.start();
    } catch (error) {
      lots.#child.kill();
      throw new Error(`lots did not start on ${base}: ${error.message}; it said: ${lots.#said}`, { cause: error });
    }
    return lots;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  // Nothing of the environment of whoever runs the tests reaches the settings.
  get #environment() {
    const clean = Object.entries(process.env).filter(([name]) => !name.startsWith("LOTS_") && name !== "DISCORD_TOKEN");
    const database = this.#database ?? `sqlite://${join(this.#folder, "lots.db")}`;
    return { ...Object.fromEntries(clean), LOTS_KNOWLEDGE: this.#base, LOTS_DATABASE_URL: database };
  }

  async start() {
    this.#child = spawn(binary, ["serve", "--listen", `127.0.0.1:${this.#port}`], {
      cwd: this.#folder,
      env: this.#environment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#said = "";
    this.#child.stderr.on("data", (data) => (this.#said += data));
    await until(() => this.#said.includes(`the page is at ${this.url}`));
    // It takes connections before it has read its base, and answers when it has: unoptimised, that takes a while.
    await fetch(`${this.url}/widget.js`, { signal: AbortSignal.timeout(300_000) });
  }

  // Ends it as an operator would. Fails when it did not end well.
  async stop() {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGTERM");
    assert.equal(await ended, 0, this.#said);
  }

  async close() {
    await this.stop();
    await rm(this.#folder, { recursive: true });
  }

  // Runs a command of the program on the same database, as staff do; what it printed.
  async command(...words) {
    const child = spawn(binary, words, {
      cwd: this.#folder,
      env: this.#environment,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    child.stdout.on("data", (data) => (out += data));
    assert.equal(await new Promise((resolve) => child.once("exit", resolve)), 0);
    return out;
  }
}

// A site of someone else, with one page for each way to be a host: from a path to the headers, the attributes of the
// root, what is in its head, and the attributes of the script.
export class Foreign {
  #server;
  #pages = new Map();

  static async open() {
    const foreign = new Foreign();
    foreign.#server = createServer((request, response) => {
      const page = foreign.#pages.get(new URL(request.url, "http://host").pathname);
      // A browser looks for an icon on its own.
      if (!page) return response.writeHead(204).end();
      response.writeHead(200, { "content-type": page.type ?? "text/html; charset=utf-8", ...page.headers }).end(page.body);
    });
    await new Promise((resolve) => foreign.#server.listen(0, "127.0.0.1", resolve));
    return foreign;
  }

  // Another site than that of the program, and not only another port: cookies are not shared with it.
  get url() {
    return `http://localhost:${this.#server.address().port}`;
  }

  // The same pages, at an address that nobody has allowed.
  get other() {
    return `http://other.localhost:${this.#server.address().port}`;
  }

  serve(path, page) {
    this.#pages.set(path, page);
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// The strictest that a host can be: our address may run its script and be connected to, and nothing else at all.
export function strictest(address) {
  return [
    "default-src 'none'",
    `script-src ${address}`,
    `connect-src ${address}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

// A visit with a browser of one's own. Whatever the browser complained of, and every request to anyone but the
// `origins`, fails the test, unless a pattern of `expected` says that it is the point of it.
export async function visit(browser, { origins, expected = [], ...options }, act) {
  const context = await browser.newContext({ locale: "sv-SE", timezoneId: "Europe/Stockholm", ...options });
  context.setDefaultTimeout(PATIENCE);
  const trouble = [];
  const note = (text) => expected.some((pattern) => pattern.test(text)) || trouble.push(text);
  context.on("console", (message) => ["error", "warning"].includes(message.type()) && note(message.text()));
  context.on("weberror", (error) => note(String(error.error())));
  context.on("request", (request) => {
    const address = request.url();
    if (!origins.some((origin) => address.startsWith(`${origin}/`))) note(`a request to ${address}`);
  });
  try {
    const page = await context.newPage();
    await act(page, context);
    assert.deepEqual(trouble, [], "the browser has complained");
  } finally {
    await context.close();
  }
}

// Waits until something is so, and gives it.
export async function until(isSo, otherwise = () => "it did not become so") {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = await isSo();
    if (found) return found;
    if (Date.now() > end) throw new Error(otherwise());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
