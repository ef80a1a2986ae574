import type { Drawing } from '../shapes.ts'
import type { Size, Subject } from '../subject.ts'
import type { Theme } from '../theme.ts'
import { bandwidths } from './bandwidths.ts'
import { compression } from './compression.ts'
import { impulse } from './impulse.ts'
import { pooling } from './pooling.ts'
import { responses } from './responses.ts'

export interface Panel {
  readonly title: string
  readonly draw: (subject: Subject, size: Size, theme: Theme) => Drawing
}

/** Every panel, in the order in which they are shown. */
export const panels = {
  responses: { title: 'Frequency responses', draw: responses },
  bandwidths: { title: 'Bandwidth against centre frequency', draw: bandwidths },
  impulse: { title: 'Impulse response', draw: impulse },
  pooling: { title: 'Pooling', draw: pooling },
  compression: { title: 'Compression', draw: compression },
} as const satisfies Record<string, Panel>

export type PanelName = keyof typeof panels

export const panelNames = Object.keys(panels) as PanelName[]

/** The panels that an attribute's value asks for: the one of that name, or all. */
export function panelsOf(view: string | null): readonly PanelName[] {
  const name = panelNames.find((panel) => panel === view)
  return name ? [name] : panelNames
}
