import type { Port } from "./define-port.ts";
import type { Migrations } from "./migrate-graph.ts";
import type { Param } from "./param.ts";
import type { RunContext } from "./run-context.ts";

export type Ports = Readonly<Record<string, Port>>;
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

/** What every node type says of itself. */
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
  /** Wanted by default when a graph runs. */
  readonly isOutput?: boolean;
  /** Type ids that older graphs have for this node. */
  readonly formerly?: readonly string[];
  /** By version: how a node of it becomes one of the next version. */
  readonly migrate?: Migrations;
}

/** Which input each output hands on. */
export type Route<I extends Ports, O extends Ports> = { readonly [K in keyof O]: keyof I & string };

/** One declaration, from which catalogue, forms, validation and cache keys are read. */
export interface NodeDefinition<I extends Ports, P extends Params, O extends Ports>
  extends NodeDeclaration<I, P, O> {
  /** @default true; false for what acts on the world, such as saving a file */
  readonly cacheable?: boolean;
  /** What the result depends on besides inputs and params, such as a file's content. */
  fingerprint?(params: Settings<P>): string | Promise<string>;
  /** For nodes that only hand on; the engine then takes the chosen inputs alone, and runs nothing. */
  route?(params: Settings<P>, connected: ReadonlySet<string>): Route<I, O>;
  run(
    inputs: Values<I>,
    params: Settings<P>,
    context: RunContext,
  ): Values<NoInfer<O>> | Promise<Values<NoInfer<O>>>;
}

/** Declares a node type; everything about its values is inferred. */
export function defineNode<const I extends Ports, const P extends Params, const O extends Ports>(
  definition: NodeDefinition<I, P, O>,
): NodeDefinition<I, P, O> {
  return definition;
}

export interface RouteDefinition<I extends Ports, P extends Params, O extends Ports>
  extends NodeDeclaration<I, P, O> {
  /**
   * Chooses the input that each output hands on; what stands before the others does not run.
   * @param connected Names of the inputs that something is linked to.
   */
  route(params: Settings<P>, connected: ReadonlySet<string>): Route<I, NoInfer<O>>;
}

/** Declares a node type that hands on some of its inputs as they are, and never needs the others. */
export function defineRoute<const I extends Ports, const P extends Params, const O extends Ports>(
  definition: RouteDefinition<I, P, O>,
): NodeDefinition<I, P, O> {
  return {
    ...definition,
    run(inputs, params) {
      const connected = Object.keys(inputs).filter(
        (name) => Reflect.get(inputs, name) !== undefined,
      );
      const chosen = definition.route(params, new Set(connected));
      const values = Object.entries(chosen).map(([output, name]) => {
        return [output, Reflect.get(inputs, String(name))] as const;
      });
      return Object.fromEntries(values) as Values<O>;
    },
  };
}
