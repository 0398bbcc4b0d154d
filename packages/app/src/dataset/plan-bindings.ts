import { EngineError } from "@insightgraph/engine/errors";
import { type GraphDocument, namesHint } from "@insightgraph/engine/graph";

/** A named input of a graph, and the field of a record that it takes. */
export interface Binding {
  readonly input: string;
  readonly field: string;
}

/** Fields by other names that inputs and outputs of graphs have. */
export const usualFields: Readonly<Record<string, string>> = {
  image: "source_image",
  photo: "source_image",
  photograph: "source_image",
  picture: "source_image",
  source: "source_image",
  edit: "edited_image",
  edited: "edited_image",
  target: "edited_image",
  mask: "mask_image",
  caption: "source_caption",
  targetCaption: "target_caption",
  operation: "edit_type",
};

/**
 * Which input takes which field: as the caller says, else the field of the input's own name, or of its usual one.
 * @param given `INPUT=FIELD` pairs of the caller.
 * Throws: `command.usage` for names that graph or records lack, and where no input takes anything.
 */
export function planBindings(
  graph: GraphDocument,
  fields: readonly string[],
  given: readonly (readonly [input: string, field: string])[],
): readonly Binding[] {
  const inputs = Object.keys(graph.inputs ?? {});
  const usage = (what: string, hint: string) => new EngineError("command.usage", what, { hint });
  for (const [input, field] of given) {
    if (!inputs.includes(input)) {
      throw usage(`--input ${input}: the graph has no such input`, namesHint(input, inputs));
    }
    if (!fields.includes(field)) {
      throw usage(
        `--input ${input}=${field}: the records have no such field`,
        namesHint(field, fields),
      );
    }
  }
  const chosen = new Map(given);
  const bindings = inputs.flatMap((input): Binding[] => {
    const names = [chosen.get(input) ?? input, ...(chosen.has(input) ? [] : [usualFields[input]])];
    const field = names.find((name) => name !== undefined && fields.includes(name));
    return field === undefined ? [] : [{ input, field }];
  });
  if (bindings.length > 0) return bindings;
  throw usage(
    `no input of the graph (${inputs.join(", ")}) takes a field of the records (${fields.join(", ")})`,
    "Say which takes which: --input INPUT=FIELD.",
  );
}
