import { type Device, precisions, providers } from "@insightgraph/engine/node";
import { parseChoice } from "./parse-choice.ts";

/** The device options, for `parseArguments`. */
export const deviceOptions = { device: { type: "string" }, precision: { type: "string" } } as const;

/** Help text of the device options. @param width Column of the descriptions. */
export function deviceUsage(width: number): string {
  return [
    `${"  --device NAME".padEnd(width)}device for networks: ${providers.join(", ")} (cpu)`,
    `${"  --precision NAME".padEnd(width)}precision of networks: ${precisions.join(", ")} (float32)`,
  ].join("\n");
}

/** The device that the options select. Throws: `command.usage`. */
export function deviceOf(values: {
  readonly device?: string | undefined;
  readonly precision?: string | undefined;
}): Device {
  return {
    provider: parseChoice("device", values.device, "cpu", providers),
    precision: parseChoice("precision", values.precision, "float32", precisions),
  };
}
