/** Descriptions by node type: `doc` is that of the type, a name that of its input or param, `>name` that of its output. */
export type DocsByType = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the engine's descriptions are in a language. */
export interface CatalogueDocs {
  readonly byType: DocsByType;
  /** Those that several node types share, by their English text. */
  readonly shared: Readonly<Record<string, string>>;
}
