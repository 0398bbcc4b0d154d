import { readFile } from "node:fs/promises";
import path from "node:path";
import { stderr } from "node:process";
import type { PreparedItem } from "@insightgraph/engine/batches";
import { EngineError } from "@insightgraph/engine/errors";
import { parseGraph } from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
import { differencesOf } from "../../manifest/compare-runs.ts";
import type { RuntimeRecord } from "../../manifest/manifest.ts";
import { createItemRuns, type SourceItem } from "../item-runs.ts";
import { type OutputField, outputFields } from "../output-fields.ts";
import { originsFile, type ProvenanceFacts } from "../provenance.ts";
import type { MadeItem } from "./sample-items.ts";

function unknownOrigin(file: string, cause?: unknown): EngineError {
  return new EngineError("manifest.shape", `"${file}" does not say how the records were made`, {
    hint: "Give the dataset.json of a data set that this version of InsightGraph made.",
    cause,
  });
}

/** How the records of a data set were made, by digest. Throws: `manifest.shape`. */
async function readOrigins(sink: string): Promise<Readonly<Record<string, ProvenanceFacts>>> {
  const file = path.join(sink, originsFile);
  try {
    return JSON.parse(await readFile(file, "utf8")) as Record<string, ProvenanceFacts>;
  } catch (cause) {
    throw unknownOrigin(file, cause);
  }
}

/** How the items of one origin are made again. */
export interface Making {
  readonly facts: ProvenanceFacts;
  readonly fields: readonly OutputField[];
  prepare(item: SourceItem, attempt: number): Promise<PreparedItem>;
}

/** Prepares what made records, as this version runs it. @param folder Of the pictures that are made */
async function openMaking(
  facts: ProvenanceFacts,
  host: ExecutionHost,
  folder: string,
): Promise<Making> {
  const { catalogue } = await host.facts();
  const graph = await host.migrate(parseGraph(JSON.stringify(facts.graph)));
  const { inputs: bindings, runtime } = facts;
  const fields = outputFields(graph, catalogue);
  const origin = { graph, fields, bindings, runtime };
  return { facts, fields, prepare: createItemRuns({ origin, catalogue, folder }) };
}

/** The makings of some items, by the digests of their origins. Throws: `manifest.shape`. */
export async function openMakings(
  items: Iterable<MadeItem>,
  sink: string,
  host: ExecutionHost,
  folder: string,
): Promise<ReadonlyMap<string, Making>> {
  const origins = await readOrigins(sink);
  const makings = new Map<string, Making>();
  for (const digest of new Set(Array.from(items, ({ made }) => made))) {
    const facts = origins[digest];
    if (facts?.graph === undefined) throw unknownOrigin(path.join(sink, originsFile));
    makings.set(digest, await openMaking(facts, host, folder));
  }
  return makings;
}

/** Tells what may explain different records. */
export function tellDifferences(makings: Iterable<Making>, runtime: RuntimeRecord): void {
  const notes = Array.from(makings, ({ facts }) =>
    differencesOf({ runtime: facts.runtime, files: {} }, runtime, {}),
  );
  for (const note of new Set(notes.flat())) stderr.write(`note: ${note}\n`);
}
