import {
  entryOf,
  type NodeCatalogue,
  type NodeTypeSpec,
  type ParamSpec,
  type PortSpec,
} from "@insightgraph/engine/graph";
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
    inputs: mapEntries(spec.inputs, (port, name) => redescribe(port, docOf(name, port.doc))),
    params: mapEntries(spec.params, (param, name) => redescribe(param, docOf(name, param.doc))),
    outputs: mapEntries(spec.outputs, (port, name) =>
      redescribe(port, docOf(`>${name}`, port.doc)),
    ),
  };
}

/** The catalogue's own descriptions of what was translated. */
const ownDocs = new WeakMap<object, string>();

type Described = PortSpec | ParamSpec;

/** The description as the catalogue itself has it: documents are the same in every language of the page. */
export function ownDoc(described: Described): string {
  return ownDocs.get(described) ?? described.doc;
}

/** A copy under another description that remembers the catalogue's own. */
export function redescribe<One extends Described>(described: One, doc: string): One {
  const told = { ...described, doc };
  ownDocs.set(told, ownDoc(described));
  return told;
}

function mapEntries<Value>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, name: string) => Value,
): Record<string, Value> {
  const mapped = Object.entries(record).map(([name, value]) => [name, map(value, name)] as const);
  return Object.fromEntries(mapped);
}
