import { type ColourRole, entryOf } from "@insightgraph/engine/graph";
import { memo, type ReactNode } from "react";
import { linkPath, portOffset } from "../document/boxes.ts";
import { nodeOf, type Point } from "../document/edits.ts";
import { stopsOf } from "../document/link-stops.ts";
import type { PlacedLink } from "../document/links.ts";
import type { PortEnd } from "../document/port-end.ts";
import { roleColour } from "../parts/category-mark.tsx";
import { type EditorState, graphOf } from "../state/editor-state.ts";
import { portLook } from "../state/port-look.ts";
import { useStore } from "../state/store.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import { shownPlace } from "./follow-document.ts";

interface LinkViewProps extends PlacedLink {
  readonly scene: CanvasScene;
}

/** A link in its port type's colour; the wide invisible line under it makes it easy to hit. */
export const LinkView = memo(function LinkView({ scene, ...link }: LinkViewProps): ReactNode {
  const { store } = scene.editor;
  const role = useStore(store, (state) => roleOf(state, link));
  const appearance = useStore(store, (state) => appearanceOf(state, link));
  const { source, output, target, input } = link;
  const from = usePortPlace(scene, { node: source, side: "output", port: output });
  const to = usePortPlace(scene, { node: target, side: "input", port: input });
  const stops = useStore(store, (state) => stopsOf(nodeOf(graphOf(state), target), input));
  const shift = useStore(scene.shift, (now) => now?.stop);
  const shown = shift?.end.node === target && shift.end.input === input ? shift.stops : stops;
  if (appearance === "lifted") return null;
  const path = linkPath(from, to, shown);
  return (
    <g
      className="link"
      data-into={target}
      data-input={input}
      data-look={appearance}
      style={{ color: roleColour(role) }}
    >
      <path className="link-hit" d={path} />
      <path className="link-line" d={path}>
        <title>{`${source} ${output} to ${target} ${input}`}</title>
      </path>
      {shown.map(({ x, y }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stop is known by its place along the link
        <circle key={index} className="link-stop" data-stop={index} cx={x} cy={y} r={5} />
      ))}
    </g>
  );
});

/** The link in hand, from its port to the pointer. */
export function LooseLink({ scene }: { readonly scene: CanvasScene }): ReactNode {
  const gesture = useStore(scene.editor.store, (state) => state.gesture);
  return gesture === undefined ? null : <LinkInHand scene={scene} from={gesture.from} />;
}

function LinkInHand({ scene, from }: { scene: CanvasScene; from: PortEnd }): ReactNode {
  const role = useStore(scene.editor.store, (state) => portLook(state, from)?.role ?? "other");
  const start = usePortPlace(scene, from);
  const end = useStore(scene.linkEnd, (at) => at);
  if (end === undefined) return null;
  const path = from.side === "output" ? linkPath(start, end) : linkPath(end, start);
  return (
    <g className="link" data-pseudo="true" style={{ color: roleColour(role) }}>
      <path className="link-line" d={path} />
    </g>
  );
}

/** Where a port's mark is drawn, also while its node is dragged. */
function usePortPlace({ editor, shift }: CanvasScene, end: PortEnd): Point {
  const graph = useStore(editor.store, graphOf);
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  const moved = useStore(shift, (now) => (now?.nodes.has(end.node) === true ? now : undefined));
  const { x, y } = shownPlace(graph, moved, end.node);
  const offset = portOffset(graph, catalogue, end);
  return { x: x + offset.x, y: y + offset.y };
}

function roleOf(state: EditorState, { source, output, target, input }: PlacedLink): ColourRole {
  const from = { node: source, side: "output", port: output } as const;
  const to = { node: target, side: "input", port: input } as const;
  return (portLook(state, from) ?? portLook(state, to))?.role ?? "other";
}

type Appearance = "plain" | "selected" | "off" | "lifted" | "faded" | "wrong";

function appearanceOf(state: EditorState, { source, target, input }: PlacedLink): Appearance {
  const { gesture, selection } = state;
  const { detached } = gesture ?? {};
  if (detached?.node === target && detached.input === input) return "lifted";
  if (selection.link?.node === target && selection.link.input === input) return "selected";
  const issues = state.nodes.get(target)?.issues ?? [];
  const isWrong = issues.some(
    ({ path, code }) => path === `inputs.${input}` && code !== "graph.absent-input",
  );
  if (isWrong) return "wrong";
  const { nodes } = graphOf(state);
  const isOff = [source, target].some((id) => {
    const node = entryOf(nodes, id);
    return node?.bypassed === true || node?.muted === true;
  });
  if (isOff) return "off";
  return gesture === undefined ? "plain" : "faded";
}
