import { entryOf, type NodeCatalogue, type NodeTypeSpec } from "@insightgraph/engine/graph";
import type { CatalogueDocs } from "./docs/catalogue-docs.ts";

/** How node types are told in another language than the catalogue's; what is missing stays as it is. */
export interface CatalogueTranslation {
  titleOf(type: string): string | undefined;
  readonly docs: CatalogueDocs | undefined;
}

/** The node types under the titles and descriptions of another language. */
export function translateCatalogue(
  catalogue: NodeCatalogue,
  { titleOf, docs }: CatalogueTranslation,
): NodeCatalogue {
  const told = Object.entries(catalogue).map(([type, spec]) => {
    const title = titleOf(type) ?? spec.title;
    return [type, { ...(docs === undefined ? spec : withDocs(spec, docs)), title }] as const;
  });
  return Object.fromEntries(told);
}

function withDocs(spec: NodeTypeSpec, { byType, shared }: CatalogueDocs): NodeTypeSpec {
  const own = entryOf(byType, spec.type) ?? {};
  const docOf = (key: string, doc: string) => entryOf(own, key) ?? entryOf(shared, doc) ?? doc;
  return {
    ...spec,
    doc: docOf("doc", spec.doc),
    inputs: mapEntries(spec.inputs, (port, name) => ({ ...port, doc: docOf(name, port.doc) })),
    params: mapEntries(spec.params, (param, name) => ({ ...param, doc: docOf(name, param.doc) })),
    outputs: mapEntries(spec.outputs, (port, name) => ({
      ...port,
      doc: docOf(`>${name}`, port.doc),
    })),
  };
}

function mapEntries<Value>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, name: string) => Value,
): Record<string, Value> {
  const mapped = Object.entries(record).map(([name, value]) => [name, map(value, name)] as const);
  return Object.fromEntries(mapped);
}
