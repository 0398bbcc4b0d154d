import type { Port } from "./define-port.ts";
import type { Migrations } from "./migrate-graph.ts";
import type { Param } from "./param.ts";
import type { RunContext } from "./run-context.ts";

/** Ports by name. */
export type Ports = Readonly<Record<string, Port>>;
/** Params by name. */
export type Params = Readonly<Record<string, Param>>;

type ValueOf<P> = P extends Port<infer T, boolean> ? T : never;

type RequiredKeys<P extends Ports> = {
  [K in keyof P]: P[K]["optional"] extends true ? never : K;
}[keyof P];

/** The values that ports carry: optional ports become optional keys. */
export type Values<P extends Ports> = {
  readonly [K in RequiredKeys<P>]: ValueOf<P[K]>;
} & {
  readonly [K in Exclude<keyof P, RequiredKeys<P>>]?: ValueOf<P[K]> | undefined;
};

/** The values that params carry. */
export type Settings<P extends Params> = {
  readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never;
};

/** What node types of both kinds declare. */
export interface NodeDeclaration<I extends Ports, P extends Params, O extends Ports> {
  /** `category.verb-or-noun` in lower kebab. */
  readonly type: string;
  readonly version: number;
  readonly title: string;
  readonly doc: string;
  /** @default the part of `type` before its first dot */
  readonly category?: string;
  readonly inputs: I;
  readonly params: P;
  readonly outputs: O;
  /** Runs by default when a graph runs. */
  readonly isOutput?: boolean;
  /** Former type ids of this node, for older graphs. */
  readonly formerly?: readonly string[];
  /** Node types that are gone and cannot be migrated: type id -> what to use instead, as a sentence. */
  readonly replaces?: Readonly<Record<string, string>>;
  /** Migrations by version, each to the next one. */
  readonly migrate?: Migrations;
}

/** The input that each output forwards. */
export type Route<I extends Ports, O extends Ports> = { readonly [K in keyof O]: keyof I & string };

/**
 * A node type: catalogue, forms, validation and cache keys all derive from it.
 * @typeParam Result What `run` returns; `defineNode` infers it, so that literals keep their type.
 */
export interface NodeDefinition<
  I extends Ports,
  P extends Params,
  O extends Ports,
  Result = Values<O>,
> extends NodeDeclaration<I, P, O> {
  /** @default true; false for nodes with side effects, such as saving a file */
  readonly cacheable?: boolean;
  /** Whatever else the result depends on, such as a file's content. */
  fingerprint?(params: Settings<P>): string | Promise<string>;
  /** Params that the fingerprint stands for: the path of a file, where the content alone counts. @default none */
  readonly fingerprinted?: readonly (keyof P & string)[];
  /** For routing nodes: the engine evaluates only the selected inputs and never calls `run`. */
  route?(params: Settings<P>, connected: ReadonlySet<string>): Route<I, O>;
  /**
   * Throws what `run` would refuse, as far as its inputs and params tell, quickly and without opening a network. Called
   * before anything of the run opens one, unless these inputs are themselves made with a network or taken from a stream.
   */
  check?(inputs: Values<I>, params: Settings<P>): void | Promise<void>;
  run(inputs: Values<I>, params: Settings<P>, context: RunContext): Result | Promise<Result>;
}

/** Declares a node type; all value types are inferred from the declaration. */
export function defineNode<
  const I extends Ports,
  const P extends Params,
  const O extends Ports,
  const Result extends Values<NoInfer<O>>,
>(definition: NodeDefinition<I, P, O, Result>): NodeDefinition<I, P, O> {
  return definition;
}

/** A node type that forwards some of its inputs. */
export interface RouteDefinition<I extends Ports, P extends Params, O extends Ports>
  extends NodeDeclaration<I, P, O> {
  /**
   * Selects the input that each output forwards; nodes upstream of the others do not run.
   * @param connected Names of the connected inputs.
   */
  route(params: Settings<P>, connected: ReadonlySet<string>): Route<I, NoInfer<O>>;
}

/** Declares a node type that forwards some of its inputs unchanged and never evaluates the others. */
export function defineRoute<const I extends Ports, const P extends Params, const O extends Ports>(
  definition: RouteDefinition<I, P, O>,
): NodeDefinition<I, P, O> {
  return {
    ...definition,
    run(inputs, params) {
      const connected = Object.keys(inputs).filter(
        (name) => Reflect.get(inputs, name) !== undefined,
      );
      const selected = definition.route(params, new Set(connected));
      const values = Object.entries(selected).map(([output, name]) => {
        return [output, Reflect.get(inputs, String(name))] as const;
      });
      return Object.fromEntries(values) as Values<O>;
    },
  };
}
