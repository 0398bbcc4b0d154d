import type { CatalogueDocs } from "./catalogue-docs.ts";
import { chineseDataDocs } from "./data-docs-chinese.ts";
import { chineseEditingDocs } from "./editing-docs-chinese.ts";
import { chineseEvaluationDocs } from "./evaluation-docs-chinese.ts";
import { chineseImageDocs } from "./image-docs-chinese.ts";
import { chineseListDocs } from "./list-docs-chinese.ts";
import { chineseMaskDocs } from "./mask-docs-chinese.ts";
import { chineseMetricDocs } from "./metric-docs-chinese.ts";
import { chineseModelDocs } from "./model-docs-chinese.ts";
import { chineseSharedDocs } from "./shared-docs-chinese.ts";
import { chineseTrainDocs } from "./train-docs-chinese.ts";
import { chineseValueDocs } from "./value-docs-chinese.ts";

/** Descriptions of the node types that ship, in Simplified Chinese. */
export const chineseDocs: CatalogueDocs = {
  byType: {
    ...chineseDataDocs,
    ...chineseEditingDocs,
    ...chineseEvaluationDocs,
    ...chineseImageDocs,
    ...chineseListDocs,
    ...chineseMaskDocs,
    ...chineseMetricDocs,
    ...chineseModelDocs,
    ...chineseTrainDocs,
    ...chineseValueDocs,
  },
  shared: chineseSharedDocs,
};
