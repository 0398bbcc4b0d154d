import type { PortEnd } from "../document/port-end.ts";

/** The port that an element is, or is part of. */
export function portOf(element: EventTarget | null): PortEnd | undefined {
  const mark = element instanceof Element ? element.closest("[data-port]") : null;
  if (!(mark instanceof HTMLElement)) return undefined;
  const { of: node, side, name: port } = mark.dataset;
  const isSide = side === "input" || side === "output";
  return node !== undefined && port !== undefined && isSide ? { node, side, port } : undefined;
}
