// Tests keep their results, answers and checkpoints in a folder of their own, never in the user's.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** @returns removes the folder */
export function setup() {
  const folder = mkdtempSync(path.join(tmpdir(), "insightgraph-tests-"));
  process.env["INSIGHTGRAPH_DATA"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
