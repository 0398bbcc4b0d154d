import { chinese } from "./chinese.ts";
import { english, type Messages } from "./english.ts";
import { chosenLanguage, type Language } from "./language.ts";

/** The messages of each language. */
export const messagesOf: Readonly<Record<Language, Messages>> = { en: english, "zh-CN": chinese };

/** The messages in the language of this page. */
export const words: Messages = messagesOf[chosenLanguage()];
