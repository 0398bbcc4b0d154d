import { EngineError } from "../errors.ts";
import { entryOf } from "./catalogue.ts";
import type { Ablation, AblationAxis, AblationChoice, NodeChange } from "./document.ts";
import { namesHint } from "./nearest-name.ts";

/** One combination of variants. */
export interface AblationCell {
  /** The names of its variants. */
  readonly name: string;
  readonly choice: AblationChoice;
  /** Of all its variants, in the order of the axes. */
  readonly changes: readonly NodeChange[];
}

/** Most cells that are listed. */
const maxCells = 1_000_000;

function refuse(what: string, path: string, hint: string): EngineError {
  return new EngineError("graph.ablation", what, { at: { path: `ablation.${path}` }, hint });
}

function repeated(names: readonly string[]): string | undefined {
  return names.find((name, at) => names.indexOf(name) !== at);
}

function checkNames(axes: readonly AblationAxis[]): void {
  if (axes.length === 0) throw refuse("there is no axis", "axes", "Add one with two variants.");
  const hint = "Give each a name of its own.";
  const axis = repeated(axes.map(({ name }) => name));
  if (axis !== undefined) throw refuse(`two axes are called "${axis}"`, "axes", hint);
  for (const [at, { name, variants }] of axes.entries()) {
    const path = `axes.${at}.variants`;
    if (variants.length === 0) throw refuse(`"${name}" has no variants`, path, "Add one.");
    const twice = repeated(variants.map((variant) => variant.name));
    if (twice !== undefined) throw refuse(`two variants are called "${twice}"`, path, hint);
  }
}

function checkChoice(choice: AblationChoice, axes: readonly AblationAxis[], path: string): void {
  for (const [name, variant] of Object.entries(choice)) {
    const axis = axes.find((one) => one.name === name);
    if (axis === undefined) {
      const names = axes.map((one) => one.name);
      throw refuse(`there is no axis "${name}"`, path, namesHint(name, names));
    }
    const names = axis.variants.map((one) => one.name);
    if (names.includes(variant)) continue;
    throw refuse(`"${name}" has no variant "${variant}"`, path, namesHint(variant, names));
  }
}

function checkZip(axes: readonly AblationAxis[]): void {
  const [first, ...others] = axes;
  const uneven = others.find(({ variants }) => variants.length !== first?.variants.length);
  if (first === undefined || uneven === undefined) return;
  const [a, b] = [first.variants.length, uneven.variants.length];
  const what = `"${first.name}" has ${a} variants and "${uneven.name}" ${b}`;
  throw refuse(what, "axes", 'Make them equally many, or combine them as "product".');
}

/** How many cells the axes have before any is excluded; lists none. */
export function countCells({ axes, combine = "product" }: Ablation): number {
  const counts = axes.map(({ variants }) => variants.length);
  return combine === "zip" ? Math.max(0, ...counts) : counts.reduce((all, n) => all * n, 1);
}

/** The variants of a cell: for each axis the place of one in its list. */
function* placesOf({ axes, combine }: Ablation, count: number): Generator<readonly number[]> {
  for (let cell = 0; cell < count; cell++) {
    let rest = cell;
    const places = axes.map(() => cell);
    for (let axis = axes.length - 1; combine !== "zip" && axis >= 0; axis--) {
      const { length } = axes[axis]?.variants ?? [];
      places[axis] = rest % length;
      rest = Math.floor(rest / length);
    }
    yield places;
  }
}

function cellOf(axes: readonly AblationAxis[], places: readonly number[]): AblationCell {
  const chosen = axes.flatMap(({ name, variants }, axis) => {
    const variant = variants[places[axis] ?? 0];
    return variant === undefined ? [] : [{ axis: name, ...variant }];
  });
  return {
    name: chosen.map(({ name }) => name).join(", "),
    choice: Object.fromEntries(chosen.map(({ axis, name }) => [axis, name])),
    changes: chosen.flatMap(({ changes = [] }) => changes),
  };
}

function has(cell: AblationCell, choice: AblationChoice): boolean {
  return Object.entries(choice).every(([axis, name]) => entryOf(cell.choice, axis) === name);
}

/** The cells of an ablation in their order. Throws: `graph.ablation`. */
export function expandAxes(ablation: Ablation): readonly AblationCell[] {
  const { axes, combine, exclude = [], baseline } = ablation;
  checkNames(axes);
  if (combine === "zip") checkZip(axes);
  for (const [at, choice] of exclude.entries()) checkChoice(choice, axes, `exclude.${at}`);
  if (baseline !== undefined) checkChoice(baseline, axes, "baseline");
  const count = countCells(ablation);
  if (count > maxCells) {
    throw refuse(`the axes have ${count} cells`, "axes", `Keep them under ${maxCells}.`);
  }
  const cells: AblationCell[] = [];
  for (const places of placesOf(ablation, count)) {
    const cell = cellOf(axes, places);
    if (!exclude.some((choice) => has(cell, choice))) cells.push(cell);
  }
  if (cells.length > 0) return cells;
  throw refuse("every cell is excluded", "exclude", "Leave at least one cell.");
}

/** The cell that the others are compared with. Throws: `graph.ablation` where the ablation's own is excluded. */
export function baselineOf(ablation: Ablation, cells: readonly AblationCell[]): AblationCell {
  const { baseline = {} } = ablation;
  const found = cells.find((cell) => has(cell, baseline));
  if (found !== undefined) return found;
  throw refuse("the baseline is excluded", "baseline", "Choose a cell that is not excluded.");
}
