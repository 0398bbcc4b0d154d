import { EngineError } from "../errors.ts";
import { documentSchema } from "./document-schema.ts";
import { describe } from "./json-guard.ts";

type Fields = Readonly<Record<string, unknown>>;

/** By format version: how a document of it becomes one of the next version. */
export type FormatMigrations = Readonly<Record<number, (document: Fields) => Fields>>;

/** Version 1 is the first. */
export const formatMigrations: FormatMigrations = {};

/**
 * Brings a document up to a format version, one version after the other.
 * Throws: `graph.version`.
 * @param current The version wanted. @default that of the schema
 */
export function migrateFormat(
  document: Fields,
  migrations: FormatMigrations,
  current: number = documentSchema.properties.version.const,
): Record<string, unknown> {
  let { version } = document as { readonly version?: unknown };
  let fields: Fields = document;
  while (version !== current) {
    const migrate = typeof version === "number" ? migrations[version] : undefined;
    if (migrate === undefined || typeof version !== "number" || version > current) {
      const found = document["version"] === undefined ? "none" : describe(document["version"]);
      throw new EngineError(
        "graph.version",
        `format version ${current} is expected, found ${found}`,
        {
          at: { path: "version" },
          hint: "open it with the InsightGraph that saved it, or a newer one.",
        },
      );
    }
    version++;
    fields = { ...migrate(fields), version };
  }
  return { ...fields };
}
