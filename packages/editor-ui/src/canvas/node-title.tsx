import type { ReactNode } from "react";
import { renameNode } from "../document/edits.ts";
import { isPortNode } from "../document/levels.ts";
import { subgraphOf } from "../document/unfold.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";

interface NodeTitleProps {
  readonly editor: Editor;
  readonly id: string;
  readonly title: string;
}

/** What a node is called; a double click or F2 makes it a field. */
export function NodeTitle({ editor, id, title }: NodeTitleProps): ReactNode {
  const isRenaming = useStore(editor.store, (state) => state.renaming === id);
  if (isRenaming) return <TitleField editor={editor} id={id} title={title} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F2 does the same for the keyboard
    <span className="node-title" title={title} onDoubleClick={() => openOrRename(editor, id)}>
      {title}
    </span>
  );
}

/** A node that runs a subgraph opens; F2 renames it, as any other. */
function openOrRename(editor: Editor, id: string): void {
  const state = editor.store.get();
  if (isPortNode(id)) return;
  if (subgraphOf(graphOf(state), id) === undefined) editor.startRenaming(id);
  else editor.showLevel([...state.level, id]);
}

function TitleField({ editor, id, title }: NodeTitleProps): ReactNode {
  return (
    <input
      ref={(field) => field?.select()}
      className="field node-title-field"
      aria-label={words.actions.rename}
      defaultValue={title}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === "Escape") event.currentTarget.value = title;
        // Leaving the field is what renames.
        event.currentTarget.closest<HTMLElement>(".node")?.focus();
      }}
      onBlur={({ currentTarget: { value } }) => {
        if (value !== title) editor.edit(renameNode(id, value));
        editor.startRenaming(undefined);
      }}
    />
  );
}
