import { twoDecimals } from "./group-means.ts";
import type { EditJudge, JudgedEdit, Rating } from "./scorers.ts";

/** What a question holds in the place of the instruction. */
const placeholder = "<edit_prompt>";

/** In our own words, for edits of any kind; the benchmark's own questions differ by kind. */
export const imgEditQuestion = `The second picture is the first one after this instruction: ${placeholder}
Give three whole numbers from 1 to 5, in this order and under these names.
Prompt Compliance: 1 nothing of what was asked, 3 about half of it or with other changes, 5 exactly that and nothing else.
Visual Naturalness: 1 spoilt, 3 visible traces of editing, 5 no traces.
Physical & Detail Integrity: 1 impossible light, shapes or places, 3 small faults, 5 none, and all else kept to the detail.
Neither the second nor the third number is above the first. The reasoning has at most 20 words.`;

/** ImgEdit's questions cap the second and third score by the first; judges forget it. */
function capped({ reasoning, scores }: Rating): Rating {
  const most = scores[0]?.score ?? 0;
  const kept = scores.map(({ name, score }) => ({ name, score: Math.min(score, most) }));
  return { reasoning, scores: kept };
}

/** An edit's rating from 1 to 5, and the mean of its scores with two decimals. */
export interface ImgEditRating extends Rating {
  readonly score: number;
}

/**
 * Has an edit rated as ImgEdit does.
 * @param question With `<edit_prompt>` in the place of the instruction.
 * @param count How many numbers the question asks for.
 * Throws: endpoint.*.
 * Source: ImgEdit (arXiv:2505.20275), section 4.2.
 */
export async function rateAsImgEdit(
  judge: Pick<EditJudge, "rate">,
  edit: JudgedEdit,
  question: string = imgEditQuestion,
  count = 3,
): Promise<ImgEditRating> {
  const asked = question.replaceAll(placeholder, () => edit.instruction);
  const rating = capped(await judge.rate(edit, asked, count));
  const total = rating.scores.reduce((sum, { score }) => sum + score, 0);
  return { ...rating, score: twoDecimals(total / rating.scores.length) };
}
