import type { Link } from "../graph/document.ts";
import { isStepGraph, type Step, type StepGraph } from "../plan/step.ts";
import { linksOf, type Turn } from "./turns.ts";
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
  readonly turn: Turn;
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

/** Steps that a route may ask for, also after all others that read them have failed. */
export function stepsBehindRoutes(steps: StepGraph["steps"]): ReadonlySet<Step> {
  const found = new Set<Step>();
  for (const step of [...steps.values()].toReversed()) {
    if (!isLazyRoute(step) && !found.has(step)) continue;
    for (const { node } of linksOf(step)) {
      const source = steps.get(node);
      if (source !== undefined) found.add(source);
    }
  }
  return found;
}

/** The links that must have their values before a step starts. */
function startingLinks(step: Step): readonly Link[] {
  return isLazyRoute(step) ? Object.values(step.params) : linksOf(step);
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

/** The steps of a graph, and when the turn of each comes. */
export interface TurningSteps {
  readonly steps: StepGraph["steps"];
  readonly turns: ReadonlyMap<string, Turn>;
}

/**
 * Adds steps and everything upstream of them to the pending ones.
 * @returns those that can start at once, and how many of the new ones are not last
 */
export function requestSteps(
  pending: Map<string, PendingStep>,
  { steps, turns }: TurningSteps,
  nodeIds: readonly string[],
): { readonly ready: readonly PendingStep[]; readonly early: number } {
  const fresh: PendingStep[] = [];
  const request = (id: string): PendingStep | undefined => {
    const known = pending.get(id);
    if (known !== undefined) return known;
    const step = steps.get(id);
    if (step === undefined) return undefined;
    const one: PendingStep = {
      step,
      waiting: 0,
      turn: turns.get(id) ?? "last",
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
  let early = 0;
  for (let one = fresh.pop(); one !== undefined; one = fresh.pop()) {
    if (one.turn !== "last") early++;
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
  return { ready, early };
}
