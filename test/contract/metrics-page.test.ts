import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import {
  clipDirectionFacts,
  clipImageFacts,
  clipScoreFacts,
  clipTextFacts,
  dinoFacts,
  dinov2Facts,
  imgEditFacts,
  l1,
  l2,
  lpipsFacts,
  type MetricFacts,
  maskIou,
  msSsim,
  psnr,
  ssim,
  stLpipsFacts,
  vieScoreFacts,
} from "../../packages/editing/src/metrics.ts";

const page = await readFile(new URL("../../docs/metrics.md", import.meta.url), "utf8");

function rowOf({ name, formula, range, direction, scale, source }: MetricFacts): string {
  const ends = range.map((end) => (Number.isFinite(end) ? String(end) : "∞")).join(" to ");
  const cells = [name, formula, ends, direction, scale, source];
  // A bar would end the cell.
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

test.each([
  ...[psnr, ssim, msSsim, l1, l2, maskIou, lpipsFacts, stLpipsFacts],
  ...[clipImageFacts, clipTextFacts, clipScoreFacts, clipDirectionFacts, dinoFacts],
  ...[dinov2Facts, vieScoreFacts, imgEditFacts],
])("docs/metrics.md says of $name what its code says", (facts) => {
  expect(page.split("\n")).toContain(rowOf(facts));
});
