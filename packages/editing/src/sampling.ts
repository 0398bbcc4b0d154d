export { type InpaintSettings, inpaintPicture } from "./sampling/inpaint-picture.ts";
export { type InpaintTask, inpaintTasks } from "./sampling/inpaint-task.ts";
export { sampleLatent } from "./sampling/sample-latent.ts";
