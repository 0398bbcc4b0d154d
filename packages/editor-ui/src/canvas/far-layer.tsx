import { type ReactNode, useEffect, useRef } from "react";
import { linkReach, overlaps } from "../document/boxes.ts";
import { linksOf } from "../document/links.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import { shownBox } from "./sight.ts";

/** Nodes and links too small to read, painted as plain boxes and lines. */
export function FarLayer({ scene }: { readonly scene: CanvasScene }): ReactNode {
  const isFar = useStore(scene.sight, (sight) => sight.isFar);
  return isFar ? <FarCanvas scene={scene} /> : null;
}

function FarCanvas({ scene }: { readonly scene: CanvasScene }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    let isWaiting = false;
    const repaint = () => {
      if (!isWaiting) requestAnimationFrame(paintNow);
      isWaiting = true;
    };
    const paintNow = () => {
      isWaiting = false;
      paint(element, scene);
    };
    const stops = [scene.view, scene.shift, scene.sight, scene.editor.store].map((store) =>
      store.subscribe(repaint),
    );
    paintNow();
    return () => {
      for (const stop of stops) stop();
    };
  }, [scene]);
  return <canvas ref={canvas} className="far" />;
}

function paint(element: HTMLCanvasElement, scene: CanvasScene): void {
  const { clientWidth: width, clientHeight: height } = scene.container;
  const scale = window.devicePixelRatio;
  if (
    element.width !== Math.round(width * scale) ||
    element.height !== Math.round(height * scale)
  ) {
    element.width = Math.round(width * scale);
    element.height = Math.round(height * scale);
  }
  const context = element.getContext("2d");
  if (context === null) return;
  const { x, y, zoom } = scene.view.get();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, element.width, element.height);
  context.setTransform(zoom * scale, 0, 0, zoom * scale, x * scale, y * scale);
  paintGraph(context, scene, shownBox({ x, y, zoom }, { width, height }), 1 / zoom);
}

function paintGraph(
  context: CanvasRenderingContext2D,
  scene: CanvasScene,
  shown: ReturnType<typeof shownBox>,
  px: number,
): void {
  const state = scene.editor.store.get();
  const shift = scene.shift.get();
  const colours = readColours(scene.container);
  const boxes = new Map(
    [...scene.boxes()].map(([id, box]) => {
      const isMoved = shift?.nodes.has(id) === true;
      return [id, isMoved ? { ...box, x: box.x + shift.x, y: box.y + shift.y } : box] as const;
    }),
  );
  context.strokeStyle = colours.link;
  context.lineWidth = px;
  context.beginPath();
  for (const { source, target } of linksOf(graphOf(state))) {
    const [one, other] = [boxes.get(source), boxes.get(target)];
    if (one === undefined || other === undefined) continue;
    if (!overlaps(one, shown) && !overlaps(other, shown)) continue;
    const from = { x: one.x + one.width, y: one.y + 45 };
    const to = { x: other.x, y: other.y + 45 };
    const reach = linkReach(from, to);
    context.moveTo(from.x, from.y);
    context.bezierCurveTo(from.x + reach, from.y, to.x - reach, to.y, to.x, to.y);
  }
  context.stroke();
  for (const [id, box] of boxes) {
    if (!overlaps(box, shown)) continue;
    const status = state.nodes.get(id)?.status.kind ?? "idle";
    const isSelected = state.selection.nodes.has(id);
    context.fillStyle = colours.node;
    context.fillRect(box.x, box.y, box.width, box.height);
    context.fillStyle = isSelected ? colours.accent : (colours.status[status] ?? colours.header);
    context.fillRect(box.x, box.y, box.width, 34);
    if (!isSelected) continue;
    context.strokeStyle = colours.accent;
    context.lineWidth = px * 2;
    context.strokeRect(box.x, box.y, box.width, box.height);
  }
}

function readColours(element: Element) {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const failed = read("--failed");
  const status: Partial<Record<string, string>> = {
    running: read("--accent"),
    done: read("--done"),
    failed,
    unknown: failed,
    faulty: read("--warn"),
  };
  return {
    node: read("--node"),
    header: read("--line-strong"),
    link: read("--line-strong"),
    accent: read("--accent"),
    status,
  };
}
