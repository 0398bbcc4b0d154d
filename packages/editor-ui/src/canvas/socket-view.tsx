import type { PortSpec } from "@insightgraph/engine/graph";
import { type ReactNode, useState } from "react";
import { toSentence } from "../connection/issue-words.ts";
import { portOf } from "../document/compatibility.ts";
import { linkInto } from "../document/edits.ts";
import { type PortEnd, toEndKey } from "../document/port-end.ts";
import { typeWords } from "../document/type-words.ts";
import { toWords } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import { roleColour } from "../parts/category-mark.tsx";
import type { Editor } from "../state/editor.ts";
import { type EditorState, graphOf } from "../state/editor-state.ts";
import { portLook } from "../state/port-look.ts";
import { useStore } from "../state/store.ts";

interface SocketViewProps {
  readonly editor: Editor;
  readonly end: PortEnd;
}

/** A port's mark: its colour and shape tell the type; while a link is dragged, whether it fits. */
export function SocketView({ editor, end }: SocketViewProps): ReactNode {
  const port = useStore(editor.store, (state) => portOf(graphOf(state), state.catalogue, end));
  const look = useStore(editor.store, (state) => portLook(state, end));
  const fit = useStore(editor.store, (state) => fitOf(state, end));
  const isLinked = useStore(editor.store, (state) => hasLink(state, end));
  const [isPointed, setPointed] = useState(false);
  const isMissing = end.side === "input" && !isLinked && port?.optional !== true;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a mark of 9 px in a row of text, without a button's styles
    <span
      className="socket"
      role="button"
      aria-haspopup="menu"
      aria-label={words.node.port(
        words.node.sides[end.side],
        toWords(end.port),
        typeWords(port?.type ?? ""),
        isLinked,
      )}
      // Reached from its node, not by Tab: nodes have many.
      tabIndex={-1}
      data-shape={look?.shape}
      data-fit={fit}
      data-linked={isLinked}
      data-missing={isMissing}
      data-port={`${end.node}.${end.side}.${end.port}`}
      data-of={end.node}
      data-side={end.side}
      data-name={end.port}
      style={{ color: roleColour(look?.role ?? "other") }}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setPointed(true)}
      onBlur={() => setPointed(false)}
    >
      <span className="socket-mark" />
      {isPointed && <SocketTip editor={editor} end={end} port={port} />}
    </span>
  );
}

interface SocketTipProps extends SocketViewProps {
  readonly port: PortSpec | undefined;
}

/** Type, shape and meaning of a port; while a link is dragged, why it does not fit. */
function SocketTip({ editor, end, port }: SocketTipProps): ReactNode {
  const reason = useStore(editor.store, (state) => state.gesture?.whyUnfit(end));
  return (
    <span className="socket-tip" data-side={end.side} role="tooltip">
      <strong>{port === undefined ? words.node.unknown : typeWords(port.type)}</strong>
      {port?.shape !== undefined && <span> [{port.shape.join(", ")}]</span>}
      {port?.optional === true && <span> · {words.node.optional}</span>}
      <span className="socket-tip-doc">{toSentence(reason ?? port?.doc ?? toWords(end.port))}</span>
    </span>
  );
}

type Fit = "idle" | "picked" | "fits" | "unfit";

function fitOf({ gesture }: EditorState, end: PortEnd): Fit {
  if (gesture === undefined) return "idle";
  if (toEndKey(gesture.from) === toEndKey(end)) return "picked";
  return gesture.whyUnfit(end) === undefined ? "fits" : "unfit";
}

function hasLink(state: EditorState, { node, side, port }: PortEnd): boolean {
  if (side === "input") return linkInto(graphOf(state), { node, input: port }) !== undefined;
  return state.nodes.get(node)?.linkedOutputs.has(port) === true;
}
