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
  /** Whether it reads nothing but its settings, as what loads a file or a network does. */
  readonly isSource: boolean;
  /** What it reads, once for each link that had not ended. */
  readonly sources: PendingStep[];
  /** Steps that wait for this one, once for each link. */
  readonly followers: PendingStep[];
  /** How many requests and steps may still read it. */
  readers: number;
  /** Whether a source of it failed, or it itself. */
  hasFailed: boolean;
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

/** Whether a step follows from settings alone, its own or those of one step before it. */
function isSource(step: Step, steps: StepGraph["steps"]): boolean {
  if (Object.keys(step.inputs).length > 0) return false;
  const before = Object.values(step.params).map(({ node }) => steps.get(node));
  return before.every(
    (one) => one === undefined || Object.keys({ ...one.inputs, ...one.params }).length === 0,
  );
}

/** Marks a step that failed, and what needs it, so that nothing is made for them alone. */
export function markFailed(failed: PendingStep): void {
  if (failed.hasFailed) return;
  failed.hasFailed = true;
  const lost = [failed];
  for (const one of lost) {
    for (const follower of one.followers) {
      if (follower.hasFailed) continue;
      follower.hasFailed = true;
      lost.push(follower);
    }
  }
  for (let one = lost.pop(); one !== undefined; one = lost.pop()) {
    for (const source of one.sources) {
      if (!source.hasFailed && --source.readers === 0) lost.push(source);
    }
  }
}

/**
 * Adds steps and everything upstream of them to the pending ones.
 * @returns those that can start at once, and how many of the new ones are sources
 */
export function requestSteps(
  pending: Map<string, PendingStep>,
  steps: StepGraph["steps"],
  nodeIds: readonly string[],
): { readonly ready: readonly PendingStep[]; readonly sources: number } {
  const fresh: PendingStep[] = [];
  const request = (id: string): PendingStep | undefined => {
    const known = pending.get(id);
    if (known !== undefined) return known;
    const step = steps.get(id);
    if (step === undefined) return undefined;
    const one: PendingStep = {
      step,
      waiting: 0,
      isSource: isSource(step, steps),
      sources: [],
      followers: [],
      readers: 0,
      listeners: [],
      hasEnded: false,
      hasFailed: false,
    };
    pending.set(id, one);
    fresh.push(one);
    return one;
  };
  for (const id of nodeIds.toReversed()) {
    const one = request(id);
    if (one !== undefined) one.readers++;
  }
  const ready: PendingStep[] = [];
  let sources = 0;
  for (let one = fresh.pop(); one !== undefined; one = fresh.pop()) {
    if (one.isSource) sources++;
    for (const { node } of startingLinks(one.step).toReversed()) {
      const source = request(node);
      if (source === undefined || source.hasEnded) continue;
      one.waiting++;
      one.sources.push(source);
      source.readers++;
      source.followers.push(one);
    }
    if (one.waiting === 0) ready.push(one);
  }
  return { ready, sources };
}
