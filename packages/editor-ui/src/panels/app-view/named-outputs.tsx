import type { Preview } from "@insightgraph/engine/node";
import type { ReactNode } from "react";
import { toUrl } from "../../connection/preview-url.ts";
import { sourceOf } from "../../document/maker-of.ts";
import { toWords } from "../../document/variant.ts";
import type { Editor } from "../../state/editor.ts";
import { documentOf, type EditorState } from "../../state/editor-state.ts";
import { useStore } from "../../state/store.ts";

/** What the latest run gave at the outputs that the graph names. */
export function NamedOutputs({ editor }: { readonly editor: Editor }): ReactNode {
  const graph = useStore(editor.store, documentOf);
  const names = Object.keys(graph.outputs ?? {});
  return (
    <div className="app-outputs">
      {names.map((name) => (
        <NamedOutput key={name} editor={editor} name={name} />
      ))}
    </div>
  );
}

function NamedOutput({ editor, name }: { editor: Editor; name: string }): ReactNode {
  const preview = useStore(editor.store, (state) => previewOf(state, name));
  if (preview?.kind === "image") {
    return (
      <figure className="app-output">
        <img src={toUrl(preview)} alt={toWords(name)} />
        <figcaption>{toWords(name)}</figcaption>
      </figure>
    );
  }
  if (preview?.kind !== "text") return null;
  return (
    <figure className="app-output">
      <p>{preview.text}</p>
      <figcaption>{toWords(name)}</figcaption>
    </figure>
  );
}

function previewOf(state: EditorState, name: string): Preview | undefined {
  const document = documentOf(state);
  const link = document.outputs?.[name];
  if (link === undefined) return undefined;
  const { node, output } = sourceOf(document, link);
  return state.nodes.get(node.split("/")[0] ?? "")?.previews[output];
}
