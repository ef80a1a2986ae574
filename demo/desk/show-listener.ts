import type { Listener } from '../../src/listen.ts'
import type { LeafEvents } from '../../src/view/index.ts'
import { showProblem } from '../common/index.ts'
import { detectorText } from './detector.ts'

/** What of a screen shows what its listener tells. */
export interface ListenerViews {
  readonly scores: {
    /** @param values 0…1, one a label */
    show(values: Float32Array): void
    clear(): void
  }
  readonly events?: LeafEvents
  /** Where the detector runs, or what keeps it, in words. */
  readonly detector?: HTMLElement
}

/**
 * Shows what a listener hears from now on; scores are forgotten when its sound rests.
 *
 * @param disposed ends with the listener, whose context goes on
 */
export function showListener(
  listener: Listener,
  { scores, events, detector }: ListenerViews,
  disposed: AbortSignal,
): void {
  const tell = (text: string) => {
    if (detector) detector.textContent = text
  }
  tell('Detector: getting ready …')
  if (events) events.clock = () => listener.context.currentTime
  listener.addEventListener('scores', ({ detail }) => scores.show(detail.values))
  listener.addEventListener('onset', ({ detail }) => events?.show(detail))
  listener.addEventListener('event', ({ detail }) => events?.show(detail))
  listener.addEventListener('backend', ({ detail }) => tell(detectorText(detail)))
  listener.addEventListener('restart', ({ detail }) => tell(`Detector starts again: ${detail.reason}`))
  listener.addEventListener('error', ({ detail }) => {
    tell('Detector stopped')
    showProblem(detail.error)
  })
  const { context } = listener
  context.addEventListener('statechange', () => context.state !== 'running' && scores.clear(), {
    signal: disposed,
  })
}
