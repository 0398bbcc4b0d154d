import { EngineError } from "../errors.ts";
import { checkParam } from "../graph/check-param.ts";
import type { Json } from "../graph/document.ts";
import type { AnyNode } from "../node/registry.ts";
import { toPlain, type ValuesByName } from "./value.ts";

/** Param values by name. */
export type StepSettings = Readonly<Record<string, Json>>;

/** Param values of one run, those from links included. Throws: `param.*`. */
export async function linkedSettings(
  definition: AnyNode,
  settings: StepSettings,
  params: ValuesByName,
): Promise<StepSettings> {
  const entries = Object.entries(params);
  const all: Record<string, Json> = { ...settings };
  for (const [name, value] of entries) {
    const plain = (await toPlain(value)) as Json;
    const spec = definition.params[name];
    const fault = spec && checkParam(spec, plain);
    if (fault !== undefined) {
      throw new EngineError(fault.code, fault.what, {
        at: { path: `inputs.${name}` },
        hint: fault.hint,
      });
    }
    all[name] = plain;
  }
  return all;
}
