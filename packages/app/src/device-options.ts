import { type Device, precisions, providers } from "@insightgraph/engine/node";
import { parseChoice } from "./parse-choice.ts";

/** For `parseArguments`. */
export const deviceOptions = { device: { type: "string" }, precision: { type: "string" } } as const;

/** Lines of a usage. @param width Where what an option means begins. */
export function deviceUsage(width: number): string {
  return [
    `${"  --device NAME".padEnd(width)}what networks run on: ${providers.join(", ")} (cpu)`,
    `${"  --precision NAME".padEnd(width)}in which they compute: ${precisions.join(", ")} (float32)`,
  ].join("\n");
}

/** Throws: `command.usage`. */
export function deviceOf(values: {
  readonly device?: string | undefined;
  readonly precision?: string | undefined;
}): Device {
  return {
    provider: parseChoice("device", values.device, "cpu", providers),
    precision: parseChoice("precision", values.precision, "float32", precisions),
  };
}
