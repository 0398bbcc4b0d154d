import {
  entryOf,
  type GraphDocument,
  type GraphTyping,
  type NodeCatalogue,
} from "@insightgraph/engine/graph";
import { createFitCheck } from "./compatibility.ts";
import { linkableNames } from "./input-names.ts";
import type { PortEnd } from "./port-end.ts";
import { titleOf, toWords } from "./variant.ts";

/** A link that could be made. */
export interface LinkOffer {
  readonly id: string;
  readonly label: string;
  readonly from: PortEnd;
  readonly to: PortEnd;
}

/** Every link that a node could have with the others, its outputs first. */
export function linkOffers(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  typing: Pick<GraphTyping, "typeOf">,
  nodeId: string,
): LinkOffer[] {
  const ends = portsOf(graph, catalogue, nodeId);
  const others = Object.keys(graph.nodes).flatMap((id) =>
    id === nodeId ? [] : portsOf(graph, catalogue, id),
  );
  return ends.flatMap((end) => {
    const whyUnfit = createFitCheck(graph, catalogue, typing, end);
    return others
      .filter((other) => whyUnfit(other) === undefined)
      .map((other) => {
        const [from, to] = end.side === "output" ? [end, other] : [other, end];
        const label = `${nameOf(graph, catalogue, from)} → ${nameOf(graph, catalogue, to)}`;
        return { id: label, label, from, to };
      });
  });
}

function portsOf(graph: GraphDocument, catalogue: NodeCatalogue, node: string): PortEnd[] {
  const spec = entryOf(catalogue, entryOf(graph.nodes, node)?.type ?? "");
  if (spec === undefined) return [];
  return [
    ...Object.keys(spec.outputs).map((port) => ({ node, side: "output", port }) as const),
    ...linkableNames(spec).map((port) => ({ node, side: "input", port }) as const),
  ];
}

function nameOf(graph: GraphDocument, catalogue: NodeCatalogue, { node, port }: PortEnd): string {
  const found = entryOf(graph.nodes, node);
  const title = found === undefined ? node : titleOf(found, catalogue);
  return `${title} (${node}) ${toWords(port)}`;
}
