import type { AnyNode } from "@insightgraph/engine/node";
import { bridgingIaa } from "./bridging/iaa.ts";
import { bridgingIpAdapter } from "./bridging/ip-adapter.ts";
import { bridgingQFormer } from "./bridging/q-former.ts";
import { bridgingText } from "./bridging/text.ts";
import { comprehensionClipText } from "./comprehension/clip-text.ts";
import { comprehensionMllm } from "./comprehension/mllm.ts";
import { comprehensionQwenVl } from "./comprehension/qwen-vl.ts";
import { dataBrowse } from "./data/browse.ts";
import { dataCaption } from "./data/caption.ts";
import { dataCheckPair } from "./data/check-pair.ts";
import { dataComposeScene } from "./data/compose-scene.ts";
import { dataDetect } from "./data/detect.ts";
import { dataExtractObjects } from "./data/extract-objects.ts";
import { dataFilter } from "./data/filter.ts";
import { dataFilterObjects } from "./data/filter-objects.ts";
import { dataGround } from "./data/ground.ts";
import { dataInpaintCheckpoint } from "./data/inpaint-checkpoint.ts";
import { dataInpaintEndpoint } from "./data/inpaint-endpoint.ts";
import { dataInpaintRemove } from "./data/inpaint-remove.ts";
import { dataInpaintReplace } from "./data/inpaint-replace.ts";
import { dataJudge } from "./data/judge.ts";
import { dataNearDuplicates } from "./data/near-duplicates.ts";
import { dataParseInstruction } from "./data/parse-instruction.ts";
import { dataPerceptualHash } from "./data/perceptual-hash.ts";
import { dataProposeReplacement } from "./data/propose-replacement.ts";
import { dataRecaption } from "./data/recaption.ts";
import { dataSegment } from "./data/segment.ts";
import { dataSegmentAt } from "./data/segment-at.ts";
import { dataSegmentEach } from "./data/segment-each.ts";
import { dataSwapPair } from "./data/swap-pair.ts";
import { dataTemplateInstruction } from "./data/template-instruction.ts";
import { editEndpoint } from "./edit/endpoint.ts";
import { evaluationForeignScenes } from "./evaluation/foreign-scenes.ts";
import { evaluationGallery } from "./evaluation/gallery.ts";
import { evaluationHeldOutScene } from "./evaluation/held-out-scene.ts";
import { evaluationHeldOutScenes } from "./evaluation/held-out-scenes.ts";
import { evaluationPreference } from "./evaluation/preference.ts";
import { evaluationScore } from "./evaluation/score.ts";
import { flowFirst } from "./flow/first.ts";
import { flowIf } from "./flow/if.ts";
import { flowSwitch } from "./flow/switch.ts";
import { generationDecode } from "./generation/decode.ts";
import { generationDecodeWithSource } from "./generation/decode-with-source.ts";
import { generationEncode } from "./generation/encode.ts";
import { generationRestoreDetail } from "./generation/restore-detail.ts";
import { generationSample } from "./generation/sample.ts";
import { imageBackground } from "./image/background.ts";
import { imageBlend } from "./image/blend.ts";
import { imageCompare } from "./image/compare.ts";
import { imageCrop } from "./image/crop.ts";
import { imageGrid } from "./image/grid.ts";
import { imageLoad } from "./image/load.ts";
import { imagePad } from "./image/pad.ts";
import { imagePreview } from "./image/preview.ts";
import { imageRecolor } from "./image/recolor.ts";
import { imageResize } from "./image/resize.ts";
import { imageSave } from "./image/save.ts";
import { listCollect } from "./list/collect.ts";
import { listConcat } from "./list/concat.ts";
import { listCross } from "./list/cross.ts";
import { listFirst } from "./list/first.ts";
import { listImages } from "./list/images.ts";
import { listJoin } from "./list/join.ts";
import { listLength } from "./list/length.ts";
import { listNumbers } from "./list/numbers.ts";
import { listOf } from "./list/of.ts";
import { listPick } from "./list/pick.ts";
import { listRange } from "./list/range.ts";
import { listRepeat } from "./list/repeat.ts";
import { listTexts } from "./list/texts.ts";
import { maskDilate } from "./mask/dilate.ts";
import { maskFeather } from "./mask/feather.ts";
import { maskFromBox } from "./mask/from-box.ts";
import { maskFromImage } from "./mask/from-image.ts";
import { maskFromRunLength } from "./mask/from-run-length.ts";
import { maskInvert } from "./mask/invert.ts";
import { maskResize } from "./mask/resize.ts";
import { maskThreshold } from "./mask/threshold.ts";
import { maskToBox } from "./mask/to-box.ts";
import { maskToImage } from "./mask/to-image.ts";
import { maskToRunLength } from "./mask/to-run-length.ts";
import { metricBenchmark } from "./metric/benchmark.ts";
import { metricClipDirection } from "./metric/clip-direction.ts";
import { metricClipImage } from "./metric/clip-image.ts";
import { metricClipScore } from "./metric/clip-score.ts";
import { metricClipText } from "./metric/clip-text.ts";
import { metricColumns } from "./metric/columns.ts";
import { metricDino } from "./metric/dino.ts";
import { metricDinov2 } from "./metric/dinov2.ts";
import { metricEditSuccess } from "./metric/edit-success.ts";
import { metricImgedit } from "./metric/imgedit.ts";
import { metricIou } from "./metric/iou.ts";
import { metricL1 } from "./metric/l1.ts";
import { metricL2 } from "./metric/l2.ts";
import { metricLpips } from "./metric/lpips.ts";
import { metricMsSsim } from "./metric/ms-ssim.ts";
import { metricOfKind } from "./metric/of-kind.ts";
import { metricPairedTest } from "./metric/paired-test.ts";
import { metricPsnr } from "./metric/psnr.ts";
import { metricSsim } from "./metric/ssim.ts";
import { metricStLpips } from "./metric/st-lpips.ts";
import { metricSummary } from "./metric/summary.ts";
import { modelBridges } from "./model/bridges.ts";
import { modelChatEndpoint } from "./model/chat-endpoint.ts";
import { modelClipText } from "./model/clip-text.ts";
import { modelDetector } from "./model/detector.ts";
import { modelGrabCut } from "./model/grab-cut.ts";
import { modelInsightedit } from "./model/insightedit.ts";
import { modelIpAdapter } from "./model/ip-adapter.ts";
import { modelIsnet } from "./model/isnet.ts";
import { modelLlava } from "./model/llava.ts";
import { modelLocalAssistant } from "./model/local-assistant.ts";
import { modelLora } from "./model/lora.ts";
import { modelQwenVl } from "./model/qwen-vl.ts";
import { modelRuleAssistant } from "./model/rule-assistant.ts";
import { modelScheduler } from "./model/scheduler.ts";
import { modelSegmenter } from "./model/segmenter.ts";
import { modelUnet } from "./model/unet.ts";
import { modelVae } from "./model/vae.ts";
import { numberBoolean } from "./number/boolean.ts";
import { numberCompare } from "./number/compare.ts";
import { numberInteger } from "./number/integer.ts";
import { numberMath } from "./number/math.ts";
import { numberValue } from "./number/value.ts";
import { seedValue } from "./seed/value.ts";
import { streamImages } from "./stream/images.ts";
import { textFromBoolean } from "./text/from-boolean.ts";
import { textFromNumber } from "./text/from-number.ts";
import { textGenerate } from "./text/generate.ts";
import { textSave } from "./text/save.ts";
import { textTemplate } from "./text/template.ts";
import { textValue } from "./text/value.ts";
import { trainInsightedit } from "./train/insightedit.ts";
import { trainUnet } from "./train/unet.ts";

/** Every node type of the pack. */
export const nodes: readonly AnyNode[] = [
  imageLoad,
  imageSave,
  imageCompare,
  imagePreview,
  imageResize,
  imageCrop,
  imagePad,
  imageBlend,
  imageGrid,
  imageRecolor,
  imageBackground,
  maskFromImage,
  maskThreshold,
  maskDilate,
  maskFeather,
  maskInvert,
  maskResize,
  maskToImage,
  maskFromBox,
  maskToBox,
  maskFromRunLength,
  maskToRunLength,
  textValue,
  textTemplate,
  textFromBoolean,
  textFromNumber,
  textGenerate,
  textSave,
  numberValue,
  numberInteger,
  numberBoolean,
  numberCompare,
  numberMath,
  seedValue,
  modelGrabCut,
  modelInsightedit,
  modelSegmenter,
  modelUnet,
  modelVae,
  modelClipText,
  modelIsnet,
  modelLlava,
  modelIpAdapter,
  modelScheduler,
  modelLocalAssistant,
  modelLora,
  modelBridges,
  modelDetector,
  modelChatEndpoint,
  modelQwenVl,
  modelRuleAssistant,
  comprehensionMllm,
  comprehensionQwenVl,
  comprehensionClipText,
  bridgingText,
  bridgingQFormer,
  bridgingIaa,
  bridgingIpAdapter,
  generationEncode,
  generationSample,
  generationDecode,
  generationDecodeWithSource,
  generationRestoreDetail,
  dataComposeScene,
  dataParseInstruction,
  dataDetect,
  dataSegment,
  dataInpaintRemove,
  dataInpaintCheckpoint,
  dataInpaintEndpoint,
  editEndpoint,
  dataInpaintReplace,
  dataBrowse,
  dataCaption,
  dataExtractObjects,
  dataFilterObjects,
  dataGround,
  dataSegmentAt,
  dataSegmentEach,
  dataProposeReplacement,
  dataSwapPair,
  dataTemplateInstruction,
  dataRecaption,
  dataJudge,
  dataCheckPair,
  dataFilter,
  dataPerceptualHash,
  dataNearDuplicates,
  evaluationHeldOutScene,
  evaluationHeldOutScenes,
  evaluationForeignScenes,
  evaluationScore,
  evaluationGallery,
  evaluationPreference,
  metricPsnr,
  metricSsim,
  metricMsSsim,
  metricL1,
  metricL2,
  metricLpips,
  metricStLpips,
  metricClipImage,
  metricClipText,
  metricClipScore,
  metricClipDirection,
  metricDino,
  metricDinov2,
  metricImgedit,
  metricBenchmark,
  metricIou,
  metricEditSuccess,
  metricSummary,
  metricOfKind,
  metricPairedTest,
  metricColumns,
  trainInsightedit,
  trainUnet,
  listOf,
  listTexts,
  listNumbers,
  listRange,
  listImages,
  listRepeat,
  listConcat,
  listCross,
  listLength,
  listPick,
  listFirst,
  listJoin,
  listCollect,
  streamImages,
  flowIf,
  flowSwitch,
  flowFirst,
];
