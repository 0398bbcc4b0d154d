const irregular: Readonly<Record<string, string>> = {
  men: "man",
  women: "woman",
  children: "child",
  mice: "mouse",
  geese: "goose",
  oxen: "ox",
  buses: "bus",
};

/** Endings of plurals and what stands in their place in the singular, longest first. */
const endings: readonly (readonly [plural: string, singular: string])[] = [
  ["men", "man"],
  ["ies", "y"],
  ["ves", "fe"],
  ["ves", "f"],
  ["es", ""],
  ["s", ""],
];

/** What a noun may be the plural of; its last word alone is inflected. */
export function singularsOf(noun: string): readonly string[] {
  const start = noun.lastIndexOf(" ") + 1;
  const [before, last] = [noun.slice(0, start), noun.slice(start)];
  const known = irregular[last];
  const regular = endings
    .filter(([plural]) => last.endsWith(plural) && last.length > plural.length + 1)
    .map(([plural, singular]) => last.slice(0, -plural.length) + singular);
  return [...(known === undefined ? [] : [known]), ...regular].map((word) => before + word);
}
