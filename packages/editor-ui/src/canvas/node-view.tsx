import { entryOf, type GraphNode, type Issue, type NodeTypeSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import type { RenderEmit } from "rete-react-plugin";
import { isWaiting, nodeStateOf, refusalOf } from "../connection/node-status.ts";
import type { NodeState } from "../connection/run-state.ts";
import { nodeOf } from "../document/edits.ts";
import { nodeWidth } from "../document/measures.ts";
import { selectNodes } from "../document/selection.ts";
import { titleOf } from "../document/variant.ts";
import type { Editor } from "../editor.ts";
import { type EditorState, graphOf } from "../editor-state.ts";
import { useStore } from "../store.ts";
import { NodeBody } from "./node-body.tsx";
import { NodeHeader } from "./node-header.tsx";
import { NodePorts } from "./node-ports.tsx";
import { describeStatus, type NodeStatus } from "./node-status-words.ts";
import type { Schemes } from "./rete-schemes.ts";

interface NodeViewProps {
  readonly editor: Editor;
  readonly id: string;
  readonly emit: RenderEmit<Schemes>;
}

/** One node of the graph: header with state, ports, and what a person needs at hand. */
export function NodeView({ editor, id, emit }: NodeViewProps): ReactNode {
  const { store } = editor;
  const node = useStore(store, (state) => nodeOf(graphOf(state), id));
  const spec = useStore(store, (state) => specOf(state, id));
  const run = useStore(store, (state) => nodeStateOf(state.runs, id));
  const isQueued = useStore(store, (state) => isWaiting(state.runs, id));
  const fault = useStore(store, (state) => faultOf(state, id));
  const refusal = useStore(store, (state) => refusalOf(state.runs, graphOf(state), id));
  const isSelected = useStore(store, (state) => state.selection.nodes.includes(id));
  const title = useStore(store, (state) => {
    const shown = nodeOf(graphOf(state), id);
    return shown === undefined ? "" : titleOf(shown, state.catalogue);
  });
  if (node === undefined) return null;
  const status = statusOf(node, run, isQueued, refusal, fault);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring form semantics and styles
    <div
      className="node"
      role="group"
      data-node={id}
      data-status={status.kind}
      data-selected={isSelected}
      aria-label={`${title}, ${describeStatus(status)}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: nodes are walked by keyboard, Enter opens
      tabIndex={0}
      style={{ width: nodeWidth(spec) }}
      onFocus={() => {
        if (!store.get().selection.nodes.includes(id)) editor.select(selectNodes([id]));
      }}
    >
      <NodeHeader title={title} category={spec?.category ?? ""} status={status} />
      <NodePorts editor={editor} id={id} node={node} spec={spec} emit={emit} />
      <NodeBody editor={editor} id={id} node={node} spec={spec} status={status} />
    </div>
  );
}

function specOf(state: EditorState, id: string): NodeTypeSpec | undefined {
  return entryOf(state.catalogue, nodeOf(graphOf(state), id)?.type ?? "");
}

function faultOf({ issues }: EditorState, id: string): Issue | undefined {
  return issues.find((issue) => issue.nodeId === id);
}

/** What is most worth saying of a node comes first. */
function statusOf(
  node: GraphNode,
  run: NodeState | undefined,
  isQueued: boolean,
  refusal: Issue | undefined,
  fault: Issue | undefined,
): NodeStatus {
  if (fault?.code === "graph.unknown-type") return { kind: "unknown", issue: fault };
  if (node.muted === true) return { kind: "muted" };
  if (node.bypassed === true) return { kind: "bypassed" };
  if (refusal !== undefined) return { kind: "failed", issue: refusal };
  if (run?.phase === "running") return { kind: "running", run };
  if (run?.phase === "failed") return { kind: "failed", issue: run.error };
  if (fault !== undefined) return { kind: "faulty", issue: fault };
  if (isQueued) return { kind: "queued" };
  if (run?.phase === "done") return { kind: "done", run };
  return { kind: "idle" };
}
