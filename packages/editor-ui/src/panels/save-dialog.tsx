import { type FormEvent, type ReactNode, useState } from "react";
import { tellSaved } from "../commands/save-graph.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";

/** Asks into which file of the workspace a graph is written; another file is only replaced on request. */
export function SaveDialog({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("save"));
  return isOpen ? <OpenSave editor={editor} /> : null;
}

function OpenSave({ editor }: { readonly editor: Editor }): ReactNode {
  const { file: own, name = words.untitled } = editor.store.get().document ?? {};
  const [file, setFile] = useState(own ?? `${name.replace(/[/\\]/g, "-")}.json`);
  const [problem, setProblem] = useState<"file-exists" | "file-changed">();
  const close = () => editor.closePanel("save");
  const save = async (isOverwriting: boolean) => {
    const outcome = await editor.saveDocument(file.trim(), isOverwriting);
    if (outcome === "file-exists" || outcome === "file-changed") {
      setProblem(outcome);
      return;
    }
    close();
    if (outcome === "saved") tellSaved(editor);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(false);
  };
  return (
    <Dialog title={words.saveAsTitle} className="ask" close={close}>
      <form onSubmit={submit}>
        <label className="ask-field">
          {words.fileName}
          <input
            className="field"
            required
            spellCheck={false}
            autoComplete="off"
            value={file}
            onChange={(event) => {
              setFile(event.target.value);
              setProblem(undefined);
            }}
          />
        </label>
        {problem !== undefined && (
          <p className="param-fault" role="alert">
            {problem === "file-exists" ? words.fileExists(file) : words.fileChanged(file)}
          </p>
        )}
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={close}>
            {words.cancel}
          </button>
          {problem === undefined ? (
            <button type="submit" className="button button-primary">
              {words.save}
            </button>
          ) : (
            <button type="button" className="button button-primary" onClick={() => void save(true)}>
              {words.replaceFile}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
