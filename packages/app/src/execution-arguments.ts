import type { FileReach } from "@insightgraph/engine/execute";
import { type Device, defaultDevice } from "@insightgraph/engine/node";

/** Options of an execution process, fixed when it starts. */
export interface ExecutionChoices {
  /** Whether to disable the cache on disk. @default false */
  readonly isWithoutCache?: boolean;
  /** Results that took less to make are not put in the cache on disk. @default 0 */
  readonly leastCachedMs?: number;
  /** Absolute files and folders of more node definitions. @default none */
  readonly nodePlaces?: readonly string[];
  /** Device for networks. @default the CPU in float32 */
  readonly device?: Device;
  /** Most bytes of weights of networks that stay open. @default half of the machine's memory */
  readonly maxSessionBytes?: number;
  /** Where nodes may read and write. @default wherever the user may */
  readonly reach?: FileReach;
  /** Whether numbered files never replace those of earlier runs. @default false */
  readonly keepsEarlier?: boolean;
}

/** The options as process arguments. */
export function toArguments({
  isWithoutCache = false,
  leastCachedMs = 0,
  nodePlaces = [],
  device = defaultDevice,
  maxSessionBytes,
  keepsEarlier = false,
  reach,
}: ExecutionChoices): string[] {
  const choices: ExecutionChoices = {
    ...{ isWithoutCache, leastCachedMs, nodePlaces, device, keepsEarlier },
    ...(maxSessionBytes === undefined ? {} : { maxSessionBytes }),
    ...(reach === undefined ? {} : { reach }),
  };
  return [JSON.stringify(choices)];
}

/** The options from the arguments that `toArguments` wrote. */
export function fromArguments([text = "{}"]: readonly string[]): ExecutionChoices {
  return JSON.parse(text) as ExecutionChoices;
}
