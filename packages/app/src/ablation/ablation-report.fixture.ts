import { type AblationReport, type CellOutcome, reportOf } from "./ablation-report.ts";

const graph = { format: "insightgraph", version: 1, nodes: {} } as const;

const given = (success: number, psnr: number): CellOutcome => ({
  result: { scores: { success, PSNR: psnr }, pictures: {}, executed: 1, reused: 0 },
});

/** Two variants on three items: the second lacks one score, and fails once. */
export const smallReport: AblationReport = reportOf({
  title: "Small",
  variants: ["full", 'a "b", c'],
  metrics: ["success", "PSNR"],
  items: [
    { key: "x", outcomes: [given(1, 20), given(0, 18)] },
    { key: "y", outcomes: [given(1, 22), given(1, Number.NaN)] },
    { key: "z", outcomes: [given(1, 24), { failure: "it, broke" }] },
  ],
  manifest: {
    cells: [
      { name: "full", graph },
      { name: 'a "b", c', graph },
    ],
    ...{ folder: "/graphs", source: "held-out", count: 3, inputs: [] },
    ...{ code: "digest", device: "cpu float32" },
  },
});
