import Type, { type Static, type TObject } from "typebox";
import type { VisualChat, VisualQuestion } from "../architectures/visual-chat.ts";
import { jsonOrder, readAnswer } from "../endpoints/answer-json.ts";
import { unfitArgument } from "../errors.ts";
import { type AskModel, createAskingAssistant } from "./asking-assistant.ts";
import type { Assistant, AssistantRun } from "./assistant.ts";

/** The field of an answer that is one text and nothing else. */
function onlyText({ properties }: TObject): string | undefined {
  const [[name, field] = [], other] = Object.entries(properties);
  const isText = other === undefined && field !== undefined && "type" in field;
  return isText && field.type === "string" ? name : undefined;
}

/** Reads an answer; one that is a single text is asked for and read as it stands. Throws: SyntaxError, TypeError. */
function read<S extends TObject>(schema: S, answer: string): Static<S> {
  const field = onlyText(schema);
  return readAnswer(schema, field === undefined ? answer : JSON.stringify({ [field]: answer }));
}

function unreadable(name: string, answer: string, cause: Error) {
  const short = answer.replace(/\s+/g, " ").slice(0, 200);
  return unfitArgument(
    "model",
    `"${name}" was asked twice and answers "${short}": ${cause.message}.`,
    "Use a larger model, or a chat endpoint with structured output.",
    cause,
  );
}

/** Counts the tokens of one answer. */
function showGrowing(run: AssistantRun, most: number, isReadable: boolean) {
  let tokens = 0;
  return (answer: string) => run.progress?.(++tokens, most, isReadable ? answer : undefined);
}

interface AskOptions {
  /** Most tokens of an answer. */
  readonly maxTokens: number;
  /** Whether JSON is shown as it grows. @default false */
  readonly showsJson?: boolean;
}

/** Asks a model on this machine. What it answers is read as leniently as an endpoint's, and asked for once more. */
function asker(
  name: string,
  chat: VisualChat,
  { maxTokens, showsJson = false }: AskOptions,
): AskModel {
  return async (question, run) => {
    const { schema, system, text, pictures } = question;
    const isText = onlyText(schema) !== undefined;
    const order = isText ? "" : `\n\n${jsonOrder(schema)}`;
    let fault = "";
    for (let round = 0; ; round++) {
      const asked = { system, text: `${text}${fault}${order}`, pictures };
      const onText = showGrowing(run, maxTokens, isText || showsJson);
      const answer = await chat.answer(run, asked, { signal: run.signal, maxTokens, onText });
      try {
        return read(schema, answer);
      } catch (cause) {
        if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause;
        if (round > 0) throw unreadable(name, answer, cause);
        fault = `\n\nAn earlier answer cannot be used: ${cause.message}.`;
      }
    }
  };
}

/** An assistant that asks a model on this machine; one that reads texts alone can do less. */
export function createLocalAssistant(
  name: string,
  chat: VisualChat,
  { maxTokens }: { readonly maxTokens: number },
): Assistant {
  const assistant = createAskingAssistant(name, asker(name, chat, { maxTokens }));
  if (chat.readsPictures) return assistant;
  const { extractObjects, objectionTo } = assistant;
  return { name, extractObjects, objectionTo };
}

const anyObject = Type.Object({}, { additionalProperties: true });

/** A model's answer as the text of a JSON object. Throws: argument.unfit at `model`, where the second one is none either. */
export async function answerInJson(
  chat: VisualChat,
  question: VisualQuestion,
  maxTokens: number,
  run: AssistantRun,
): Promise<string> {
  const ask = asker("the language model", chat, { maxTokens, showsJson: true });
  return JSON.stringify(await ask({ ...question, schema: anyObject }, run));
}
