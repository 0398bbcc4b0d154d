import { isStepGraph, type Step, type StepGraph } from "./step.ts";

/** Whether a step takes only the inputs that it chooses. */
export function isLazy({ task, levels }: Step): boolean {
  return !isStepGraph(task) && task.route !== undefined && levels.length === 0;
}

/** Steps to start, each after those it stands on. */
export function startOrder(
  steps: StepGraph["steps"],
  nodeIds: readonly string[],
  isStarted: (id: string) => boolean,
): [string, Step][] {
  const order: [string, Step][] = [];
  const entered = new Set<string>();
  // An id goes in to be entered; the step itself, to be left once all before it are.
  const stack: (string | [string, Step])[] = [...nodeIds].reverse();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top !== "string") {
      order.push(top);
      continue;
    }
    const step = steps.get(top);
    if (step === undefined || entered.has(top) || isStarted(top)) continue;
    entered.add(top);
    stack.push([top, step]);
    for (const { node } of Object.values(step.params)) stack.push(node);
    if (isLazy(step)) continue;
    for (const { node } of Object.values(step.inputs).reverse()) stack.push(node);
  }
  return order;
}
