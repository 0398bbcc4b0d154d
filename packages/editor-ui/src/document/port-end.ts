/** One port of one node. */
export interface PortEnd {
  readonly node: string;
  readonly side: "input" | "output";
  readonly port: string;
}

/** A port as a key for maps. */
export function toEndKey({ node, side, port }: PortEnd): string {
  return `${side} ${node} ${port}`;
}
