import type { Json, Link } from "../graph/document.ts";
import type { Container } from "../graph/port-type.ts";
import type { AnyNode } from "../node/registry.ts";

/** One node as it is run: links lead past bypassed nodes and into definitions. */
export interface Step {
  /** The node's id; inside a definition `sharpen/blur`. */
  readonly nodeId: string;
  /** What is run: a node type, or for each item a whole definition. */
  readonly task: AnyNode | StepGraph;
  /** Every param, those that links feed at their default. */
  readonly settings: Readonly<Record<string, Json>>;
  /** By input name; absent inputs are left out. */
  readonly inputs: Readonly<Record<string, Link>>;
  /** By the name of a param that a link feeds. */
  readonly params: Readonly<Record<string, Link>>;
  /** What the step is mapped over, outermost first. */
  readonly levels: readonly Container[];
  /** By the name of an input or a linked param: how many levels are taken off its value. */
  readonly lifts: Readonly<Record<string, number>>;
  /** The port type of each output of one run, where it is known. */
  readonly own: Readonly<Record<string, string | undefined>>;
}

/** Steps that are run together; `$inputs` in their links is what the graph is given. */
export interface StepGraph {
  /** By the node's id in its own graph, which links name; sources first. */
  readonly steps: ReadonlyMap<string, Step>;
  readonly outputs: Readonly<Record<string, Link>>;
  /** Output nodes inside, which run whether or not an output is asked for. */
  readonly effects: readonly string[];
}

export function isStepGraph(task: AnyNode | StepGraph): task is StepGraph {
  return "steps" in task;
}
