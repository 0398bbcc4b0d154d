import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { useStore } from "../state/store.ts";
import type { CanvasScene } from "./canvas-scene.ts";

/** The box that selects what lies in it. */
export function BandLayer({ scene }: { readonly scene: CanvasScene }): ReactNode {
  const band = useStore(scene.band, (box) => box);
  if (band === undefined) return null;
  const { x, y, width, height } = band;
  return createPortal(
    <div className="band" style={{ translate: `${x}px ${y}px`, width, height }} />,
    scene.area.area.content.holder,
  );
}
