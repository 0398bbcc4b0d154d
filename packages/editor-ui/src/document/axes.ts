import {
  type Ablation,
  type AblationAxis,
  type AblationCell,
  type AblationChoice,
  type AblationVariant,
  entryOf,
  expandAxes,
  type NodeChange,
} from "@insightgraph/engine/graph";
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

/** A variant to add: to the axis of what it changes, or to a new one. */
export interface NewVariant {
  readonly name: string;
  readonly change: NodeChange;
  /** The name of a new axis, and its first variant: the graph as it is. */
  readonly axis: string;
  readonly asItIs: AblationVariant;
}

/** What a change is about: `params.steps` of a node, or the node itself. */
function aspectOf({ node, params }: NodeChange): string {
  const names = Object.keys(params ?? {});
  return names.length === 0 ? node : `${node} ${names.join()}`;
}

function isAbout({ variants }: AblationAxis, aspect: string): boolean {
  const changes = variants.flatMap((variant) => variant.changes ?? []);
  return changes.length > 0 && changes.every((change) => aspectOf(change) === aspect);
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Adds a variant; one that makes the same change is there already, and nothing is added. */
export function addVariant({ name, change, axis, asItIs }: NewVariant): AblationEdit {
  return (ablation) => {
    const { axes } = ablation;
    const at = axes.findIndex((one) => isAbout(one, aspectOf(change)));
    const found = axes[at];
    if (found === undefined) {
      const variants = isSame(asItIs.changes, [change]) ? [] : [asItIs];
      const fresh = {
        name: freeName(axis, axes),
        variants: [...variants, { name: freeName(name, variants), changes: [change] }],
      };
      return { ...ablation, axes: [...axes, fresh] };
    }
    if (found.variants.some(({ changes }) => isSame(changes, [change]))) return ablation;
    const added = { name: freeName(name, found.variants), changes: [change] };
    return withAxis(ablation, at, { ...found, variants: [...found.variants, added] });
  };
}

function freeName(wanted: string, others: readonly { readonly name: string }[]): string {
  let name = wanted;
  for (let n = 2; others.some((other) => other.name === name); n++) name = `${wanted} ${n}`;
  return name;
}

function withAxis(ablation: Ablation, at: number, axis: AblationAxis): Ablation {
  return { ...ablation, axes: ablation.axes.with(at, axis) };
}

/** Changes every choice of an ablation: its exclusions and its baseline. */
function mapChoices(
  { exclude, baseline, ...rest }: Ablation,
  change: (choice: AblationChoice) => AblationChoice | undefined,
): Ablation {
  const kept = (exclude ?? []).map(change).filter((choice) => choice !== undefined);
  const pinned = baseline && change(baseline);
  return {
    ...rest,
    ...(kept.length > 0 && { exclude: kept }),
    ...(pinned !== undefined && { baseline: pinned }),
  };
}

/** Renames an axis, in exclusions and the baseline as well; a name that another one has stays. */
export function renameAxis(at: number, name: string): AblationEdit {
  return (ablation) => {
    const axis = ablation.axes[at];
    const isTaken = ablation.axes.some((other) => other.name === name);
    if (axis === undefined || name === "" || isTaken) return ablation;
    const rename = (choice: AblationChoice): AblationChoice =>
      Object.fromEntries(
        Object.entries(choice).map(([key, value]) => [key === axis.name ? name : key, value]),
      );
    return withAxis(mapChoices(ablation, rename), at, { ...axis, name });
  };
}

/** Renames a variant, as `renameAxis` does an axis. */
export function renameVariant(at: number, variantAt: number, name: string): AblationEdit {
  return (ablation) => {
    const axis = ablation.axes[at];
    const variant = axis?.variants[variantAt];
    const isTaken = axis?.variants.some((other) => other.name === name);
    if (axis === undefined || variant === undefined || name === "" || isTaken) return ablation;
    const rename = (choice: AblationChoice): AblationChoice =>
      entryOf(choice, axis.name) === variant.name ? { ...choice, [axis.name]: name } : choice;
    const variants = axis.variants.with(variantAt, { ...variant, name });
    return withAxis(mapChoices(ablation, rename), at, { ...axis, variants });
  };
}

/** Removes an axis; exclusions that only it told apart go with it. */
export function removeAxis(at: number): AblationEdit {
  return (ablation) => {
    const axis = ablation.axes[at];
    if (axis === undefined) return ablation;
    const forget = ({ [axis.name]: _, ...rest }: AblationChoice): AblationChoice | undefined =>
      Object.keys(rest).length === 0 ? undefined : rest;
    const left = { ...ablation, axes: ablation.axes.toSpliced(at, 1) };
    return mapChoices(left, forget);
  };
}

/** Removes a variant with the exclusions that name it; with the last one goes the axis. */
export function removeVariant(at: number, variantAt: number): AblationEdit {
  return (ablation) => {
    const axis = ablation.axes[at];
    const variant = axis?.variants[variantAt];
    if (axis === undefined || variant === undefined) return ablation;
    if (axis.variants.length === 1) return removeAxis(at)(ablation);
    const forget = (choice: AblationChoice): AblationChoice | undefined =>
      entryOf(choice, axis.name) === variant.name ? undefined : choice;
    const variants = axis.variants.toSpliced(variantAt, 1);
    return withAxis(mapChoices(ablation, forget), at, { ...axis, variants });
  };
}

function moved<Value>(list: readonly Value[], at: number, by: number): readonly Value[] {
  const to = at + by;
  const [item] = list.slice(at, at + 1);
  if (item === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(at, 1).toSpliced(to, 0, item);
}

/** Moves an axis towards the first (-1) or the last (1). */
export function moveAxis(at: number, by: -1 | 1): AblationEdit {
  return (ablation) => {
    const axes = moved(ablation.axes, at, by);
    return axes === ablation.axes ? ablation : { ...ablation, axes };
  };
}

/** Moves a variant within its axis. */
export function moveVariant(at: number, variantAt: number, by: -1 | 1): AblationEdit {
  return (ablation) => {
    const axis = ablation.axes[at];
    if (axis === undefined) return ablation;
    const variants = moved(axis.variants, variantAt, by);
    return variants === axis.variants ? ablation : withAxis(ablation, at, { ...axis, variants });
  };
}

/** Says how axes make cells. */
export function combineAxes(combine: "product" | "zip"): AblationEdit {
  return (ablation) => ({ ...ablation, combine });
}

/** Says which cell the others are compared with. */
export function pinBaseline(baseline: AblationChoice): AblationEdit {
  return (ablation) => ({ ...ablation, baseline });
}

function has(cell: Pick<AblationCell, "choice">, choice: AblationChoice): boolean {
  return Object.entries(choice).every(([axis, name]) => entryOf(cell.choice, axis) === name);
}

/** Whether a cell is left out. */
export function isExcluded({ exclude = [] }: Ablation, choice: AblationChoice): boolean {
  return exclude.some((entry) => has({ choice }, entry));
}

/** Leaves a cell out, or takes it in again; of an entry that covers several cells, the others stay out. */
export function toggleCell(choice: AblationChoice): AblationEdit {
  return (ablation) => {
    const { exclude = [] } = ablation;
    if (!isExcluded(ablation, choice)) return { ...ablation, exclude: [...exclude, choice] };
    const covering = exclude.filter((entry) => has({ choice }, entry));
    const others = cellsOf(ablation)
      .filter((cell) => covering.some((entry) => has(cell, entry)) && !has(cell, choice))
      .map((cell) => cell.choice);
    const left = exclude.filter((entry) => !covering.includes(entry));
    return { ...ablation, exclude: [...left, ...others] };
  };
}

/** Every cell of an ablation, those that are left out as well; none where its axes are faulty. */
export function cellsOf({ axes, combine }: Ablation): readonly AblationCell[] {
  try {
    return expandAxes({ axes, ...(combine !== undefined && { combine }) });
  } catch {
    return [];
  }
}
