import type { Language } from "../language.ts";
import type { CatalogueDocs } from "./catalogue-docs.ts";

/** Descriptions by language, loaded only where they are read. English is absent: it is what the catalogue itself says. */
const docsOf: Readonly<Partial<Record<Language, () => Promise<CatalogueDocs>>>> = {
  "zh-CN": async () => (await import("./docs-chinese.ts")).chineseDocs,
};

/** The descriptions in a language. @returns undefined where the catalogue's own are in it */
export async function loadDocs(language: Language): Promise<CatalogueDocs | undefined> {
  return await docsOf[language]?.();
}
