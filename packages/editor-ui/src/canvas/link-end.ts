import type { InputEnd } from "../document/edits.ts";

/** The link that an element draws, or is part of, by the input it ends in. */
export function linkEndOf(element: EventTarget | null): InputEnd | undefined {
  const link = element instanceof Element ? element.closest<SVGElement>("[data-input]") : null;
  const { into: node, input } = link?.dataset ?? {};
  return node === undefined || input === undefined ? undefined : { node, input };
}
