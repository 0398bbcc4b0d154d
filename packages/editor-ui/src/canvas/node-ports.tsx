import type { GraphNode, NodeTypeSpec } from "@insightgraph/engine/graph";
import { type ReactNode, useMemo } from "react";
import { inputNames } from "../document/input-names.ts";
import type { PortEnd } from "../document/port-end.ts";
import { toWords } from "../document/variant.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import { SocketView } from "./socket-view.tsx";

interface NodePortsProps {
  readonly editor: Editor;
  readonly id: string;
  readonly node: GraphNode;
  readonly spec: NodeTypeSpec | undefined;
}

/** Inputs on the left, outputs on the right, row by row. */
export function NodePorts({ editor, id, node, spec }: NodePortsProps): ReactNode {
  const inputs = inputNames(node, spec);
  const linked = useStore(editor.store, (state) => state.nodes.get(id)?.linkedOutputs);
  const outputs = spec === undefined ? [...(linked ?? [])] : Object.keys(spec.outputs);
  return (
    <div className="node-ports">
      <div className="node-port-column">
        {inputs.map((port) => (
          <Port key={port} editor={editor} node={id} side="input" port={port} />
        ))}
      </div>
      <div className="node-port-column" data-side="output">
        {outputs.map((port) => (
          <Port key={port} editor={editor} node={id} side="output" port={port} />
        ))}
      </div>
    </div>
  );
}

interface PortProps extends PortEnd {
  readonly editor: Editor;
}

function Port({ editor, node, side, port }: PortProps): ReactNode {
  const end = useMemo<PortEnd>(() => ({ node, side, port }), [node, side, port]);
  const shape = useStore(editor.store, (state) => {
    if (side === "input") return "";
    const preview = state.nodes.get(node)?.previews[port];
    if (preview?.kind === "shape") return preview.text;
    const type = graphOf(state).nodes[node]?.type ?? "";
    const known = state.catalogue[type]?.outputs[port]?.shape;
    // Sizes that are only names say nothing before a run.
    const isKnown = known?.every((size) => typeof size === "number") === true;
    return isKnown ? `[${known.join(", ")}]` : "";
  });
  return (
    <div className="node-port">
      <span className="socket-holder">
        <SocketView editor={editor} end={end} />
      </span>
      <span className="node-port-label">
        <span>{toWords(port)}</span>
        {shape !== "" && <span className="node-port-shape">{shape}</span>}
      </span>
    </div>
  );
}
