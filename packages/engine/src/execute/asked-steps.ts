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
export function startingLinks(step: Step): readonly Link[] {
  const params = Object.values(step.params);
  return isLazy(step) ? params : params.concat(Object.values(step.inputs));
}

/**
 * Notes these steps, and all that they stand on, as asked for.
 * @returns those that were not before, each after the ones that it stands on
 */
export function askFor(
  asked: Map<string, Asked>,
  steps: StepGraph["steps"],
  nodeIds: readonly string[],
): Asked[] {
  const order: Asked[] = [];
  // An id goes in to be asked for; what was asked, to be left once all before it are.
  const stack: (string | Asked)[] = nodeIds.toReversed();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top !== "string") {
      order.push(top);
      continue;
    }
    const step = asked.has(top) ? undefined : steps.get(top);
    if (step === undefined) continue;
    const one: Asked = { step, waiting: 0, followers: [], listeners: [], hasEnded: false };
    asked.set(top, one);
    stack.push(one);
    for (const { node } of startingLinks(step).toReversed()) stack.push(node);
  }
  return order;
}
