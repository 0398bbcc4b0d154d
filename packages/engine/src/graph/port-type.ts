/** What holds several values of one type: a list has its items at hand, a stream gives them in turn. */
export type Container = "list" | "stream";

const prefixes: Readonly<Record<Container, string>> = { list: "list of ", stream: "stream of " };

/** The outermost container of a port type: `list` for `list of image`, undefined for `image`. */
export function containerOf(type: string): Container | undefined {
  if (type.startsWith(prefixes.list)) return "list";
  return type.startsWith(prefixes.stream) ? "stream" : undefined;
}

/** What the outermost container holds: `image` for `list of image` and for `image` itself. */
export function elementOf(type: string): string {
  const container = containerOf(type);
  return container === undefined ? type : type.slice(prefixes[container].length);
}

/** What is left of a port type without any container: `image` for `list of list of image`. */
export function innermostOf(type: string): string {
  let rest = type;
  while (containerOf(rest) !== undefined) rest = elementOf(rest);
  return rest;
}

export function inContainer(container: Container, type: string): string {
  return prefixes[container] + type;
}

/** Whether a port type, such as `T`, stands for any type, the same one everywhere in its node. */
export function isVariable(type: string): boolean {
  return /^[A-Z]$/.test(type);
}

/** What the variables of one node stand for. */
export type Bindings = Map<string, string>;

/**
 * Whether a value of type `given` may enter a port of type `wanted` whole; binds variables.
 * A list may enter a port that takes a stream: it is one whose length is known.
 * @param isRoute Variables of a node that only hands on may stand for streams.
 */
export function fits(wanted: string, given: string, bound: Bindings, isRoute: boolean): boolean {
  let [own, other] = [wanted, given];
  for (;;) {
    const container = containerOf(own);
    if (container === undefined) break;
    const held = containerOf(other);
    if (held !== container && !(container === "stream" && held === "list")) return false;
    [own, other] = [elementOf(own), elementOf(other)];
  }
  if (!isVariable(own)) return own === other;
  if (containerOf(other) === "stream" && !isRoute) return false;
  const earlier = bound.get(own);
  if (earlier === undefined) bound.set(own, other);
  return earlier === undefined || earlier === other;
}

/** A port type with its variable replaced; undefined while nothing is bound to it. */
export function substitute(type: string, bound: Bindings): string | undefined {
  const inner = innermostOf(type);
  if (!isVariable(inner)) return type;
  const known = bound.get(inner);
  return known === undefined ? undefined : type.slice(0, type.length - inner.length) + known;
}
