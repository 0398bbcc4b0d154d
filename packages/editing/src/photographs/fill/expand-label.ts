import { type FlowNetwork, minimumCut } from "./max-flow.ts";

/** What a node looks like under each label. Shapes: colours [labels, nodes, 3]; isKnown [labels, nodes] */
export interface Looks {
  readonly nodes: number;
  readonly colours: Uint8Array;
  readonly isKnown: Uint8Array;
}

/** How different a look is from one that is not known: as grey from white. */
const unknown = 255;

/** How differently a node looks under two labels: the sum over red, green and blue. */
function change({ nodes, colours, isKnown }: Looks, node: number, a: number, b: number): number {
  if (a === b) return 0;
  const [i, j] = [a * nodes + node, b * nodes + node];
  if (isKnown[i] !== 1 || isKnown[j] !== 1) return unknown;
  return (
    Math.abs((colours[3 * i] as number) - (colours[3 * j] as number)) +
    Math.abs((colours[3 * i + 1] as number) - (colours[3 * j + 1] as number)) +
    Math.abs((colours[3 * i + 2] as number) - (colours[3 * j + 2] as number))
  );
}

/**
 * Offers one label to all nodes at once; those take it with which the sum of all costs becomes least. Two neighbours with
 * different labels cost what both of them would change by under the other's.
 * @param costs What each label costs each node by itself. Shapes: labels [nodes]; costs [labels][nodes]
 * Source: expansion moves (Boykov, Veksler, Zabih 2001), built as in Kolmogorov and Zabih 2004; seams of Kwatra et al. 2003.
 */
export function expandLabel(
  network: FlowNetwork,
  labels: Int32Array,
  offered: number,
  costs: readonly Int32Array[],
  looks: Looks,
): void {
  const { excess, capacity, first, to, back } = network;
  const seam = (p: number, q: number, a: number, b: number): number =>
    a === b ? 0 : change(looks, p, a, b) + change(looks, q, a, b);
  for (let node = 0; node < excess.length; node++) {
    excess[node] =
      (costs[offered]?.[node] as number) - (costs[labels[node] as number]?.[node] as number);
  }
  for (let node = 0; node < excess.length; node++) {
    const own = labels[node] as number;
    for (let arc = first[node] as number; arc < (first[node + 1] as number); arc++) {
      const other = to[arc] as number;
      if (other < node) continue;
      const others = labels[other] as number;
      const both = seam(node, other, own, others);
      const onlyThis = seam(node, other, offered, others);
      const onlyThat = seam(node, other, own, offered);
      excess[node] = (excess[node] as number) + onlyThis - both;
      excess[other] = (excess[other] as number) - onlyThis;
      capacity[arc] = Math.max(0, onlyThis + onlyThat - both);
      capacity[back[arc] as number] = 0;
    }
  }
  const keeps = minimumCut(network);
  for (let node = 0; node < keeps.length; node++) if (keeps[node] === 0) labels[node] = offered;
}
