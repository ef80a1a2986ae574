import { byId } from '../common/index.ts'

/** Files from the button and from a drop anywhere on the page. */
export function onFile(open: (file: File) => void): void {
  const input = byId<HTMLInputElement>('file')
  byId('open').addEventListener('click', () => input.click())
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    // The same file can be chosen again.
    input.value = ''
    if (file) open(file)
  })

  const hint = byId('drop')
  const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  window.addEventListener('dragover', (event) => {
    if (!carriesFile(event)) return
    event.preventDefault()
    hint.hidden = false
  })
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) hint.hidden = true
  })
  window.addEventListener('drop', (event) => {
    hint.hidden = true
    if (!carriesFile(event)) return
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    if (file) open(file)
  })
}
