/** What would be lost with the page. */
const reasons = new Set<string>()

/** Whether the browser shall ask before the page is left or loaded anew. @param reason what would be lost */
export function guardLeaving(reason: string, isNeeded: boolean): void {
  if (isNeeded) reasons.add(reason)
  else reasons.delete(reason)
  if (reasons.size > 0) addEventListener('beforeunload', ask)
  else removeEventListener('beforeunload', ask)
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
