// The web channel in a real browser: every part of it, with one browser and as few programs as will do.

import { after, before, describe } from "node:test";
import console from "./console.mjs";
import desk from "./desk.mjs";
import digest from "./digest.mjs";
import entries from "./entries.mjs";
import figures from "./figures.mjs";
import freshness from "./freshness.mjs";
import looks from "./looks.mjs";
import page from "./page.mjs";
import paths from "./paths.mjs";
import signOn from "./sign_on.mjs";
import privacy from "./privacy.mjs";
import reminders from "./reminders.mjs";
import { Foreign, Lots, PROVBY, SHIPPED, launch } from "./stage.mjs";
import widget from "./widget.mjs";

// `provby` is what most tests visit. `frail` is stopped and started, and `slow` takes one question a minute.
const stage = {};

before(async () => {
  stage.foreign = await Foreign.open();
  const origins = [stage.foreign.url];
  // The shipped base takes a while to read, unoptimised as the program is here; what needs it comes last.
  stage.shipped = Lots.open(SHIPPED);
  // Said by the tests that need it.
  stage.shipped.catch(() => {});
  [stage.provby, stage.frail, stage.slow, stage.browser] = await Promise.all([
    Lots.open(PROVBY, { origins }),
    Lots.open(PROVBY, { origins }),
    Lots.open(PROVBY, { origins, rate: 1 }),
    launch(),
  ]);
});

after(async () => {
  await stage.browser?.close();
  stage.foreign?.close();
  const all = [stage.provby, stage.frail, stage.slow, stage.shipped];
  await Promise.allSettled(all.map(async (lots) => (await lots)?.close()));
});

// Every visit has a browser profile of its own, so that some can go on beside each other.
const together = { concurrency: 3 };
describe("the page", together, () => page(stage));
describe("the entries", together, () => entries(stage));
describe("the reminders", together, () => reminders(stage));
describe("the panel", together, () => widget(stage));
describe("the console", together, () => console(stage));
describe("signing in", together, () => signOn(stage));
describe("what is kept", together, () => privacy(stage));
describe("what is to be gone through", () => freshness(stage));
describe("the desk", () => desk(stage));
describe("the digests", () => digest(stage));
describe("the figures", () => figures(stage));
describe("every page", together, () => looks(stage));
describe("the ways in", together, () => paths(stage));
