import { expect, test } from "vitest";
import { reduceRuns, requestRun } from "../connection/run-state.ts";
import { exampleCatalogue, exampleGraph as graph } from "../document/example.fixture.ts";
import { initialState } from "../state/editor-state.ts";
import { shownTables } from "./shown-tables.ts";

const document = (id: string) => ({
  ...{ id, name: id, version: 1, isSaved: true },
  ...{ undoSteps: 0, redoSteps: 0, windows: 1 },
});

/** The runs with one more, of a document, that gave a table of one number. */
function withRun(runs: ReturnType<typeof requestRun>, documentId: string, value: number) {
  const [requestId, runId] = [`q ${documentId}`, `r ${documentId}`];
  const text = `| metric | value |\n|---|---|\n| SSIM | ${value} |\n`;
  const previews = { image: { kind: "text", text } } as const;
  const facts = { cached: false, ms: 1, digests: {}, previews };
  return [
    { type: "run-started", requestId, runId, graph, documentId } as const,
    { type: "node-finished", runId, nodeId: "decode", ...facts } as const,
    { type: "run-finished", runId, ms: 1 } as const,
  ].reduce(reduceRuns, requestRun(runs, { requestId, graph, documentId }));
}

test("tables are those of the document's latest run, also where another document ran after it", () => {
  const runs = withRun(withRun([], "mine", 1), "other", 2);
  const rowsOf = (id: string) =>
    shownTables({
      ...initialState,
      catalogue: exampleCatalogue,
      document: document(id),
      runs,
    }).flatMap(({ table }) => table.rows);
  expect(rowsOf("mine")).toEqual([["SSIM", "1"]]);
  expect(rowsOf("other")).toEqual([["SSIM", "2"]]);
  expect(rowsOf("empty")).toEqual([]);
});
