import type { Link } from "../graph/document.ts";
import { isStepGraph, type Step, type StepGraph } from "./step.ts";
import type { ValuesByName } from "./value.ts";

/** What became of a step. */
export interface Outcome {
  readonly outputs: ValuesByName;
  /** For a step mapped over streams: runs all its items. */
  drain?(): Promise<void>;
}

/** A step that was asked for. Before it starts nothing else is held for it: long rows stay cheap. */
export interface Asked {
  readonly step: Step;
  /** Links to steps that have not ended yet. */
  waiting: number;
  /** Those that wait for this one, once for each link. */
  readonly followers: Asked[];
  readonly listeners: ((outcome: Outcome | undefined) => void)[];
  hasEnded: boolean;
  outcome?: Outcome | undefined;
}

/** Whether a step takes only the inputs that it chooses. */
export function isLazy({ task, levels }: Step): boolean {
  return !isStepGraph(task) && task.route !== undefined && levels.length === 0;
}

/** The links that must have their values before a step starts. */
function startingLinks(step: Step): readonly Link[] {
  const params = Object.values(step.params);
  return isLazy(step) ? params : params.concat(Object.values(step.inputs));
}

/**
 * Notes these steps, and all that they stand on, as asked for.
 * @returns those of them that wait for nothing
 */
export function askFor(
  asked: Map<string, Asked>,
  steps: StepGraph["steps"],
  nodeIds: readonly string[],
): Asked[] {
  const fresh: Asked[] = [];
  const ask = (id: string): Asked | undefined => {
    const known = asked.get(id);
    if (known !== undefined) return known;
    const step = steps.get(id);
    if (step === undefined) return undefined;
    const one: Asked = { step, waiting: 0, followers: [], listeners: [], hasEnded: false };
    asked.set(id, one);
    fresh.push(one);
    return one;
  };
  for (const id of nodeIds.toReversed()) ask(id);
  const ready: Asked[] = [];
  for (let one = fresh.pop(); one !== undefined; one = fresh.pop()) {
    for (const { node } of startingLinks(one.step).toReversed()) {
      const source = ask(node);
      if (source === undefined || source.hasEnded) continue;
      one.waiting++;
      source.followers.push(one);
    }
    if (one.waiting === 0) ready.push(one);
  }
  return ready;
}
