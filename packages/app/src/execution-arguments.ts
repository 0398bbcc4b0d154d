/** How an execution process works; the same for as long as it lives. */
export interface ExecutionChoices {
  /** Neither takes nor keeps results on disk. @default false */
  readonly isWithoutCache?: boolean;
  /** Files and folders of further node definitions, absolute. @default none */
  readonly nodePlaces?: readonly string[];
}

const NO_CACHE = "--no-cache";
const NODES = "--nodes=";

/** The choices as arguments of a process. */
export function toArguments({ isWithoutCache, nodePlaces = [] }: ExecutionChoices): string[] {
  return [...(isWithoutCache ? [NO_CACHE] : []), ...nodePlaces.map((place) => `${NODES}${place}`)];
}

/** The choices that `toArguments` wrote. */
export function fromArguments(args: readonly string[]): Required<ExecutionChoices> {
  const places = args.filter((argument) => argument.startsWith(NODES));
  return {
    isWithoutCache: args.includes(NO_CACHE),
    nodePlaces: places.map((argument) => argument.slice(NODES.length)),
  };
}
