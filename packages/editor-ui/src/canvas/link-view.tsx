import { type ColourRole, entryOf } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { Presets } from "rete-react-plugin";
import { selectLink } from "../document/selection.ts";
import { roleColour } from "../parts/category-mark.tsx";
import type { Editor } from "../state/editor.ts";
import { type EditorState, graphOf } from "../state/editor-state.ts";
import { portLook } from "../state/port-look.ts";
import { useStore } from "../state/store.ts";
import type { ReteConnection } from "./rete-schemes.ts";

interface LinkViewProps {
  readonly editor: Editor;
  readonly link: ReteConnection;
}

/** A link in its port type's colour; the wide invisible line under it makes it easy to hit. */
export function LinkView({ editor, link }: LinkViewProps): ReactNode {
  const { path } = Presets.classic.useConnection();
  const role = useStore(editor.store, (state) => roleOf(state, link));
  const appearance = useStore(editor.store, (state) => appearanceOf(state, link));
  if (path === null || appearance === "lifted") return null;
  const isPseudo = link.source === "" || link.target === "";
  const select = () => editor.select(selectLink({ node: link.target, input: link.targetInput }));
  return (
    <svg
      className="link"
      data-look={appearance}
      data-pseudo={isPseudo}
      style={{ color: roleColour(role) }}
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

function roleOf(state: EditorState, link: ReteConnection): ColourRole {
  const output = { node: link.source, side: "output", port: link.sourceOutput } as const;
  const input = { node: link.target, side: "input", port: link.targetInput } as const;
  return (portLook(state, output) ?? portLook(state, input))?.role ?? "other";
}

type Appearance = "plain" | "selected" | "off" | "lifted" | "faded" | "wrong";

function appearanceOf(
  state: EditorState,
  { source, target, targetInput }: ReteConnection,
): Appearance {
  const { gesture, selection } = state;
  const { detached } = gesture ?? {};
  if (detached?.node === target && detached.input === targetInput) return "lifted";
  if (selection.link?.node === target && selection.link.input === targetInput) return "selected";
  if (source === "" || target === "") return "plain";
  const issues = state.nodes.get(target)?.issues ?? [];
  const isWrong = issues.some(
    ({ path, code }) => path === `inputs.${targetInput}` && code !== "graph.absent-input",
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
