import { EngineError } from "../errors.ts";
import { documentSchema } from "./document-schema.ts";
import { describe } from "./json-guard.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Migrations by format version, each to the next one. */
export type FormatMigrations = Readonly<Record<number, (document: Fields) => Fields>>;

/** The migrations of the graph format; version 1 is the first. */
export const formatMigrations: FormatMigrations = {};

/**
 * Migrates a document to a format version, one version at a time.
 * Throws: `graph.version`.
 * @param current The target version. @default that of the schema
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
          hint: "Open it with the InsightGraph that saved it, or a newer one.",
        },
      );
    }
    version++;
    fields = { ...migrate(fields), version };
  }
  return { ...fields };
}
