import { entryOf, type NodeCatalogue } from "@insightgraph/engine/graph";
import { typeWords } from "./type-words.ts";
import { toWords } from "./variant.ts";

const portsOf = new WeakMap<NodeCatalogue, ReadonlySet<string>>();

/** A text about a graph under the names that the page shows: node types, ports and params that it quotes by their ids, and port types. */
export function withShownNames(text: string, catalogue: NodeCatalogue): string {
  return withTypeWords(text).replace(/"([\w.-]+)"/g, (quoted, id: string) => {
    const title = entryOf(catalogue, id)?.title;
    if (title !== undefined) return `"${title}"`;
    return portNames(catalogue).has(id) ? `"${toWords(id)}"` : quoted;
  });
}

/** What the engine says of port types, under the names that the page shows. */
export function withTypeWords(text: string): string {
  return text
    .replace(
      /^(.+)( cannot flow into )(.+?)(?=: |$)/,
      (_, given: string, between: string, wanted: string) =>
        typeWords(given) + between + typeWords(wanted),
    )
    .replace(/(?<=^Connect an output of type )(.+)(?=\.$)/, typeWords);
}

function portNames(catalogue: NodeCatalogue): ReadonlySet<string> {
  const known = portsOf.get(catalogue);
  if (known !== undefined) return known;
  const names = new Set(
    Object.values(catalogue).flatMap(({ inputs, params, outputs }) =>
      [inputs, params, outputs].flatMap((named) => Object.keys(named)),
    ),
  );
  portsOf.set(catalogue, names);
  return names;
}
