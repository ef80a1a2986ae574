import type { LabelFormat } from '../../src/view/index.ts'

/** How the labels of models are shown that are not the page's own: a person's names stay as that person wrote them. */
export const asWritten: LabelFormat = (label) => label

/** Labels that say that nothing sounds, or nothing known. */
export const NOTHING: ReadonlySet<string> = new Set(['silence', 'background'])
export const UNKNOWN: ReadonlySet<string> = new Set(['unknown'])
