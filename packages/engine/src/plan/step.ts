import type { Json, Link } from "../graph/document.ts";
import type { Container } from "../graph/port-type.ts";
import type { AnyNode } from "../node/registry.ts";

/** One node as it runs: its links skip bypassed nodes and enter subgraphs. */
export interface Step {
  /** The node's id; inside a subgraph `sharpen/blur`. */
  readonly nodeId: string;
  /** What runs: a node definition, or a whole subgraph for each item. */
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

/** Steps that run together; `$inputs` in their links stands for the graph's own inputs. */
export interface StepGraph {
  /** By the node's id in its own graph, as links name it; sources first. */
  readonly steps: ReadonlyMap<string, Step>;
  readonly outputs: Readonly<Record<string, Link>>;
  /** Output nodes inside, which run whether or not an output is asked for. */
  readonly effects: readonly string[];
}

/** Whether a step runs a subgraph, not a node. */
export function isStepGraph(task: AnyNode | StepGraph): task is StepGraph {
  return "steps" in task;
}
