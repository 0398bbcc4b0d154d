/** Lets the browser save a text as a file. */
export function downloadText(name: string, text: string): void {
  const stem = name === "" ? "graph" : name.replace(/\.json$/i, "");
  downloadFile(new File([text], `${stem}.json`, { type: "application/json" }));
}

/** Lets the browser save a file. */
export function downloadFile(file: File): void {
  const url = URL.createObjectURL(file);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = file.name;
  anchor.click();
  // The download has begun by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Asks for a file and hands it over; nothing happens when the person declines. */
export function pickFile(accept: string, use: (file: File) => unknown): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.hidden = true;
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.remove();
    if (file !== undefined) use(file);
  });
  input.addEventListener("cancel", () => input.remove());
  // Kept in the page while the dialog is open, or it might be forgotten before it answers.
  document.body.append(input);
  input.click();
}
