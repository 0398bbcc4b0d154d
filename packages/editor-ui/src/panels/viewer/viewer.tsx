import { type ReactNode, useState } from "react";
import { words } from "../../messages/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import type { Editor } from "../../state/editor.ts";
import type { EditorState } from "../../state/editor-state.ts";
import { useStore } from "../../state/store.ts";
import { ComparedPictures } from "./compared-pictures.tsx";
import { PictureGrid } from "./picture-grid.tsx";
import { pictureSets } from "./picture-sets.ts";
import { type ViewMode, viewModes } from "./view-mode.ts";
import { type ViewPicture, viewPictures } from "./view-pictures.ts";

/** Pictures at full size: one, or two compared, or all in a grid. */
export function Viewer({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("viewer"));
  return isOpen ? <OpenViewer editor={editor} /> : null;
}

function OpenViewer({ editor }: { readonly editor: Editor }): ReactNode {
  const [pictures] = useState(() => viewPictures(editor.store.get()));
  const [chosen, setChosen] = useState(() => firstChoice(editor.store.get(), pictures));
  const [mode, setMode] = useState<ViewMode>("slider");
  const [set, setSet] = useState<string>();
  const find = (id: string) => pictures.find((picture) => picture.id === id);
  const one = find(chosen.one);
  const other = chosen.other === chosen.one ? undefined : find(chosen.other);
  const select = (side: "one" | "other", label: string) => (
    <select
      className="field field-choice viewer-choice"
      aria-label={label}
      value={chosen[side]}
      onChange={({ target }) => setChosen({ ...chosen, [side]: target.value })}
    >
      {side === "other" && <option value="">{words.noSecondPicture}</option>}
      {pictures.map(({ id, label: text }) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  );
  const sets = pictureSets(pictures);
  const shown = sets.find(({ name }) => name === set) ?? sets[0];
  const tools = (
    <>
      {mode === "grid" ? (
        <select
          className="field field-choice viewer-choice"
          aria-label={words.shownPictures}
          value={shown?.name}
          onChange={({ target }) => setSet(target.value)}
        >
          {sets.map(({ name, pictures: { length }, total }) => (
            <option key={name} value={name}>
              {`${name} (${length === total ? total : words.ofTotal(length, total)})`}
            </option>
          ))}
        </select>
      ) : (
        <>
          {select("one", words.firstPicture)}
          {select("other", words.secondPicture)}
        </>
      )}
      <div className="viewer-modes" role="toolbar" aria-label={words.viewMode}>
        {viewModes.map((each) => (
          <button
            key={each}
            type="button"
            className="button"
            aria-pressed={mode === each}
            disabled={each !== "grid" && other === undefined}
            onClick={() => setMode(each)}
          >
            {words.viewModes[each]}
          </button>
        ))}
      </div>
    </>
  );
  const look = (id: string) => {
    setChosen({ one: id, other: "" });
    setMode("slider");
  };
  return (
    <Dialog
      title={words.viewer}
      className="viewer"
      tools={tools}
      close={() => editor.closePanel("viewer")}
    >
      {mode === "grid" && shown !== undefined ? (
        <PictureGrid key={shown.name} set={shown} look={look} />
      ) : one === undefined ? (
        <p className="quiet">{words.noPictures}</p>
      ) : (
        <ComparedPictures editor={editor} one={one} other={other} mode={mode} />
      )}
    </Dialog>
  );
}

/** Two picked results, else source and result of the run that is looked at. */
function firstChoice(state: EditorState, pictures: readonly ViewPicture[]) {
  const idOf = (request: string | undefined, place: string) =>
    pictures.find(({ id }) => id === `${request} ${place}`)?.id;
  const [first, second] = state.picked;
  const pair =
    second === undefined
      ? [idOf(first, "source"), idOf(first, "result")]
      : [idOf(first, "result"), idOf(second, "result")];
  const source = pictures.find(({ id }) => id.endsWith(" source"))?.id;
  const result = pictures.find(({ id }) => id.endsWith(" result"))?.id;
  const [one, other] = first === undefined ? [source, result] : pair;
  const only = one ?? other ?? pictures[0]?.id ?? "";
  return { one: only, other: one === undefined ? "" : (other ?? "") };
}
