import { type Device, defaultDevice } from "@insightgraph/engine/node";

/** Options of an execution process, fixed when it starts. */
export interface ExecutionChoices {
  /** Whether to disable the cache on disk. @default false */
  readonly isWithoutCache?: boolean;
  /** Absolute files and folders of more node definitions. @default none */
  readonly nodePlaces?: readonly string[];
  /** Device for networks. @default the CPU in float32 */
  readonly device?: Device;
  /** Whether numbered files never replace those of earlier runs. @default false */
  readonly keepsEarlier?: boolean;
}

const noCacheFlag = "--no-cache";
const keepEarlierFlag = "--keep-earlier";
const nodesPrefix = "--nodes=";
const devicePrefix = "--device=";

/** The options as process arguments. */
export function toArguments({
  isWithoutCache,
  nodePlaces = [],
  device = defaultDevice,
  keepsEarlier = false,
}: ExecutionChoices): string[] {
  return [
    ...(isWithoutCache ? [noCacheFlag] : []),
    ...(keepsEarlier ? [keepEarlierFlag] : []),
    ...nodePlaces.map((place) => nodesPrefix + place),
    devicePrefix + JSON.stringify(device),
  ];
}

/** The options from the arguments that `toArguments` wrote. */
export function fromArguments(args: readonly string[]): Required<ExecutionChoices> {
  const valuesOf = (name: string): string[] =>
    args.filter((argument) => argument.startsWith(name)).map((text) => text.slice(name.length));
  const [device] = valuesOf(devicePrefix);
  return {
    isWithoutCache: args.includes(noCacheFlag),
    keepsEarlier: args.includes(keepEarlierFlag),
    nodePlaces: valuesOf(nodesPrefix),
    device: device === undefined ? defaultDevice : (JSON.parse(device) as Device),
  };
}
