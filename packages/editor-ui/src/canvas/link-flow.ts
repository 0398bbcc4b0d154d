import type { Flow, SocketData } from "rete-connection-plugin";
import { toSentence } from "../connection/issue-words.ts";
import { type PortEnd, toEndKey } from "../document/compatibility.ts";
import { connect, disconnect, type InputEnd, linkInto } from "../document/edits.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import type { Schemes } from "./rete-schemes.ts";

type AnyFlow = Flow<Schemes, unknown[]>;

/** A gesture for Rete that can also be ended from outside. */
export interface LinkFlow extends AnyFlow {
  /** Ends the gesture and leaves the graph as it was. */
  abandon(): void;
}

/**
 * Dragging of links: from an output to an input or back, or by the input end of one that exists.
 * A port clicked without dragging stays picked until another one is clicked.
 * @param onEmpty called when a new link is let go over nothing
 */
export function createLinkFlow(editor: Editor, onEmpty: (from: PortEnd) => void): LinkFlow {
  let picked: { readonly socket: SocketData; readonly pressed: string } | undefined;

  function start(socket: SocketData): void {
    const graph = graphOf(editor.store.get());
    const pressed = toEnd(socket);
    const detached = existingLink(editor, pressed);
    const link = detached === undefined ? undefined : linkInto(graph, detached);
    const from: PortEnd =
      link === undefined ? pressed : { node: link.node, side: "output", port: link.output };
    picked = {
      socket: { ...socket, nodeId: from.node, side: from.side, key: from.port },
      pressed: toEndKey(pressed),
    };
    editor.startLink(from, detached);
  }

  function finish(): void {
    picked = undefined;
    editor.endLink();
  }

  function release(socket: SocketData): void {
    const { gesture } = editor.store.get();
    const end = toEnd(socket);
    finish();
    if (gesture === undefined) return;
    const reason = gesture.reasons.get(toEndKey(end));
    if (reason !== undefined) {
      editor.notify({ tone: "info", text: toSentence(reason) });
      return;
    }
    if (!gesture.reasons.has(toEndKey(end))) return;
    const [from, to] = gesture.from.side === "output" ? [gesture.from, end] : [end, gesture.from];
    const target: InputEnd = { node: to.node, input: to.port };
    const { detached } = gesture;
    const isMoved =
      detached !== undefined && (detached.node !== to.node || detached.input !== to.port);
    editor.edit((draft) => {
      if (isMoved) disconnect(detached)(draft);
      connect({ node: from.node, output: from.port }, target)(draft);
    });
  }

  return {
    async pick({ socket, event }) {
      const isPressedPort = toEndKey(toEnd(socket)) === picked?.pressed;
      if (picked === undefined) {
        if (event === "down") start(socket);
      } else if (event === "down" || !isPressedPort) {
        release(socket);
      }
    },
    getPickedSocket: () => picked?.socket,
    drop() {
      const { gesture } = editor.store.get();
      finish();
      if (gesture === undefined) return;
      if (gesture.detached === undefined) onEmpty(gesture.from);
      else editor.edit(disconnect(gesture.detached));
    },
    abandon: finish,
  };
}

function toEnd({ nodeId, side, key }: SocketData): PortEnd {
  return { node: nodeId, side, port: key };
}

function existingLink(editor: Editor, end: PortEnd): InputEnd | undefined {
  if (end.side === "output") return undefined;
  const input: InputEnd = { node: end.node, input: end.port };
  return linkInto(graphOf(editor.store.get()), input) === undefined ? undefined : input;
}
