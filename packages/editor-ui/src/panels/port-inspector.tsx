import { entryOf, graphInputs } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { subgraphAt } from "../document/levels.ts";
import { removePort, renamePort, type SubgraphPort } from "../document/subgraph-ports.ts";
import { words } from "../messages/messages.ts";
import { CloseIcon } from "../parts/icons.tsx";
import type { Editor } from "../state/editor.ts";
import { documentOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";

interface PortInspectorProps {
  readonly editor: Editor;
  /** `$inputs` or `$outputs`. */
  readonly id: string;
}

/** The ports of the open subgraph: what they are called, and taking them away. */
export function PortInspector({ editor, id }: PortInspectorProps): ReactNode {
  const document = useStore(editor.store, documentOf);
  const level = useStore(editor.store, (state) => state.level);
  const name = subgraphAt(document, level) ?? "";
  const side: SubgraphPort["side"] = id === graphInputs ? "inputs" : "outputs";
  const ports = Object.keys(entryOf(document.graphs, name)?.[side] ?? {});
  return (
    <section className="inspector-node" aria-label={words.portNames}>
      <h2 className="inspector-title">{words.portNames}</h2>
      <p className="inspector-doc">{words.portHint}</p>
      {ports.map((port) => (
        <div key={port} className="port-row">
          <input
            className="field"
            aria-label={words.portName(port)}
            defaultValue={port}
            onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
            onBlur={({ currentTarget: { value } }) =>
              editor.editDocument(renamePort(name, { side, port }, value))
            }
          />
          <button
            type="button"
            className="button button-icon"
            aria-label={words.removePort(port)}
            onClick={() => editor.editDocument(removePort(name, { side, port }))}
          >
            <CloseIcon />
          </button>
        </div>
      ))}
    </section>
  );
}
