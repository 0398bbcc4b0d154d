import type { ReactNode } from "react";
import { perform } from "../commands/actions.ts";
import { pickFile } from "../commands/file-dialogs.ts";
import { uploadFile } from "../connection/files.ts";
import { words } from "../messages/messages.ts";
import { addPictureNode } from "../state/add-node.ts";
import { documentOf } from "../state/editor-state.ts";
import { failure } from "../state/failure.ts";
import { useStore } from "../state/store.ts";
import type { Workbench } from "../state/workbench.ts";

/** Three ways to start, when the graph has no nodes. */
export function EmptyCanvas({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const { editor } = workbench;
  const isEmpty = useStore(
    editor.store,
    (state) => Object.keys(documentOf(state).nodes).length === 0,
  );
  const served = useStore(editor.store, (state) => state.served);
  const connection = useStore(editor.store, (state) => state.connection);
  if (!isEmpty || connection === "connecting") return null;
  if (served === undefined) return <Unreached />;
  const addPicture = async (file: File) => {
    try {
      addPictureNode(editor, await uploadFile(file), { x: 80, y: 120 });
    } catch (thrown) {
      editor.notify(failure(thrown));
    }
  };
  return (
    <div className="empty">
      <h2>{words.emptyTitle}</h2>
      <div className="empty-choices">
        <button type="button" className="empty-choice" onClick={() => editor.togglePanel("start")}>
          <strong>{words.emptyExample}</strong>
          <span>{words.emptyExampleHint}</span>
        </button>
        <button
          type="button"
          className="empty-choice"
          onClick={() => pickFile("image/*,.tif,.tiff", (file) => void addPicture(file))}
        >
          <strong>{words.emptyPicture}</strong>
          <span>{words.emptyPictureHint}</span>
        </button>
        <button type="button" className="empty-choice" onClick={() => perform("search", workbench)}>
          <strong>{words.emptyNode}</strong>
          <span>{words.emptyNodeHint}</span>
        </button>
      </div>
    </div>
  );
}

function Unreached(): ReactNode {
  return (
    <div className="empty">
      <h2>{words.serverAway}</h2>
      <p className="quiet">{words.serverAwayHint}</p>
    </div>
  );
}
