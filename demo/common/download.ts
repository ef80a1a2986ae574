/** Hands a file to the user, as the browser does with what is downloaded. */
export function download(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // Not at once: the download begins after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
