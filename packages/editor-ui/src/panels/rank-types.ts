import type { NodeTypeSpec } from "@insightgraph/engine/graph";

/**
 * Node types that a query means, best first: by title, then by id, category and description.
 * @param preferred type ids that come first among those that match equally well
 */
export function rankTypes(
  types: readonly NodeTypeSpec[],
  query: string,
  preferred: ReadonlySet<string> = new Set(),
): NodeTypeSpec[] {
  const order = ({ type }: NodeTypeSpec) => (preferred.has(type) ? 0 : 1);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = types.flatMap((spec) => {
    const ranks = words.map((word) => rankWord(spec, word));
    if (ranks.some((rank) => rank === undefined)) return [];
    return [{ spec, rank: ranks.reduce<number>((sum, rank) => sum + (rank ?? 0), 0) }];
  });
  return ranked
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        order(a.spec) - order(b.spec) ||
        a.spec.title.localeCompare(b.spec.title),
    )
    .map(({ spec }) => spec);
}

function rankWord({ title, type, category, doc }: NodeTypeSpec, word: string): number | undefined {
  const name = title.toLowerCase();
  if (name.startsWith(word)) return 0;
  if (name.split(" ").some((part) => part.startsWith(word))) return 1;
  if (name.includes(word)) return 2;
  if (type.toLowerCase().includes(word) || category.toLowerCase().includes(word)) return 3;
  return doc.toLowerCase().includes(word) ? 4 : undefined;
}
