import { type Ablation, type AblationChoice, entryOf } from "@insightgraph/engine/graph";
import { type AblationEdit, withAxis } from "./edit-ablation.ts";

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
