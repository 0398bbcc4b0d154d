/** A language of the page. */
export type Language = "en" | "zh-CN";

const storageKey = "insightgraph.language";

/** The language a person chose, else the first of their browser's that the page has. */
export function chosenLanguage(): Language {
  const kept = globalThis.localStorage?.getItem(storageKey) ?? "";
  return languageOf([kept, ...(globalThis.navigator?.languages ?? [])]);
}

/** The first of the wanted languages that the page has; English where it has none. */
export function languageOf(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [main] = tag.toLowerCase().split("-");
    if (main === "en") return "en";
    if (main === "zh") return "zh-CN";
  }
  return "en";
}
