import type { GraphFile } from "@insightgraph/engine/protocol";
import { type ReactNode, useEffect, useState } from "react";
import { pickFile } from "../commands/file-dialogs.ts";
import { editPicture, openExample, openFile } from "../commands/start.ts";
import { documentsClient } from "../connection/documents-client.ts";
import { type Example, examples } from "../examples/examples.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";
import type { Workbench } from "../state/workbench.ts";

/** Ways to begin: a picture, an empty graph, a file, an example, a file of the workspace. */
export function StartSheet({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const { editor } = workbench;
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("start"));
  return isOpen ? <OpenStart editor={editor} /> : null;
}

function OpenStart({ editor }: { readonly editor: Editor }): ReactNode {
  const close = () => editor.closePanel("start");
  const choose = (task: () => unknown) => {
    close();
    void task();
  };
  return (
    <Dialog title={words.startTitle} className="start" close={close}>
      <div className="start-choices">
        <Choice
          title={words.startPicture}
          hint={words.startPictureHint}
          choose={() =>
            pickFile("image/*,.tif,.tiff", (file) => choose(() => editPicture(editor, file)))
          }
        />
        <Choice
          title={words.startEmpty}
          hint={words.startEmptyHint}
          choose={() => choose(editor.newGraph)}
        />
        <Choice
          title={words.startOpen}
          hint={words.startOpenHint}
          choose={() => pickFile(".json,.png", (file) => choose(() => openFile(editor, file)))}
        />
        <Choice
          title={words.startDataset}
          hint={words.startDatasetHint}
          choose={() => choose(() => editor.browse(undefined))}
        />
      </div>
      <h3>{words.startExamples}</h3>
      <ul className="start-examples">
        {examples.map((example) => (
          <li key={example.id}>
            <ExampleCard
              example={example}
              open={() => choose(() => openExample(editor, example.id))}
            />
          </li>
        ))}
      </ul>
      <WorkspaceFiles open={(file) => choose(() => editor.openFile(file))} />
    </Dialog>
  );
}

interface ChoiceProps {
  readonly title: string;
  readonly hint: string;
  choose(): void;
}

function Choice({ title, hint, choose }: ChoiceProps): ReactNode {
  return (
    <button type="button" className="empty-choice" onClick={choose}>
      <strong>{title}</strong>
      <span>{hint}</span>
    </button>
  );
}

function ExampleCard({ example, open }: { readonly example: Example; open(): void }): ReactNode {
  const { id, picture, needsModel } = example;
  const { title, hint } = words.examples[id as keyof typeof words.examples];
  return (
    <button type="button" className="start-example" onClick={open}>
      {picture !== undefined && <img src={picture} alt="" loading="lazy" />}
      <span className="start-example-words">
        <strong>{title}</strong>
        <span className="quiet">
          {hint}
          {needsModel === true && ` ${words.needsModel}`}
        </span>
      </span>
    </button>
  );
}

const maxFiles = 12;

/** The files of the workspace that were changed last. */
function WorkspaceFiles({ open }: { open(file: string): void }): ReactNode {
  const [files, setFiles] = useState<readonly GraphFile[]>([]);
  useEffect(() => {
    // Without a server there are none to show; the page says elsewhere that it is away.
    documentsClient.files().then(setFiles, () => {});
  }, []);
  const latest = files.toSorted((a, b) => b.modifiedMs - a.modifiedMs).slice(0, maxFiles);
  if (latest.length === 0) return null;
  return (
    <>
      <h3>{words.startRecent}</h3>
      <ul className="start-files">
        {latest.map(({ file, modifiedMs }) => (
          <li key={file}>
            <button type="button" className="start-file" onClick={() => open(file)}>
              <span>{file}</span>
              <span className="quiet">
                {words.changedOn(new Date(modifiedMs).toLocaleString())}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
