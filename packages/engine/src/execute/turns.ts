import { graphInputs, type Link } from "../graph/document.ts";
import { isStepGraph, type Step, type StepGraph } from "../plan/step.ts";

type Steps = StepGraph["steps"];

/** `first`: before all others. `checked`: its inputs are checked before anything of `last` starts. */
export type Turn = "first" | "checked" | "last";

/** All links into a step. */
export function linksOf({ inputs, params }: Step): readonly Link[] {
  return Object.values(params).concat(Object.values(inputs));
}

/** Whether a step follows from settings alone, its own or those of one step before it. */
function isSource(step: Step, steps: Steps): boolean {
  if (Object.keys(step.inputs).length > 0) return false;
  const before = Object.values(step.params).map(({ node }) => steps.get(node));
  return before.every((one) => one === undefined || linksOf(one).length === 0);
}

function hasCheck({ task, levels }: Step): boolean {
  return !isStepGraph(task) && task.check !== undefined && !levels.includes("stream");
}

/**
 * When the turn of each step comes. First: what reads nothing but settings, as loading a file does, and what makes the
 * inputs of a step that can be checked from values alone. So what can be refused is refused before a network opens.
 * @param steps Sources first.
 * @param isContent Whether a link carries content, such as a picture, and not a loaded model.
 */
export function turnsOf(
  steps: Steps,
  isContent: (link: Link) => boolean,
): ReadonlyMap<string, Turn> {
  const turns = new Map<string, Turn>();
  // Made from content alone, so that no network opens for them.
  const plain = new Set([graphInputs]);
  for (const [id, step] of steps) {
    const links = linksOf(step);
    const isKnown = links.every(({ node }) => plain.has(node));
    const isPlain = isKnown && links.every(isContent) && !step.levels.includes("stream");
    if (isPlain && !isStepGraph(step.task)) plain.add(id);
    const isFirst = isSource(step, steps);
    turns.set(id, isFirst ? "first" : isKnown && hasCheck(step) ? "checked" : "last");
  }
  for (const [id, step] of [...steps].toReversed()) {
    if (turns.get(id) === "last") continue;
    for (const { node } of linksOf(step)) turns.set(node, "first");
  }
  return turns;
}
