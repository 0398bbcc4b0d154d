import { chosenLanguage, type Language } from "../language.ts";
import { createIssueTranslator, type IssueTexts } from "./translate-issue.ts";

/** Texts of errors by language, loaded only where they are read. English is absent: it is what errors say themselves. */
const textsOf: Readonly<Partial<Record<Language, () => Promise<IssueTexts>>>> = {
  "zh-CN": async () => (await import("./issues-chinese.ts")).chineseIssues,
};

// A page that cannot have them says what the server says.
const texts = await textsOf[chosenLanguage()]?.().catch(() => undefined);

/** What an error says, in the language of the page. @returns undefined where its own words say it */
export const translateIssue = createIssueTranslator(texts ?? {});
