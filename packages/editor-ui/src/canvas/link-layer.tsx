import type { GraphDocument } from "@insightgraph/engine/graph";
import { type ReactNode, useMemo } from "react";
import { createPortal } from "react-dom";
import { type Box, boundsOf, grown, overlaps } from "../document/boxes.ts";
import { linksOf, type PlacedLink, toLinkKey } from "../document/links.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import { LinkView, LooseLink } from "./link-view.tsx";
import type { Sight } from "./sight.ts";

/** The links in sight, under the nodes. */
export function LinkLayer({ scene }: { readonly scene: CanvasScene }): ReactNode {
  const graph = useStore(scene.editor.store, graphOf);
  const sight = useStore(scene.sight, (now) => now);
  const boxes = scene.boxes();
  const links = useMemo(() => linksInSight(graph, sight, boxes), [graph, sight, boxes]);
  return createPortal(
    <svg className="links" role="presentation">
      {links.map((link) => (
        <LinkView key={toLinkKey(link)} scene={scene} {...link} />
      ))}
      <LooseLink scene={scene} />
    </svg>,
    scene.area.area.content.holder,
  );
}

/** Links of nodes that are drawn, and links that cross the place between them. */
function linksInSight(
  graph: GraphDocument,
  { isFar, nodes }: Sight,
  boxes: ReadonlyMap<string, Box>,
): PlacedLink[] {
  if (isFar || nodes.size === 0) return [];
  const shown = boundsOf([...nodes].flatMap((id) => boxes.get(id) ?? []));
  return linksOf(graph).filter(({ source, target }) => {
    if (nodes.has(source) || nodes.has(target)) return true;
    const between = boundsOf(
      [boxes.get(source), boxes.get(target)].filter((box) => box !== undefined),
    );
    return shown !== undefined && between !== undefined && overlaps(grown(between, 40), shown);
  });
}
