import type { Field, FieldKind } from "@insightgraph/editing/datasets";
import { EngineError } from "@insightgraph/engine/errors";
import {
  containerOf,
  elementOf,
  type GraphDocument,
  type NodeCatalogue,
} from "@insightgraph/engine/graph";
import { typesIn } from "../output-writers.ts";
import { usualFields } from "./plan-bindings.ts";

/** A named output of a graph, and the field that it becomes. */
export interface OutputField extends Field {
  readonly output: string;
  /** Whether it is a list: then the item gives a record for each of its values. */
  readonly isList: boolean;
}

/** What the graph says about a record besides its fields. */
export const verdictOutput = "keep";
/** Why a record is not kept. */
export const reasonOutput = "reason";

const kinds: Readonly<Record<string, FieldKind>> = {
  image: "picture",
  mask: "picture",
  text: "text",
  number: "number",
  boolean: "boolean",
};

/**
 * The fields that a graph's named outputs become; outputs that no file holds, such as models, are left out.
 * Throws: `command.usage` for lists of lists, and where no output is left.
 */
export function outputFields(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
): readonly OutputField[] {
  const typeOf = typesIn(graph, catalogue);
  const fields = Object.entries(graph.outputs ?? {}).flatMap(([output, link]): OutputField[] => {
    const type = typeOf(link) ?? "";
    const isList = containerOf(type) !== undefined;
    const element = isList ? elementOf(type) : type;
    if (containerOf(element) !== undefined) {
      throw new EngineError("command.usage", `the output "${output}" is a list of lists`, {
        hint: "Give one value, or one list, for each record.",
      });
    }
    const kind = kinds[element];
    if (kind === undefined) return [];
    return [{ name: usualFields[output] ?? output, kind, output, isList }];
  });
  if (fields.length > 0) return fields;
  throw new EngineError("command.usage", "the graph has no named output that a record could hold", {
    hint: "Name outputs of the graph: pictures, masks, texts, numbers, yes or no.",
  });
}
