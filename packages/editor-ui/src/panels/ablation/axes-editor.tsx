import { validateAblation } from "@insightgraph/engine/graph";
import { type ReactNode, useMemo } from "react";
import { combineAxes, moveAxis, removeAxis, renameAxis } from "../../document/axes.ts";
import { type AblationEdit, editAblation } from "../../document/edit-ablation.ts";
import { words } from "../../messages/messages.ts";
import type { Editor } from "../../state/editor.ts";
import { documentOf } from "../../state/editor-state.ts";
import { useStore } from "../../state/store.ts";
import { AxisVariants } from "./axis-variants.tsx";
import { CellMatrix } from "./cell-matrix.tsx";
import { IssueList } from "./issue-list.tsx";
import { NameField } from "./name-field.tsx";
import { OrderButtons } from "./order-buttons.tsx";
import { RunForm } from "./run-form.tsx";

interface AxesEditorProps {
  readonly editor: Editor;
  /** @param id of the ablation that has been queued */
  started(id: string): void;
}

/** The axes of the graph's variants, the cells that they make, and the button that runs them. */
export function AxesEditor({ editor, started }: AxesEditorProps): ReactNode {
  const document = useStore(editor.store, documentOf);
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  const issues = useMemo(() => validateAblation(document, catalogue), [document, catalogue]);
  const { ablation } = document;
  if (ablation === undefined) return <p className="quiet">{words.noVariants}</p>;
  const edit = (change: AblationEdit) => editor.editDocument(editAblation(change));
  const { axes, combine = "product" } = ablation;
  return (
    <>
      <div className="axes">
        {axes.map((axis, at) => (
          <section key={axis.name} className="axis" aria-label={axis.name}>
            <header className="axis-head">
              <NameField
                label={words.axisName}
                name={axis.name}
                rename={(name) => edit(renameAxis(at, name))}
              />
              <OrderButtons
                name={axis.name}
                at={at}
                count={axes.length}
                move={(by) => edit(moveAxis(at, by))}
                removeLabel={words.removeAxis(axis.name)}
                remove={() => edit(removeAxis(at))}
              />
            </header>
            <AxisVariants
              document={document}
              catalogue={catalogue}
              at={at}
              axis={axis}
              edit={edit}
            />
          </section>
        ))}
      </div>
      {axes.length > 1 && (
        <label className="ablation-field">
          {words.combine}
          <select
            className="field field-choice"
            value={combine}
            onChange={({ target }) => edit(combineAxes(target.value === "zip" ? "zip" : "product"))}
          >
            <option value="product">{words.combineProduct}</option>
            <option value="zip">{words.combineZip}</option>
          </select>
        </label>
      )}
      <IssueList editor={editor} issues={issues} />
      <CellMatrix editor={editor} ablation={ablation} edit={edit} />
      <RunForm
        editor={editor}
        ablation={ablation}
        isPossible={issues.length === 0}
        started={started}
      />
    </>
  );
}
