import type { ReactNode } from "react";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";

/** Asks before a document is closed whose changes are in no file. */
export function CloseDialog({ editor }: { readonly editor: Editor }): ReactNode {
  const closing = useStore(editor.store, (state) =>
    state.documents.find(({ id }) => id === state.closing),
  );
  if (closing === undefined) return null;
  const stay = () => editor.askToClose(undefined);
  return (
    <Dialog title={words.closeDocument(closing.name)} className="ask" close={stay}>
      <p>{words.closeUnsaved(closing.name)}</p>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={stay}>
          {words.cancel}
        </button>
        <button
          type="button"
          className="button button-primary"
          onClick={() => void editor.closeDocument(closing.id)}
        >
          {words.discard}
        </button>
      </div>
    </Dialog>
  );
}
