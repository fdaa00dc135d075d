// What can be checked of accessibility without a person, by axe-core, in both colour schemes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ALL = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
// The other scheme changes colours and nothing else.
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

// Fails with everything that axe-core finds wrong on a page as it is now.
export async function accessible(page, what = page.url()) {
  for (const [colorScheme, runOnly] of [["light", ALL], ["dark", COLOURS]]) {
    await page.emulateMedia({ colorScheme });
    // What changes its colour slowly has none of either scheme meanwhile.
    await page.evaluate(() => {
      const ending = document.getAnimations().filter((it) => it.effect.getComputedTiming().endTime !== Infinity);
      return Promise.all(ending.map((it) => it.finished.catch(() => {})));
    });
    await page.evaluate(source);
    const violations = await page.evaluate(async (runOnly) => {
      const found = await axe.run(document, { runOnly, resultTypes: ["violations"] });
      return found.violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.flat().join(" ")}: ${node.failureSummary}`),
      );
    }, runOnly);
    assert.deepEqual(violations, [], `${what}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
}
