import { createRoot } from "react-dom/client";
import { NodeEditor } from "rete";
import { AreaPlugin } from "rete-area-plugin";
import { ConnectionPlugin } from "rete-connection-plugin";
import { Presets, type ReactArea2D, ReactPlugin } from "rete-react-plugin";
import { classicConnectionPath, getDOMSocketPosition } from "rete-render-utils";
import type { CanvasParts } from "./canvas-parts.tsx";
import type { LinkFlow } from "./link-flow.ts";
import type { Area, Schemes } from "./rete-schemes.ts";
import { largestZoom, smallestZoom } from "./viewport.ts";

/** Rete and the plugins that the page drives. */
export interface ReteScene {
  readonly rete: NodeEditor<Schemes>;
  readonly area: Area;
  readonly connection: ConnectionPlugin<Schemes, ReactArea2D<Schemes>>;
}

const curvature = 0.42;

/** Rete with its plugins, drawing with our components and linking by our gesture. */
export function createReteScene(
  container: HTMLElement,
  parts: CanvasParts,
  createFlow: (area: Area) => LinkFlow,
): ReteScene {
  const rete = new NodeEditor<Schemes>();
  const area = new AreaPlugin<Schemes, ReactArea2D<Schemes>>(container);
  const connection = new ConnectionPlugin<Schemes, ReactArea2D<Schemes>>();
  const flow = createFlow(area);
  connection.addPreset(() => flow);
  rete.use(area);
  area.use(connection);
  area.use(createRenderer(parts));
  area.addPipe((context) => {
    if (context.type !== "zoom") return context;
    const { zoom, source } = context.data;
    const isInBounds = zoom >= smallestZoom && zoom <= largestZoom;
    // A double click searches for a node instead.
    return source === "dblclick" || !isInBounds ? undefined : context;
  });
  return { rete, area, connection };
}

function createRenderer(parts: CanvasParts): ReactPlugin<Schemes, ReactArea2D<Schemes>> {
  const render = new ReactPlugin<Schemes, ReactArea2D<Schemes>>({ createRoot });
  render.addPreset(
    Presets.classic.setup({
      socketPositionWatcher: getDOMSocketPosition({ offset: (position) => position }),
      customize: {
        node: () => parts.node,
        connection: () => parts.link,
        socket: () => parts.socket,
      },
    }),
  );
  render.addPipe((context) => {
    if (typeof context !== "object" || !("type" in context)) return context;
    if (context.type !== "connectionpath") return context;
    const [start, end] = context.data.points;
    if (start === undefined || end === undefined) return context;
    const path = classicConnectionPath([start, end], curvature);
    return { ...context, data: { ...context.data, path } };
  });
  return render;
}
