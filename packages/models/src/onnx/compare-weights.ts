import { ModelError } from "../errors.ts";
import type { Tensor } from "./graph.ts";
import { showShape } from "./shape.ts";
import type { StoredTensor, WeightMap } from "./stored-tensor.ts";

/** A tensor that a network and a checkpoint do not share. */
export interface WeightDifference {
  readonly path: string;
  /** The network's shape; undefined for a tensor that it has no use for. */
  readonly expected?: string;
  /** The checkpoint's shape; undefined for a tensor that it lacks. */
  readonly found?: string;
}

/** A 1x1 convolution's weight and a linear layer's have the same bytes. */
function isSameUpToOnes(a: readonly unknown[], b: readonly unknown[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return (
    short.every((size, axis) => size === long[axis]) &&
    long.slice(short.length).every((size) => size === 1) &&
    short.length > 0
  );
}

const isFloating = ({ dtype }: StoredTensor): boolean => /float/.test(dtype);

/** How a checkpoint differs from what a network declares, in the order of the network, then of the file. */
export function compareWeights(
  declared: readonly Tensor[],
  weights: WeightMap,
): readonly WeightDifference[] {
  const wanted = declared.flatMap((tensor): WeightDifference[] => {
    const expected = showShape(tensor.shape);
    const stored = weights.get(tensor.name);
    if (stored === undefined) return [{ path: tensor.name, expected }];
    if (!isFloating(stored) && stored.dtype !== tensor.dtype) {
      return [{ path: tensor.name, expected, found: `${stored.dtype} ${showShape(stored.shape)}` }];
    }
    if (isSameUpToOnes(tensor.shape, stored.shape)) return [];
    if (tensor.shape.length === 0 && stored.shape.length === 0) return [];
    return [{ path: tensor.name, expected, found: showShape(stored.shape) }];
  });
  const known = new Set(declared.map(({ name }) => name));
  const surplus = [...weights]
    .filter(([path]) => !known.has(path))
    .map(([path, { shape }]) => ({ path, found: showShape(shape) }));
  return [...wanted, ...surplus];
}

/** Tensors of a kind that are listed by name. */
const listed = 6;

/** One sentence about tensors of a kind; empty where there are none. */
function listOf(title: string, all: readonly WeightDifference[]): string {
  if (all.length === 0) return "";
  const names = all.slice(0, listed).map(({ path, expected, found }) => {
    const sizes = [expected && `expected ${expected}`, found && `found ${found}`];
    return `${path} (${sizes.filter(Boolean).join(", ")})`;
  });
  const rest = all.length > listed ? [`and ${all.length - listed} more`] : [];
  return ` ${title} (${all.length}): ${[...names, ...rest].join(", ")}.`;
}

/** Unused tensors are listed too: one of them is often a missing tensor under another name. */
function mismatchOf(differences: readonly WeightDifference[]): ModelError | undefined {
  const missing = differences.filter(({ found }) => found === undefined);
  const misshapen = differences.filter(({ expected, found }) => expected && found);
  const extra = differences.filter(({ expected }) => expected === undefined);
  const [first, ...others] = [...missing, ...misshapen];
  if (first === undefined) return undefined;
  if (others.length === 0 && first.found === undefined) {
    return new ModelError("weights.missing", "the checkpoint has no such tensor.", {
      at: first.path,
      hint: `Expected shape ${first.expected}; check that the checkpoint belongs to this network.`,
    });
  }
  if (others.length === 0) {
    return new ModelError("weights.shape", `expected ${first.expected}, found ${first.found}.`, {
      at: first.path,
      hint: "Check that the checkpoint belongs to this configuration.",
    });
  }
  const lists = [
    listOf("Missing", missing),
    listOf("Of another shape", misshapen),
    listOf("Not used", extra),
  ];
  const what = `the checkpoint does not fit the network.${lists.join("")}`;
  return new ModelError("weights.mismatch", what, {
    at: first.path,
    hint: "Check that the checkpoint belongs to this network and configuration.",
  });
}

/** Refuses a checkpoint that lacks or misshapes anything that is declared. Throws: weights.missing, weights.shape, weights.mismatch. */
export function checkWeights(declared: readonly Tensor[], weights: WeightMap): void {
  const mismatch = mismatchOf(compareWeights(declared, weights));
  if (mismatch !== undefined) throw mismatch;
}
