import type { PortShape } from "../graph/catalogue.ts";
import type { PortLook } from "../graph/port-look.ts";
import { type Container, inContainer } from "../graph/port-type.ts";
import type { Preview } from "./preview.ts";

declare const valueType: unique symbol;

export type HashPart = string | Uint8Array;

/** How a value becomes bytes that outlive the process. */
export interface ValueCodec<T = unknown> {
  encode(value: T): Uint8Array | readonly Uint8Array[];
  /** @param bytes A view into something larger: what keeps it copies it. */
  decode(bytes: Uint8Array): T;
}

export interface PortBehaviour<T> {
  /** Sizes that every value of this type has. */
  readonly shape?: PortShape;
  /** How editors draw it. Omitted: like its family, else plainly. */
  readonly look?: PortLook;
  /** Content of a value for the cache. Omitted: a value is known by the node that made it. */
  hash?(value: T): HashPart | readonly HashPart[];
  preview?(value: T): Preview | Promise<Preview>;
  /** Omitted: results with such a value are kept in memory only. */
  readonly store?: ValueCodec<T>;
}

export interface PortOptions {
  readonly shape?: PortShape;
}

/** A place for a value on a node. */
export interface Port<T = unknown, Optional extends boolean = boolean> {
  readonly portType: PortType<T>;
  readonly doc: string;
  readonly optional: Optional;
  readonly shape?: PortShape;
  readonly [valueType]?: T;
}

/** A kind of value that flows along links; called, it declares a port of this kind. */
export interface PortType<T = unknown> extends PortBehaviour<T> {
  (doc: string, options?: PortOptions): Port<T, false>;
  readonly id: string;
  /** What a list or a stream holds. */
  readonly element?: PortType;
  optional(doc: string, options?: PortOptions): Port<T, true>;
}

/** Values that come one after the other; where `length` is given, that many. */
export interface Stream<T> extends AsyncIterable<T> {
  readonly length?: number | undefined;
}

/** @param id A singular noun in lower kebab; families with a dot (`model.unet`). */
export function definePort<T>(
  id: string,
  behaviour: PortBehaviour<T> & { readonly element?: PortType } = {},
): PortType<T> {
  const place = <O extends boolean>(optional: O, doc: string, options: PortOptions): Port<T, O> => {
    const shape = options.shape ?? behaviour.shape;
    return { portType, doc, optional, ...(shape === undefined ? {} : { shape }) };
  };
  const portType: PortType<T> = Object.assign(
    (doc: string, options: PortOptions = {}) => place(false, doc, options),
    behaviour,
    {
      id,
      optional: (doc: string, options: PortOptions = {}) => place(true, doc, options),
    },
  );
  return portType;
}

function contain<T, Held>(container: Container, element: PortType<T>): PortType<Held> {
  return definePort<Held>(inContainer(container, element.id), { element: element as PortType });
}

/** Ports that take or give a whole list; a single-value port is run for each item instead. */
export function listOf<T>(element: PortType<T>): PortType<readonly T[]> {
  return contain("list", element);
}

/** Ports that take or give values one after the other, however many there are. */
export function streamOf<T>(element: PortType<T>): PortType<Stream<T>> {
  return contain("stream", element);
}

/**
 * Ports of any type, the same one wherever a node names the same letter.
 * @param letter A capital letter.
 */
export function anyPort(letter: string): PortType<unknown> {
  return definePort(letter);
}
