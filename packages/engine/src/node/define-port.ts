import type { PortShape } from "../graph/catalogue.ts";
import type { PortLook } from "../graph/port-look.ts";
import { type Container, inContainer } from "../graph/port-type.ts";
import type { Preview } from "./preview.ts";

declare const valueType: unique symbol;

/** A part of a value's content, for hashing. */
export type HashPart = string | Uint8Array;

/** Converts values to bytes and back, for stores that outlive the process. */
export interface ValueCodec<T = unknown> {
  encode(value: T): Uint8Array | readonly Uint8Array[];
  /** @param bytes A view into a larger buffer; copy what you keep. */
  decode(bytes: Uint8Array): T;
}

/** What the engine can do with the values of a port type. */
export interface PortBehaviour<T> {
  /** The sizes of every value of this type. */
  readonly shape?: PortShape;
  /** How editors draw it. Omitted: like its family, else plainly. */
  readonly look?: PortLook;
  /** Content of a value, for cache keys. Omitted: the key of the node that made it identifies a value. */
  hash?(value: T): HashPart | readonly HashPart[];
  preview?(value: T): Preview | Promise<Preview>;
  /** Omitted: results with such a value stay in memory. */
  readonly store?: ValueCodec<T>;
}

/** Options of one port. */
export interface PortOptions {
  readonly shape?: PortShape;
}

/** An input or output of a node. */
export interface Port<T = unknown, Optional extends boolean = boolean> {
  readonly portType: PortType<T>;
  readonly doc: string;
  readonly optional: Optional;
  readonly shape?: PortShape;
  readonly [valueType]?: T;
}

/** A type of values that flow along links; calling it declares a port of this type. */
export interface PortType<T = unknown> extends PortBehaviour<T> {
  (doc: string, options?: PortOptions): Port<T, false>;
  readonly id: string;
  /** The element type of a list or a stream. */
  readonly element?: PortType;
  optional(doc: string, options?: PortOptions): Port<T, true>;
}

/** Values one after the other; `length` is their number, where it is known. */
export interface Stream<T> extends AsyncIterable<T> {
  readonly length?: number | undefined;
}

/**
 * Declares a port type.
 * @param id A singular noun in lower kebab; families with a dot (`model.unet`).
 */
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

/** The port type of whole lists; a node with a single-value port runs for each item instead. */
export function listOf<T>(element: PortType<T>): PortType<readonly T[]> {
  return contain("list", element);
}

/** The port type of streams: any number of values, one after the other. */
export function streamOf<T>(element: PortType<T>): PortType<Stream<T>> {
  return contain("stream", element);
}

/**
 * A port type that takes any type: the same one for each use of a letter in a node.
 * @param letter A capital letter.
 */
export function anyPort(letter: string): PortType<unknown> {
  return definePort(letter);
}
