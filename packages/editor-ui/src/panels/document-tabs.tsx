import type { DocumentSummary } from "@insightgraph/engine/protocol";
import type { KeyboardEvent, ReactNode } from "react";
import { words } from "../messages/messages.ts";
import { CloseIcon, PlusIcon } from "../parts/icons.tsx";
import type { Editor } from "../state/editor.ts";
import { keptIn } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";

/** The open documents, side by side, and where the work on the one that is shown is kept. */
export function DocumentTabs({ editor }: { readonly editor: Editor }): ReactNode {
  const documents = useStore(editor.store, (state) => state.documents);
  const shown = useStore(editor.store, (state) => state.wanted);
  const kept = useStore(editor.store, keptIn);
  const isOpen = useStore(editor.store, (state) => state.document !== undefined);
  const walk = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    const at = documents.findIndex(({ id }) => id === shown);
    const next = documents[(at + by + documents.length) % documents.length];
    if (next === undefined) return;
    event.preventDefault();
    editor.showDocument(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={words.openDocuments} onKeyDown={walk}>
        {documents.map((document) => (
          <Tab
            key={document.id}
            editor={editor}
            document={document}
            isShown={document.id === shown}
          />
        ))}
      </div>
      <button
        type="button"
        className="button button-icon"
        aria-label={words.newDocument}
        title={words.newDocument}
        onClick={() => void editor.newGraph()}
      >
        <PlusIcon />
      </button>
      {isOpen && (
        <span className="save-state" data-kept={kept} title={words.keptInHint[kept]}>
          {words.keptIn[kept]}
        </span>
      )}
    </>
  );
}

interface TabProps {
  readonly editor: Editor;
  readonly document: DocumentSummary;
  readonly isShown: boolean;
}

function Tab({ editor, document, isShown }: TabProps): ReactNode {
  const { id, name, file, isSaved, windows } = document;
  const others = windows - (isShown ? 1 : 0);
  const presence = others === 1 ? words.otherWindow : words.otherWindows(others);
  return (
    <span className="tab" role="presentation" data-shown={isShown}>
      <button
        type="button"
        id={`tab-${id}`}
        className="tab-name"
        role="tab"
        aria-selected={isShown}
        tabIndex={isShown ? 0 : -1}
        title={file ?? name}
        onClick={() => editor.showDocument(id)}
        aria-keyshortcuts="Delete"
        onKeyDown={(event) => {
          if (event.key !== "Delete") return;
          event.preventDefault();
          editor.askToClose(id);
        }}
        onAuxClick={({ button }) => button === 1 && editor.askToClose(id)}
      >
        {name}
        {!isSaved && <span className="tab-unsaved" aria-hidden="true" />}
        {others > 0 && (
          <span className="tab-windows" role="img" aria-label={presence} title={presence}>
            {others + 1}
          </span>
        )}
      </button>
      {/* Delete on the tab does the same; a tab list may hold nothing but tabs. */}
      <button
        type="button"
        className="tab-close"
        aria-hidden="true"
        title={words.closeDocument(name)}
        tabIndex={-1}
        onClick={() => editor.askToClose(id)}
      >
        <CloseIcon />
      </button>
    </span>
  );
}
