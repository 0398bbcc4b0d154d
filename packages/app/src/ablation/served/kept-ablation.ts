import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "@insightgraph/editing/files";
import { EngineError } from "@insightgraph/engine/errors";
import type { GraphDocument } from "@insightgraph/engine/graph";
import type { AblationRequest, AblationSummary } from "@insightgraph/engine/server";
import { fileNameOf } from "../../output-writers.ts";

/** An ablation of a server as its folder keeps it: what was asked, and what became of it. */
export interface KeptAblation
  extends Omit<AblationSummary, "id">,
    Pick<AblationRequest, "retriesFailed"> {
  readonly format: "insightgraph-ablation-run";
  readonly version: 1;
  readonly graph: GraphDocument;
  /** The cell that a person pinned as the baseline. */
  readonly baseline?: string;
}

const fileName = "ablation.json";

/** The one that an id names. Throws: `ablation.unknown`. */
export async function readKept(folder: string, id: string): Promise<KeptAblation> {
  const isName = id === fileNameOf(id);
  const text = isName
    ? await readFile(path.join(folder, id, fileName), "utf8").catch(() => undefined)
    : undefined;
  if (text !== undefined) return JSON.parse(text) as KeptAblation;
  throw new EngineError("ablation.unknown", `there is no ablation "${id}"`, {
    hint: "List the ablations to see their ids.",
  });
}

/** Keeps an ablation; whole or not at all. */
export async function writeKept(folder: string, id: string, kept: KeptAblation): Promise<void> {
  await writeWhole(path.join(folder, id, fileName), `${JSON.stringify(kept, null, 2)}\n`);
}

/** Changes facts of a kept ablation. Throws: `ablation.unknown`. */
export async function changeKept(
  folder: string,
  id: string,
  changed: Partial<KeptAblation>,
): Promise<void> {
  await writeKept(folder, id, { ...(await readKept(folder, id)), ...changed });
}

/** Ids and ablations, newest first; folders of the command, which keeps no such file, are left out. */
export async function listKept(
  folder: string,
): Promise<readonly (readonly [id: string, kept: KeptAblation])[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async (id) => {
      const kept = await readKept(folder, id).catch(() => undefined);
      return kept === undefined ? [] : [[id, kept] as const];
    }),
  );
  return found.flat().sort(([, a], [, b]) => b.createdMs - a.createdMs);
}

/** An ablation without its graph. */
export function summaryOf(id: string, kept: KeptAblation): AblationSummary {
  const {
    format: _,
    version: __,
    graph: ___,
    baseline: ____,
    retriesFailed: _____,
    ...rest
  } = kept;
  return { id, ...rest };
}
