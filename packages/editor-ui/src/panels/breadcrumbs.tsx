import type { ReactNode } from "react";
import { graphAt } from "../document/levels.ts";
import { titleOf } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { documentOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";

/** The subgraphs that are open, from the document inward; each leads back to itself. */
export function Breadcrumbs({ editor }: { readonly editor: Editor }): ReactNode {
  const level = useStore(editor.store, (state) => state.level);
  const document = useStore(editor.store, documentOf);
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  if (level.length === 0) return null;
  const steps = level.map((id, at) => {
    const node = graphAt(document, level.slice(0, at)).nodes[id];
    return {
      path: level.slice(0, at + 1),
      title: node === undefined ? id : titleOf(node, catalogue),
    };
  });
  return (
    <nav className="breadcrumbs" aria-label={words.levels}>
      {[{ path: [], title: document.name ?? words.wholeGraph }, ...steps].map(({ path, title }) => (
        <button
          key={path.join("/")}
          type="button"
          className="button"
          aria-current={path.length === level.length ? "location" : undefined}
          onClick={() => editor.showLevel(path)}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
