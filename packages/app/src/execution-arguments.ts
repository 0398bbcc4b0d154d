import { type Device, defaultDevice } from "@insightgraph/engine/node";

/** How an execution process works, from its start to its end. */
export interface ExecutionChoices {
  /** Whether results on disk are neither used nor kept. @default false */
  readonly isWithoutCache?: boolean;
  /** Files and folders of further node definitions, absolute. @default none */
  readonly nodePlaces?: readonly string[];
  /** What networks run on. @default the CPU in float32 */
  readonly device?: Device;
}

const noCacheFlag = "--no-cache";
const nodesPrefix = "--nodes=";
const devicePrefix = "--device=";

/** The choices as arguments of a process. */
export function toArguments({
  isWithoutCache,
  nodePlaces = [],
  device = defaultDevice,
}: ExecutionChoices): string[] {
  return [
    ...(isWithoutCache ? [noCacheFlag] : []),
    ...nodePlaces.map((place) => nodesPrefix + place),
    devicePrefix + JSON.stringify(device),
  ];
}

/** The choices that `toArguments` wrote. */
export function fromArguments(args: readonly string[]): Required<ExecutionChoices> {
  const valuesOf = (name: string): string[] =>
    args.filter((argument) => argument.startsWith(name)).map((text) => text.slice(name.length));
  const [device] = valuesOf(devicePrefix);
  return {
    isWithoutCache: args.includes(noCacheFlag),
    nodePlaces: valuesOf(nodesPrefix),
    device: device === undefined ? defaultDevice : (JSON.parse(device) as Device),
  };
}
