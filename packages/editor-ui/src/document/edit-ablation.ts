import type { Ablation, AblationAxis } from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import type { GraphEdit } from "./edits.ts";

/** A change of an ablation; undefined where nothing is left of it. */
export type AblationEdit = (ablation: Ablation) => Ablation | undefined;

const noAxes: Ablation = { axes: [] };

/** An edit of the document's variants. */
export function editAblation(edit: AblationEdit): GraphEdit {
  return (draft) => {
    const before = (draft.ablation as Ablation | undefined) ?? noAxes;
    const after = edit(before);
    if (after === before) return;
    if (after === undefined || after.axes.length === 0) delete draft.ablation;
    else draft.ablation = after as Draft<Ablation>;
  };
}

/** An ablation with another axis at a place. */
export function withAxis(ablation: Ablation, at: number, axis: AblationAxis): Ablation {
  return { ...ablation, axes: ablation.axes.with(at, axis) };
}
