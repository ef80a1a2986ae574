/** What can be chosen from a list. */
export interface Choosable {
  readonly id: string
  /** For people. */
  readonly title: string
}

/** Fills a list with named groups, those that are empty left out; what was chosen stays so if it is still there. */
export function fillGroups(
  select: HTMLSelectElement,
  groups: Readonly<Record<string, readonly Choosable[]>>,
): void {
  const { value } = select
  const filled = Object.entries(groups).filter(([, choices]) => choices.length > 0)
  select.replaceChildren(
    ...filled.map(([title, choices]) => {
      const group = document.createElement('optgroup')
      group.label = title
      group.append(...choices.map((choice) => new Option(choice.title, choice.id)))
      return group
    }),
  )
  if (Object.values(groups).some((choices) => choices.some(({ id }) => id === value))) select.value = value
}
