import type { LeafEvents, LeafEventsEventMap } from './events.ts'
import type { LeafFilters, LeafFiltersEventMap } from './filters.ts'
import type { LeafMeter } from './meter.ts'
import type { LeafSpectrogram, LeafSpectrogramEventMap } from './spectrogram.ts'

/** What a template may give an element: attributes, properties, listeners `onNAME`. */
type View<Element, Properties extends keyof Element, Attributes, Events = unknown> = {
  [Name in Properties]?: Element[Name]
} & Attributes & { [Name in keyof Events & string as `on${Name}`]?: (event: Events[Name]) => void }

/** The elements as templates write them; `leaf-worklet/react` and `leaf-worklet/vue` bring them there. */
export interface LeafViews {
  'leaf-spectrogram': View<
    LeafSpectrogram,
    'frontend' | 'frames' | 'frozen' | 'labelFormat',
    { colors?: string; seconds?: number | string; bare?: boolean | ''; legend?: boolean | '' },
    Pick<LeafSpectrogramEventMap, 'freeze'>
  >
  'leaf-filters': View<
    LeafFilters,
    'frontend' | 'initial' | 'beneath' | 'frames' | 'selected',
    { scale?: 'linear' | 'mel' | 'log'; view?: string },
    Pick<LeafFiltersEventMap, 'select'>
  >
  'leaf-events': View<
    LeafEvents,
    'clock' | 'thresholds' | 'pinned' | 'labels' | 'labelFormat',
    { seconds?: number | string },
    Pick<LeafEventsEventMap, 'threshold'>
  >
  'leaf-meter': View<LeafMeter, 'source' | 'metrics', { explain?: boolean | '' }>
}
