import { type ReactNode, useEffect, useState } from "react";
import { pickFile } from "../commands/file-dialogs.ts";
import { uploadFile } from "../connection/files.ts";
import { hasPicture, installedCheckpoints } from "../connection/installed.ts";
import {
  findNeeds,
  type NamedThing,
  type Needs,
  replaceType,
  setParams,
} from "../document/missing.ts";
import { ModelsSheet } from "../fields/models-sheet.tsx";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { documentOf, type EditorState } from "../state/editor-state.ts";
import { failure } from "../state/failure.ts";
import { useStore } from "../state/store.ts";

/** Documents whose needs were shown by this page. */
const shown = new Set<string>();

/** Lists what a graph lacks when it is opened, with what to do about each. */
export function MissingSheet({ editor }: { readonly editor: Editor }): ReactNode {
  const id = useStore(editor.store, ({ document, isWelcome }) =>
    isWelcome ? document?.id : undefined,
  );
  const [missing, setMissing] = useState<Needs>();
  useEffect(() => {
    setMissing(undefined);
    if (id === undefined || shown.has(id)) return;
    shown.add(id);
    let isWanted = true;
    void lookUp(editor.store.get()).then((found) => isWanted && setMissing(found));
    return () => {
      isWanted = false;
    };
  }, [editor, id]);
  if (missing === undefined || countOf(missing) === 0) return null;
  return <OpenMissing editor={editor} missing={missing} change={setMissing} />;
}

function countOf({ types, newer, checkpoints, pictures }: Needs): number {
  return types.length + newer.length + checkpoints.length + pictures.length;
}

const maxPictures = 50;

/** What is not there of all that a graph needs; what cannot be looked up counts as there. */
async function lookUp(state: EditorState): Promise<Needs> {
  const needs = findNeeds(documentOf(state), state.catalogue, state.issues);
  const installed = await installedCheckpoints().catch(() => undefined);
  const isThere = await Promise.all(
    needs.pictures.slice(0, maxPictures).map(({ name }) => hasPicture(name).catch(() => true)),
  );
  return {
    ...needs,
    checkpoints: needs.checkpoints.filter(({ name }) => installed?.has(name) === false),
    pictures: needs.pictures.filter((_, at) => isThere[at] === false),
  };
}

interface OpenMissingProps {
  readonly editor: Editor;
  readonly missing: Needs;
  change(missing: Needs | undefined): void;
}

function OpenMissing({ editor, missing, change }: OpenMissingProps): ReactNode {
  const { types, newer, checkpoints, pictures } = missing;
  const { catalogue } = editor.store.get();
  const [model, setModel] = useState<NamedThing>();
  if (model !== undefined) {
    return (
      <ModelsSheet
        close={() => setModel(undefined)}
        choose={(name) => {
          editor.editDocument(setParams(model.places, name));
          setModel(undefined);
          change({ ...missing, checkpoints: checkpoints.filter((other) => other !== model) });
        }}
      />
    );
  }
  const replace = (type: string, by: string) => {
    editor.editDocument(replaceType(type, by, catalogue));
    change({ ...missing, types: types.filter((other) => other.type !== type) });
  };
  const choose = async (picture: NamedThing, file: File) => {
    try {
      editor.editDocument(setParams(picture.places, await uploadFile(file)));
      change({ ...missing, pictures: pictures.filter((other) => other !== picture) });
    } catch (thrown) {
      editor.notify(failure(thrown));
    }
  };
  const close = () => change(undefined);
  return (
    <Dialog title={words.missing.title} className="missing" close={close}>
      <Group title={words.missing.types} isShown={types.length > 0}>
        {types.map(({ type, count, closest }) => (
          <li key={type}>
            <span>{words.missing.typeCount(type, count)}</span>
            {closest.map((by) => (
              <button key={by} type="button" className="button" onClick={() => replace(type, by)}>
                {words.missing.takeType(by)}
              </button>
            ))}
          </li>
        ))}
      </Group>
      <Group title={words.missing.newer} isShown={newer.length > 0}>
        <li>{words.missing.newerHint([...new Set(newer)].join(", "))}</li>
      </Group>
      <Group title={words.missing.checkpoints} isShown={checkpoints.length > 0}>
        {checkpoints.map((checkpoint) => (
          <li key={checkpoint.name}>
            <Named thing={checkpoint} />
            <button type="button" className="button" onClick={() => setModel(checkpoint)}>
              {words.missing.addCheckpoint}
            </button>
          </li>
        ))}
      </Group>
      <Group title={words.missing.pictures} isShown={pictures.length > 0}>
        {pictures.map((picture) => (
          <li key={picture.name}>
            <Named thing={picture} />
            <button
              type="button"
              className="button"
              onClick={() => pickFile("image/*,.tif,.tiff", (file) => void choose(picture, file))}
            >
              {words.missing.choosePicture}
            </button>
          </li>
        ))}
      </Group>
      <div className="dialog-buttons">
        <button type="button" className="button button-primary" onClick={close}>
          {words.missing.openWithout}
        </button>
      </div>
    </Dialog>
  );
}

interface GroupProps {
  readonly title: string;
  readonly isShown: boolean;
  readonly children: ReactNode;
}

function Group({ title, isShown, children }: GroupProps): ReactNode {
  if (!isShown) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="missing-list">{children}</ul>
    </section>
  );
}

function Named({ thing: { name, nodes } }: { readonly thing: NamedThing }): ReactNode {
  return (
    <span>
      {name} <span className="quiet">{words.missing.usedBy([...new Set(nodes)].join(", "))}</span>
    </span>
  );
}
