/** A network of nodes and arcs, whose capacities are set anew for each flow. */
export interface FlowNetwork {
  /** Arcs of node n are those from first[n] up to first[n + 1]. */
  readonly first: Int32Array;
  readonly to: Int32Array;
  /** The arc that leads back. */
  readonly back: Int32Array;
  /** Capacity that is left, in whole numbers. */
  readonly capacity: Int32Array;
  /** What each node takes in from the source where positive, and gives to the sink where negative. */
  readonly excess: Int32Array;
}

/** A network with an arc each way between the two nodes of each pair. Shapes: pairs [2 N], node numbers */
export function flowNetwork(nodes: number, pairs: Int32Array): FlowNetwork {
  const first = new Int32Array(nodes + 1);
  for (const node of pairs) first[node + 1] = (first[node + 1] as number) + 1;
  for (let node = 0; node < nodes; node++) {
    first[node + 1] = (first[node + 1] as number) + (first[node] as number);
  }
  const free = first.slice(0, nodes);
  const take = (node: number): number => {
    const arc = free[node] as number;
    free[node] = arc + 1;
    return arc;
  };
  const [to, back] = [new Int32Array(pairs.length), new Int32Array(pairs.length)];
  for (let at = 0; at < pairs.length; at += 2) {
    const [a, b] = [pairs[at] as number, pairs[at + 1] as number];
    const [forth, reverse] = [take(a), take(b)];
    to[forth] = b;
    to[reverse] = a;
    back[forth] = reverse;
    back[reverse] = forth;
  }
  const capacity = new Int32Array(pairs.length);
  return { first, to, back, capacity, excess: new Int32Array(nodes) };
}

/** Distance of each node from the source over arcs with capacity left, or -1; undefined where the sink is out of reach. */
function levelsOf({ first, to, capacity, excess }: FlowNetwork) {
  const level = new Int32Array(excess.length).fill(-1);
  const queue = new Int32Array(excess.length);
  let end = 0;
  for (let node = 0; node < excess.length; node++) {
    if ((excess[node] as number) <= 0) continue;
    level[node] = 0;
    queue[end++] = node;
  }
  let isReached = false;
  for (let at = 0; at < end; at++) {
    const node = queue[at] as number;
    if ((excess[node] as number) < 0) isReached = true;
    for (let arc = first[node] as number; arc < (first[node + 1] as number); arc++) {
      const next = to[arc] as number;
      if ((capacity[arc] as number) === 0 || (level[next] as number) >= 0) continue;
      level[next] = (level[node] as number) + 1;
      queue[end++] = next;
    }
  }
  return { level, isReached };
}

/** Sends flow along shortest paths from a node to the sink; returns how much. */
function push(
  network: FlowNetwork,
  level: Int32Array,
  current: Int32Array,
  node: number,
  limit: number,
): number {
  const { first, to, back, capacity, excess } = network;
  const wanted = -(excess[node] as number);
  let sent = 0;
  if (wanted > 0) {
    sent = Math.min(limit, wanted);
    excess[node] = sent - wanted;
  }
  const last = first[node + 1] as number;
  for (
    ;
    sent < limit && (current[node] as number) < last;
    current[node] = (current[node] as number) + 1
  ) {
    const arc = current[node] as number;
    const next = to[arc] as number;
    const room = capacity[arc] as number;
    if (room === 0 || level[next] !== (level[node] as number) + 1) continue;
    const flow = push(network, level, current, next, Math.min(limit - sent, room));
    capacity[arc] = room - flow;
    capacity[back[arc] as number] = (capacity[back[arc] as number] as number) + flow;
    sent += flow;
    if (sent === limit) break;
  }
  return sent;
}

/**
 * Sends as much as fits from source to sink. Returns 1 for the nodes on the source's side of the least cut.
 * Source: Dinic 1970, blocking flows in layered networks.
 */
export function minimumCut(network: FlowNetwork): Uint8Array {
  const { first, excess } = network;
  for (;;) {
    const { level, isReached } = levelsOf(network);
    if (!isReached) return Uint8Array.from(level, (value) => (value >= 0 ? 1 : 0));
    const current = first.slice(0, excess.length);
    for (let node = 0; node < excess.length; node++) {
      const supply = excess[node] as number;
      if (supply > 0) excess[node] = supply - push(network, level, current, node, supply);
    }
  }
}
