import type { Link } from "../graph/document.ts";
import { isStepGraph, type Step, type StepGraph } from "../plan/step.ts";
import type { ValuesByName } from "./value.ts";

/** The result of a step. */
export interface Outcome {
  readonly outputs: ValuesByName;
  /** For a step mapped over streams: runs all its items. */
  drain?(): Promise<void>;
}

/** A requested step. Until it starts, nothing else is held for it: long chains stay cheap. */
export interface PendingStep {
  readonly step: Step;
  /** Links to steps that have not ended yet. */
  waiting: number;
  /** Steps that wait for this one, once for each link. */
  readonly followers: PendingStep[];
  readonly listeners: ((outcome: Outcome | undefined) => void)[];
  hasEnded: boolean;
  outcome?: Outcome | undefined;
}

/** Whether a step evaluates only the inputs that it selects. */
export function isLazyRoute({ task, levels }: Step): boolean {
  return !isStepGraph(task) && task.route !== undefined && levels.length === 0;
}

/** The links that must have their values before a step starts. */
function startingLinks(step: Step): readonly Link[] {
  const params = Object.values(step.params);
  return isLazyRoute(step) ? params : params.concat(Object.values(step.inputs));
}

/**
 * Adds steps and everything upstream of them to the pending ones.
 * @returns those that can start at once
 */
export function requestSteps(
  pending: Map<string, PendingStep>,
  steps: StepGraph["steps"],
  nodeIds: readonly string[],
): PendingStep[] {
  const fresh: PendingStep[] = [];
  const request = (id: string): PendingStep | undefined => {
    const known = pending.get(id);
    if (known !== undefined) return known;
    const step = steps.get(id);
    if (step === undefined) return undefined;
    const one: PendingStep = { step, waiting: 0, followers: [], listeners: [], hasEnded: false };
    pending.set(id, one);
    fresh.push(one);
    return one;
  };
  for (const id of nodeIds.toReversed()) request(id);
  const ready: PendingStep[] = [];
  for (let one = fresh.pop(); one !== undefined; one = fresh.pop()) {
    for (const { node } of startingLinks(one.step).toReversed()) {
      const source = request(node);
      if (source === undefined || source.hasEnded) continue;
      one.waiting++;
      source.followers.push(one);
    }
    if (one.waiting === 0) ready.push(one);
  }
  return ready;
}
