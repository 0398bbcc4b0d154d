import { entryOf } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { Presets } from "rete-react-plugin";
import { portOf } from "../document/compatibility.ts";
import { selectLink } from "../document/selection.ts";
import type { Editor } from "../editor.ts";
import { type EditorState, graphOf } from "../editor-state.ts";
import { useStore } from "../store.ts";
import { portColour } from "./port-look.ts";
import type { ReteConnection } from "./rete-schemes.ts";

interface LinkViewProps {
  readonly editor: Editor;
  readonly link: ReteConnection;
}

/** A link in its port type's colour; the wide invisible line under it makes it easy to hit. */
export function LinkView({ editor, link }: LinkViewProps): ReactNode {
  const { path } = Presets.classic.useConnection();
  const type = useStore(editor.store, (state) => typeOf(state, link));
  const look = useStore(editor.store, (state) => lookOf(state, link));
  if (path === null || look === "lifted") return null;
  const isPseudo = link.source === "" || link.target === "";
  const select = () => editor.select(selectLink({ node: link.target, input: link.targetInput }));
  return (
    <svg
      className="link"
      data-look={look}
      data-pseudo={isPseudo}
      style={{ color: portColour(type) }}
    >
      <title>{`${link.source} ${link.sourceOutput} to ${link.target} ${link.targetInput}`}</title>
      {!isPseudo && (
        <path
          className="link-hit"
          d={path}
          onPointerDown={(event) => {
            event.stopPropagation();
            select();
          }}
        />
      )}
      <path className="link-line" d={path} />
    </svg>
  );
}

function typeOf(state: EditorState, link: ReteConnection): string {
  const { catalogue } = state;
  const graph = graphOf(state);
  const output = { node: link.source, side: "output", port: link.sourceOutput } as const;
  const input = { node: link.target, side: "input", port: link.targetInput } as const;
  return (portOf(graph, catalogue, output) ?? portOf(graph, catalogue, input))?.type ?? "other";
}

type Look = "plain" | "selected" | "off" | "lifted" | "quiet" | "wrong";

function lookOf(state: EditorState, { source, target, targetInput }: ReteConnection): Look {
  const { gesture, selection, issues } = state;
  const { detached } = gesture ?? {};
  if (detached?.node === target && detached.input === targetInput) return "lifted";
  if (selection.link?.node === target && selection.link.input === targetInput) return "selected";
  if (source === "" || target === "") return "plain";
  const isWrong = issues.some(
    ({ nodeId, path, code }) =>
      nodeId === target && path === `inputs.${targetInput}` && code !== "graph.absent-input",
  );
  if (isWrong) return "wrong";
  const { nodes } = graphOf(state);
  const isOff = [source, target].some((id) => {
    const node = entryOf(nodes, id);
    return node?.bypassed === true || node?.muted === true;
  });
  if (isOff) return "off";
  return gesture === undefined ? "plain" : "quiet";
}
