import { ModelError } from "../errors.ts";

/** A checkpoint's config.json, read field by field; a missing or null field takes the default, if there is one. */
export interface ConfigFields {
  readonly at: string;
  /** Whole and at least 1. */
  integer(name: string, standard?: number): number;
  number(name: string, standard?: number): number;
  flag(name: string, standard?: boolean): boolean;
  choice<const Option extends string>(
    name: string,
    options: readonly Option[],
    standard?: Option,
  ): Option;
  numbers(name: string, count: number, standard?: readonly number[]): readonly number[];
  has(name: string): boolean;
  /** What stands there, of whatever kind. */
  raw(name: string): unknown;
  /** The object under a name; an empty one when it is missing. */
  part(name: string): ConfigFields;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a checkpoint asks for that no network here does. */
export function unsupported(at: string, what: string): ModelError {
  return new ModelError("config.unsupported", what, {
    at,
    hint: "Choose a checkpoint of a supported architecture, or report that this one is wanted.",
  });
}

/** Throws: config.field, config.unsupported, each at the field's own path. */
export function configFields(json: unknown, at = "config.json"): ConfigFields {
  const fault = (name: string, wanted: string, found: unknown): ModelError =>
    new ModelError("config.field", `needs ${wanted}, found ${JSON.stringify(found)}.`, {
      at: name === "" ? at : `${at}: ${name}`,
      hint: "Use the config.json that belongs to the weights.",
    });
  if (!isRecord(json)) throw fault("", "an object", json);
  const value = (name: string, standard: unknown): unknown => json[name] ?? standard;
  return {
    at,
    integer(name, standard) {
      const found = value(name, standard);
      if (Number.isSafeInteger(found) && Number(found) >= 1) return Number(found);
      throw fault(name, "a whole number of at least 1", found);
    },
    number(name, standard) {
      const found = value(name, standard);
      if (typeof found === "number" && Number.isFinite(found)) return found;
      throw fault(name, "a number", found);
    },
    flag(name, standard) {
      const found = value(name, standard);
      if (typeof found === "boolean") return found;
      throw fault(name, "true or false", found);
    },
    choice(name, options, standard) {
      const found = value(name, standard);
      const option = options.find((one) => one === found);
      if (option !== undefined) return option;
      if (typeof found !== "string") throw fault(name, `one of ${options.join(", ")}`, found);
      throw unsupported(`${at}: ${name}`, `${found} is none of ${options.join(", ")}.`);
    },
    numbers(name, count, standard) {
      const found = value(name, standard);
      const fits = Array.isArray(found) && found.length === count && found.every(Number.isFinite);
      if (fits) return found;
      throw fault(name, `${count} numbers`, found);
    },
    raw: (name) => json[name],
    has: (name) => (json[name] ?? undefined) !== undefined,
    part: (name) => configFields(json[name] ?? {}, `${at}: ${name}`),
  };
}
