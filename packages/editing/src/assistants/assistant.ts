import type { Detection } from "../architectures/detector.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import type { Mask, Picture } from "../pictures/picture.ts";

/** An object that a caption names. */
export interface NamedObject {
  /** What kind of thing it is, such as "instrument". */
  readonly category: string;
  /** A few words that find it, such as "acoustic guitar". */
  readonly name: string;
  /** All that the caption says of it, as a sentence. */
  readonly description: string;
}

/** What an edit does with an object. */
export const pairOperations = ["remove", "add", "replace"] as const;
/** One of the three. */
export type PairOperation = (typeof pairOperations)[number];

/** An edit, as far as its instruction is concerned. */
export interface PairFacts {
  readonly source: Picture;
  readonly target: Picture;
  /** Where the two differ. */
  readonly mask: Mask;
  readonly operation: PairOperation;
  /** A plain instruction that names the object. */
  readonly instruction: string;
  /** What is removed, added or replaced. */
  readonly object: Detection;
  /** What comes instead; empty where nothing does. */
  readonly replacement: string;
  /** The other objects of the picture. */
  readonly others: readonly Detection[];
}

/** An instruction in words that need a look at the picture, and in words that need some thought as well. */
export interface Recaption {
  readonly understanding: string;
  readonly reasoning: string;
}

/**
 * VIEScore's two halves, each with two numbers from 0 to `scale` and a reason; the names are those of AdvancedEdit's files.
 * Source: VIEScore (arXiv:2312.14867); InsightEdit's stage 5.
 */
export interface Judgement {
  readonly scale: number;
  /** Who judged. */
  readonly judge: string;
  readonly semantics: {
    readonly instruction_follow: number;
    readonly "non-overedit": number;
    readonly reasoning: string;
  };
  readonly quality: {
    readonly naturalness: number;
    readonly no_artifacts: number;
    readonly reasoning: string;
  };
}

/** What an assistant needs of whoever asks it. */
export interface AssistantRun extends NetworkOpener {
  readonly signal: AbortSignal;
  log(text: string): void;
  /** Called after each token of an answer from this machine, with the answer so far where it can be read as it is. */
  progress?(tokens: number, most: number, answer?: string): void;
}

/** Knows what pictures show and what words mean. What it cannot do is absent. */
export interface Assistant {
  /** Shown in errors. */
  readonly name: string;
  caption?(picture: Picture, run: AssistantRun): Promise<string>;
  /** The things in a caption that an edit could change. */
  extractObjects?(caption: string, run: AssistantRun): Promise<readonly NamedObject[]>;
  /** Why an object should not be edited; undefined where it may be. */
  objectionTo?(
    object: NamedObject,
    caption: string,
    run: AssistantRun,
  ): Promise<string | undefined>;
  /** What could stand in an object's place. */
  proposeReplacement?(picture: Picture, object: Detection, run: AssistantRun): Promise<NamedObject>;
  recaption?(pair: PairFacts, run: AssistantRun): Promise<Recaption>;
  judge?(
    pair: Pick<PairFacts, "source" | "target" | "instruction">,
    scale: number,
    run: AssistantRun,
  ): Promise<Judgement>;
}
