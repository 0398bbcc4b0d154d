import { type Device, precisions, providers } from "@insightgraph/engine/node";
import { usageError } from "./parse-arguments.ts";
import { parseChoice } from "./parse-choice.ts";

/** The device options, for `parseArguments`. */
export const deviceOptions = { device: { type: "string" }, precision: { type: "string" } } as const;

/** Help text of the device options. @param width Column of the descriptions. */
export function deviceUsage(width: number): string {
  return [
    `${"  --device NAME".padEnd(width)}device for networks: ${providers.join(", ")} (cpu), or cuda:1`,
    `${"  --precision NAME".padEnd(width)}precision of networks: ${precisions.join(", ")} (float32)`,
  ].join("\n");
}

/** A device by the name that people give it, such as `cuda:1`. Throws: `command.usage`. */
function deviceNamed(name: string | undefined, precision: string | undefined): Device {
  const [provider, index, surplus] = (name ?? "cpu").split(":");
  const device = {
    provider: parseChoice("device", provider, "cpu", providers),
    precision: parseChoice("precision", precision, "float32", precisions),
  };
  if (index === undefined) return device;
  if (surplus === undefined && /^\d{1,3}$/.test(index)) return { ...device, index: Number(index) };
  throw usageError(`--device ${name}: this is not a device`, "Write cuda:0 for the first GPU.");
}

/** The device that the options select. Throws: `command.usage`. */
export function deviceOf(values: {
  readonly device?: string | undefined;
  readonly precision?: string | undefined;
}): Device {
  return deviceNamed(values.device, values.precision);
}

/** The devices that the options of a server select, each once. Throws: `command.usage`. */
export function devicesOf(values: {
  readonly device: readonly string[];
  readonly precision?: string | undefined;
}): readonly Device[] {
  const names = values.device.length === 0 ? ["cpu"] : [...new Set(values.device)];
  return names.map((name) => deviceNamed(name, values.precision));
}
