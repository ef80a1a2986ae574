/** The node each element sounds through: the browser gives one only, for good. */
export const nodesOfElements = new WeakMap<HTMLMediaElement, MediaElementAudioSourceNode>()

/** Where an element sounds that no context was given for: it is not closed, since the element would be silent then. */
let elementContext: AudioContext | null = null

/** The context in which an element can be heard, if none is given: the one it sounds in, or one for all elements. */
export function contextOfElement(element: HTMLMediaElement): AudioContext {
  const known = nodesOfElements.get(element)?.context as AudioContext | undefined
  if (known) return known
  if (elementContext === null || elementContext.state === 'closed') elementContext = new AudioContext()
  return elementContext
}
