import axe from "axe-core";
import type { Page } from "playwright-core";

/** Brings axe into a page as a debugger would: the page's own policy allows no script but its own. */
export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(axe.source);
}

/** What axe finds wrong, a line each. */
export async function violations(page: Page): Promise<string[]> {
  return page.evaluate(`
    axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target, any }) =>
        id + " at " + target.join(" ") + ": " + any.map(({ message }) => message).join("; "))))
  `);
}
