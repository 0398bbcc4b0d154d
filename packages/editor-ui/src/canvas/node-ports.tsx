import type { GraphNode, NodeTypeSpec } from "@insightgraph/engine/graph";
import { memo, type ReactNode, useMemo } from "react";
import { Presets, type RenderEmit } from "rete-react-plugin";
import type { PortEnd } from "../document/compatibility.ts";
import { inputNames } from "../document/input-names.ts";
import { toWords } from "../document/variant.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import type { PortSocket, Schemes } from "./rete-schemes.ts";

interface NodePortsProps {
  readonly editor: Editor;
  readonly id: string;
  readonly node: GraphNode;
  readonly spec: NodeTypeSpec | undefined;
  readonly emit: RenderEmit<Schemes>;
}

/** Inputs on the left, outputs on the right, row by row. */
export function NodePorts({ editor, id, node, spec, emit }: NodePortsProps): ReactNode {
  const inputs = inputNames(node, spec);
  const linked = useStore(editor.store, (state) => state.nodes.get(id)?.linkedOutputs);
  const outputs = spec === undefined ? [...(linked ?? [])] : Object.keys(spec.outputs);
  return (
    <div className="node-ports">
      <div className="node-port-column">
        {inputs.map((port) => (
          <Port key={port} editor={editor} node={id} side="input" port={port} emit={emit} />
        ))}
      </div>
      <div className="node-port-column" data-side="output">
        {outputs.map((port) => (
          <Port key={port} editor={editor} node={id} side="output" port={port} emit={emit} />
        ))}
      </div>
    </div>
  );
}

interface PortProps extends PortEnd {
  readonly editor: Editor;
  readonly emit: RenderEmit<Schemes>;
}

function Port({ editor, node, side, port, emit }: PortProps): ReactNode {
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
      <PortSocketHolder node={node} side={side} port={port} emit={emit} />
      <span className="node-port-label">
        <span>{toWords(port)}</span>
        {shape !== "" && <span className="node-port-shape">{shape}</span>}
      </span>
    </div>
  );
}

/** Rete mounts the socket again whenever this renders, so it renders once. */
const PortSocketHolder = memo(
  function PortSocketHolder({
    node,
    side,
    port,
    emit,
  }: PortEnd & { readonly emit: RenderEmit<Schemes> }): ReactNode {
    const payload = useMemo<PortSocket>(
      () => ({ name: port, end: { node, side, port } }),
      [node, side, port],
    );
    return (
      <Presets.classic.RefSocket<Schemes>
        name="socket-holder"
        side={side}
        nodeId={node}
        socketKey={port}
        emit={emit}
        payload={payload}
      />
    );
  },
  (before, after) => before.node === after.node && before.port === after.port,
);
