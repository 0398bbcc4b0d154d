import { listCheckpoints } from "@insightgraph/editing/checkpoints";
import {
  catalogueFor,
  entryOf,
  type GraphDocument,
  type NodeCatalogue,
  namesHint,
  settingsOf,
} from "@insightgraph/engine/graph";
import { usageError } from "../../parse-arguments.ts";

/** The names of the checkpoints of this machine that can be opened. */
export async function presentModels(): Promise<readonly string[]> {
  return (await listCheckpoints()).flatMap(({ name, manifest }) =>
    manifest === undefined ? [] : [name],
  );
}

/**
 * What a worker has to offer: all checkpoints that are there, or some.
 * @param chosen Their names with commas between them. @default all, as they are each time
 * Throws: `command.usage` for one that is not there.
 */
export async function offeredModels(
  chosen: string | undefined,
): Promise<() => Promise<readonly string[]>> {
  if (chosen === undefined) return presentModels;
  const names = chosen.split(",").filter((name) => name !== "");
  const present = await presentModels();
  const missing = names.find((name) => !present.includes(name));
  if (missing !== undefined) {
    throw usageError(`--models: there is no model "${missing}"`, namesHint(missing, present));
  }
  return async () => (await presentModels()).filter((name) => names.includes(name));
}

/** Those of some checkpoints that a graph opens by their names. */
export function modelsIn(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  present: readonly string[],
): readonly string[] {
  const known = catalogueFor(graph, catalogue);
  const bodies = [graph, ...Object.values(graph.graphs ?? {})];
  const values = bodies
    .flatMap(({ nodes }) => Object.values(nodes))
    .flatMap((node) => {
      const spec = entryOf(known, node.type);
      if (spec === undefined) return [];
      return Object.entries(settingsOf(spec, node)).flatMap(([name, value]) => {
        const param = entryOf(spec.params, name);
        const isModel = param?.kind === "text" && param.folderPrefix !== undefined;
        return isModel && typeof value === "string" ? [value] : [];
      });
    });
  return [...new Set(values)].filter((name) => present.includes(name)).sort();
}
