import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { FaultGuard } from "../parts/fault-guard.tsx";
import { useStore } from "../state/store.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import { NodeView } from "./node-view.tsx";

/** The nodes in sight, each in the element that Rete placed for it. */
export function NodeLayer({ scene }: { readonly scene: CanvasScene }): ReactNode {
  const holders = useStore(scene.holders, (all) => all);
  return [...holders].map(([id, element]) =>
    createPortal(
      <FaultGuard what="node">
        <NodeView editor={scene.editor} id={id} />
      </FaultGuard>,
      element,
      id,
    ),
  );
}
