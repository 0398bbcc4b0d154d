/** The languages of the page, each called by its own name. */
export const languages = { en: "English", "zh-CN": "简体中文" } as const;

/** A language of the page. */
export type Language = keyof typeof languages;

const storageKey = "insightgraph.language";

/** The language a person chose, else the first of their browser's that the page has. */
export function chosenLanguage(): Language {
  const kept = globalThis.localStorage?.getItem(storageKey) ?? "";
  return languageOf([kept, ...(globalThis.navigator?.languages ?? [])]);
}

/** Keeps a choice; it holds from the next load of the page. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
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
