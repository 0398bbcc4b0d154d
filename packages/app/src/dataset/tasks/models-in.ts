import { listCheckpoints } from "@insightgraph/editing/checkpoints";
import {
  catalogueFor,
  entryOf,
  type GraphDocument,
  type NodeCatalogue,
  settingsOf,
} from "@insightgraph/engine/graph";

/** The names of the checkpoints of this machine that can be opened. */
export async function presentModels(): Promise<readonly string[]> {
  return (await listCheckpoints()).flatMap(({ name, manifest }) =>
    manifest === undefined ? [] : [name],
  );
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
