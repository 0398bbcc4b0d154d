import { entryOf, type NodeCatalogue } from "./catalogue.ts";
import { type GraphBody, type GraphNode, graphInputs, type Link } from "./document.ts";

function passedThrough(
  node: GraphNode,
  output: string,
  catalogue: NodeCatalogue,
): Link | undefined {
  const spec = entryOf(catalogue, node.type);
  const type = entryOf(spec?.outputs, output)?.type;
  if (spec === undefined || type === undefined) return undefined;
  const same = Object.keys(spec.inputs).filter((name) => entryOf(spec.inputs, name)?.type === type);
  const byName = same.includes(output) ? [output, ...same] : same;
  for (const name of byName) {
    const link = entryOf(node.inputs, name);
    if (link !== undefined) return link;
  }
  return undefined;
}

/** Whether a node is bypassed or muted. */
export function isOff({ bypassed, muted }: GraphNode): boolean {
  return bypassed === true || muted === true;
}

/** Where links lead that begin at nodes which are off: by catalogue, then by node and output. */
type Followed = WeakMap<NodeCatalogue, Map<string, Link | undefined>>;

const followed = new WeakMap<GraphBody["nodes"], Followed>();

/** Documents never change in place, so each link is followed once. */
function followedIn({ nodes }: GraphBody, catalogue: NodeCatalogue): Map<string, Link | undefined> {
  const byCatalogue: Followed = followed.get(nodes) ?? new WeakMap();
  followed.set(nodes, byCatalogue);
  const links = byCatalogue.get(catalogue) ?? new Map();
  byCatalogue.set(catalogue, links);
  return links;
}

/**
 * Follows a link through bypassed nodes to the node that produces its value. A bypassed node forwards
 * an input of the output's port type: the one with the output's name, else the first connected one.
 * Undefined where nothing flows.
 */
export function resolveLink(
  graph: GraphBody,
  catalogue: NodeCatalogue,
  link: Link,
): Link | undefined {
  const first = entryOf(graph.nodes, link.node);
  if (first !== undefined && !isOff(first)) return link;
  const known = followedIn(graph, catalogue);
  const seen = new Set<string>();
  let current: Link | undefined = link;
  while (current !== undefined && current.node !== graphInputs) {
    const key = `${current.node}\n${current.output}`;
    if (known.has(key) || seen.has(key)) {
      current = known.get(key);
      break;
    }
    const node: GraphNode | undefined = entryOf(graph.nodes, current.node);
    if (node !== undefined && !isOff(node)) break;
    seen.add(key);
    current =
      node?.bypassed && !node.muted ? passedThrough(node, current.output, catalogue) : undefined;
  }
  for (const key of seen) known.set(key, current);
  return current;
}
