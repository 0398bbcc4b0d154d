import type { AblationAxis, AblationVariant, NodeChange } from "@insightgraph/engine/graph";
import { type AblationEdit, withAxis } from "./edit-ablation.ts";

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
