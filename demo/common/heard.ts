/** The frontend that has heard something last, by its id in the lists. */
let last = ''

export function noteHeard(id: string): void {
  last = id
}

/** '' where none has. */
export const lastHeard = (): string => last
