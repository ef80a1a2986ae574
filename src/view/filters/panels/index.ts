import { type Drawing, withoutCurves } from '../shapes.ts'
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

const NO_FILTERS = 'There are no filters: a frame is the samples of a hop as they are.'

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

export const panelNames = Object.keys(drawn) as PanelName[]

export const panels = Object.fromEntries(
  panelNames.map((name) => [name, unlessWithoutFilters(drawn[name])]),
) as Readonly<Record<PanelName, Panel>>

/** The panel, and a sentence in its place for a frontend whose channels are no filters. */
function unlessWithoutFilters(panel: Panel): Panel {
  return {
    ...panel,
    draw: (subject, size, theme) =>
      subject.learned.rising.length > 0 ? panel.draw(subject, size, theme) : withoutCurves(NO_FILTERS),
  }
}

/** The panels that an attribute's value asks for: the one of that name, or all. */
export function panelsOf(view: string | null): readonly PanelName[] {
  const name = panelNames.find((panel) => panel === view)
  return name ? [name] : panelNames
}
