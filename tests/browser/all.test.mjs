// The web channel in a real browser: every part of it, with one browser and as few programs as will do.

import { after, before, describe } from "node:test";
import entries from "./entries.mjs";
import looks from "./looks.mjs";
import page from "./page.mjs";
import { Foreign, Lots, PROVBY, SHIPPED, launch } from "./stage.mjs";
import widget from "./widget.mjs";

const stage = {};

before(async () => {
  stage.foreign = await Foreign.open();
  const origins = [stage.foreign.url];
  [stage.provby, stage.slow, stage.shipped, stage.browser] = await Promise.all([
    Lots.open(PROVBY, { origins }),
    Lots.open(PROVBY, { origins, rate: 1 }),
    Lots.open(SHIPPED),
    launch(),
  ]);
});

after(async () => {
  await stage.browser?.close();
  stage.foreign?.close();
  await Promise.all([stage.provby, stage.slow, stage.shipped].map((lots) => lots?.close()));
});

describe("the page", () => page(stage));
describe("the entries", () => entries(stage));
describe("every page", () => looks(stage));
describe("the panel", () => widget(stage));
