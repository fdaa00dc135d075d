// The web channel in a real browser: one program, one browser, every part of it.

import { after, before, describe } from "node:test";
import { Foreign, Lots, PROVBY, launch } from "./stage.mjs";
import widget from "./widget.mjs";

const stage = {};

before(async () => {
  stage.foreign = await Foreign.open();
  const origins = [stage.foreign.url];
  [stage.provby, stage.slow, stage.browser] = await Promise.all([
    Lots.open(PROVBY, { origins }),
    Lots.open(PROVBY, { origins, rate: 1 }),
    launch(),
  ]);
});

after(async () => {
  await stage.browser?.close();
  stage.foreign?.close();
  await Promise.all([stage.provby?.close(), stage.slow?.close()]);
});

describe("the panel", () => widget(stage));
