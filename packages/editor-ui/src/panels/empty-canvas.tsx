import { stringifyGraph } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { perform } from "../commands/actions.ts";
import { pickFile } from "../commands/file-dialogs.ts";
import { uploadFile } from "../connection/files.ts";
import { describeThrown } from "../connection/issue-words.ts";
import { addPictureNode } from "../state/add-node.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import type { Workbench } from "../state/workbench.ts";

/** Three ways to start, when the graph has no nodes. */
export function EmptyCanvas({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const { editor } = workbench;
  const isEmpty = useStore(editor.store, (state) => Object.keys(graphOf(state).nodes).length === 0);
  const served = useStore(editor.store, (state) => state.served);
  const connection = useStore(editor.store, (state) => state.connection);
  if (!isEmpty || connection === "connecting") return null;
  if (served === undefined) return <Unreached />;
  const openServed = () =>
    void editor.openGraph(stringifyGraph(served.graph), served.graph.name ?? "");
  const addPicture = async (file: File) => {
    try {
      addPictureNode(editor, await uploadFile(file), { x: 80, y: 120 });
    } catch (thrown) {
      editor.notify({ tone: "failed", text: describeThrown(thrown) });
    }
  };
  return (
    <div className="empty">
      <h2>Start with</h2>
      <div className="empty-choices">
        {Object.keys(served.graph.nodes).length > 0 && (
          <button type="button" className="empty-choice" onClick={openServed}>
            <strong>{served.graph.name ?? "The example"}</strong>
            <span>Open the graph that this server was started with.</span>
          </button>
        )}
        <button
          type="button"
          className="empty-choice"
          onClick={() => pickFile("image/*,.tif,.tiff", (file) => void addPicture(file))}
        >
          <strong>A picture</strong>
          <span>Choose a file, or drop one on the canvas.</span>
        </button>
        <button type="button" className="empty-choice" onClick={() => perform("search", workbench)}>
          <strong>A node</strong>
          <span>Search all nodes. Shortcut: Space or a double-click.</span>
        </button>
      </div>
    </div>
  );
}

function Unreached(): ReactNode {
  return (
    <div className="empty">
      <h2>The server is not responding</h2>
      <p className="quiet">
        Restart it with <code>npm start</code>. This page reconnects by itself.
      </p>
    </div>
  );
}
