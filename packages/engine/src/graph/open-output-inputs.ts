import { entryOf } from "./catalogue.ts";
import {
  type GraphBody,
  type GraphInput,
  graphInputs,
  isOutputInput,
  type Link,
} from "./document.ts";
import { mapValues } from "./map-values.ts";

function keyOf({ node, output }: Link): string {
  return `${node}/${output}`;
}

/**
 * Turns inputs that name a node's output into ports: what took from that output takes from `$inputs` instead, and a
 * node that nothing takes from any more is muted.
 * @param names Inputs that are given a value; those of another kind stay as they are.
 * @param typeOf The type of what flows along a link of this graph; an output of unknown type stays as it is.
 */
export function openOutputInputs<B extends GraphBody>(
  body: B,
  names: Iterable<string>,
  typeOf: (link: Link) => string | undefined,
): B {
  const inputs: Record<string, GraphInput> = { ...body.inputs };
  const replaced = new Map<string, Link>();
  const replacedNodes = new Set<string>();
  for (const name of names) {
    const input = entryOf(body.inputs, name);
    if (input === undefined || !isOutputInput(input)) continue;
    const type = typeOf(input);
    if (type === undefined) continue;
    inputs[name] = { type };
    replaced.set(keyOf(input), { node: graphInputs, output: name });
    replacedNodes.add(input.node);
  }
  if (replaced.size === 0) return body;
  const used = new Set<string>();
  const relink = (link: Link): Link => {
    const live = replaced.get(keyOf(link)) ?? link;
    used.add(live.node);
    return live;
  };
  const relinked = mapValues(body.nodes, (node) =>
    node.inputs === undefined ? node : { ...node, inputs: mapValues(node.inputs, relink) },
  );
  const outputs = body.outputs && mapValues(body.outputs, relink);
  const isIdle = (id: string): boolean => replacedNodes.has(id) && !used.has(id);
  const nodes = mapValues(relinked, (node, id) => (isIdle(id) ? { ...node, muted: true } : node));
  return { ...body, nodes, inputs, ...(outputs && { outputs }) };
}
