import { entryOf, type GraphDocument } from "@insightgraph/engine/graph";

/** A link of a graph between two of its nodes. */
export interface PlacedLink {
  readonly source: string;
  readonly output: string;
  readonly target: string;
  readonly input: string;
}

/** A link as a key for maps: inputs take one link, so the input names it. */
export function toLinkKey({ target, input }: Pick<PlacedLink, "target" | "input">): string {
  return `${target} ${input}`;
}

/** A graph's links between nodes that it has. */
export function linksOf(graph: GraphDocument): PlacedLink[] {
  const links: PlacedLink[] = [];
  for (const [target, { inputs }] of Object.entries(graph.nodes)) {
    if (inputs === undefined) continue;
    for (const [input, { node: source, output }] of Object.entries(inputs)) {
      if (entryOf(graph.nodes, source) === undefined) continue;
      links.push({ source, output, target, input });
    }
  }
  return links;
}
