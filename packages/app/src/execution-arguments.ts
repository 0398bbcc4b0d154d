import { type Device, defaultDevice } from "@insightgraph/engine/node";

/** How an execution process works; the same for as long as it lives. */
export interface ExecutionChoices {
  /** Neither takes nor keeps results on disk. @default false */
  readonly isWithoutCache?: boolean;
  /** Files and folders of further node definitions, absolute. @default none */
  readonly nodePlaces?: readonly string[];
  /** What networks run on. @default the CPU in float32 */
  readonly device?: Device;
}

const NO_CACHE = "--no-cache";
const NODES = "--nodes=";
const DEVICE = "--device=";

/** The choices as arguments of a process. */
export function toArguments({
  isWithoutCache,
  nodePlaces = [],
  device = defaultDevice,
}: ExecutionChoices): string[] {
  return [
    ...(isWithoutCache ? [NO_CACHE] : []),
    ...nodePlaces.map((place) => NODES + place),
    DEVICE + JSON.stringify(device),
  ];
}

/** The choices that `toArguments` wrote. */
export function fromArguments(args: readonly string[]): Required<ExecutionChoices> {
  const valuesOf = (name: string): string[] =>
    args.filter((argument) => argument.startsWith(name)).map((text) => text.slice(name.length));
  const [device] = valuesOf(DEVICE);
  return {
    isWithoutCache: args.includes(NO_CACHE),
    nodePlaces: valuesOf(NODES),
    device: device === undefined ? defaultDevice : (JSON.parse(device) as Device),
  };
}
