/** What a context can be while somebody waits for its sound. */
export type ContextState = 'running' | 'suspended' | 'interrupted' | 'closed'

/**
 * Resumes a suspended context. Never an interrupted one (a phone call, another app has the sound):
 * on iOS resuming that breaks it for good, and the system itself ends the interruption.
 */
export function resumeSuspended(context: AudioContext): void {
  // Without a gesture by the user the browser may refuse or wait; the state, not the promise, tells.
  if (context.state === 'suspended') context.resume().catch(() => {})
}

/**
 * Keeps a context running as long as a source needs it: resumes it whenever it is suspended, now and later.
 * @param onChange told of every change of state; returning false vetoes the resume that would follow
 * @returns a function that ends it and leaves the context as it is
 */
export function keepRunning(context: AudioContext, onChange: (state: ContextState) => boolean): () => void {
  const changed = () => {
    if (onChange(context.state as ContextState)) resumeSuspended(context)
  }
  context.addEventListener('statechange', changed)
  resumeSuspended(context)
  return () => context.removeEventListener('statechange', changed)
}
