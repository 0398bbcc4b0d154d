/** Holds several values of one type: a list all at once, a stream one after the other. */
export type Container = "list" | "stream";

const prefixes: Readonly<Record<Container, string>> = { list: "list of ", stream: "stream of " };

/** The outermost container of a port type: `list` for `list of image`, undefined for `image`. */
export function containerOf(type: string): Container | undefined {
  if (type.startsWith(prefixes.list)) return "list";
  return type.startsWith(prefixes.stream) ? "stream" : undefined;
}

/** The element type of the outermost container: `image` for `list of image` and for `image` itself. */
export function elementOf(type: string): string {
  const container = containerOf(type);
  return container === undefined ? type : type.slice(prefixes[container].length);
}

/** The innermost element type: `image` for `list of list of image`. */
export function innermostOf(type: string): string {
  let rest = type;
  while (containerOf(rest) !== undefined) rest = elementOf(rest);
  return rest;
}

/** The type of a container of a type: `list of image`. */
export function inContainer(container: Container, type: string): string {
  return prefixes[container] + type;
}

/** Whether a port type is a variable such as `T`: any type, but the same one everywhere in its node. */
export function isVariable(type: string): boolean {
  return /^[A-Z]$/.test(type);
}

/** The types that the variables of one node stand for. */
export type Bindings = Map<string, string>;

/**
 * Whether a value of type `given` fits a port of type `wanted` without mapping; binds variables.
 * A list fits a stream port: it is a stream of known length.
 * @param isRoute Whether variables may stand for streams, as in routing nodes.
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

/** A port type with its variable replaced; undefined where the variable is unbound. */
export function substitute(type: string, bound: Bindings): string | undefined {
  const inner = innermostOf(type);
  if (!isVariable(inner)) return type;
  const known = bound.get(inner);
  return known === undefined ? undefined : type.slice(0, type.length - inner.length) + known;
}
