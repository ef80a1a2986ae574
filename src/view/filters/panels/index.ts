import type { Drawing } from '../shapes.ts'
import type { Size, Subject } from '../subject.ts'
import type { Theme } from '../theme.ts'
import { bandwidths } from './bandwidths.ts'
import { compression } from './compression.ts'
import { heat } from './heat.ts'
import { impulse } from './impulse.ts'
import { lists } from './lists.ts'
import { pooling } from './pooling.ts'
import { responses } from './responses.ts'

export interface Panel {
  readonly title: string
  /** Over the whole width, of so many CSS pixels' height on an exported picture; else half of it. */
  readonly whole?: number
  readonly draw: (subject: Subject, size: Size, theme: Theme) => Drawing
}

/** Every panel, in the order in which they are shown. */
const drawn = {
  responses: { title: 'Frequency responses', whole: 340, draw: responses },
  heat: { title: 'The filters, sorted', whole: 320, draw: heat },
  lists: { title: 'Filter by filter', whole: 480, draw: lists },
  bandwidths: { title: 'Bandwidth against centre frequency', draw: bandwidths },
  impulse: { title: 'Impulse response', draw: impulse },
  pooling: { title: 'Pooling', draw: pooling },
  compression: { title: 'Compression', draw: compression },
}

export type PanelName = keyof typeof drawn

export const panels: Readonly<Record<PanelName, Panel>> = drawn

export const panelNames = Object.keys(panels) as PanelName[]

/** The panels that an attribute's value asks for: the one of that name, or all. */
export function panelsOf(view: string | null): readonly PanelName[] {
  const name = panelNames.find((panel) => panel === view)
  return name ? [name] : panelNames
}
