import { type Listener, listen } from 'leaf-worklet'
import model from 'leaf-worklet/events.safetensors?url'
import keywords from 'leaf-worklet/keywords.safetensors'
import 'leaf-worklet/view'

export async function show(): Promise<Listener> {
  const listener = await listen({ model: location.hash ? keywords : model })
  const list = document.createElement('leaf-events')
  list.addEventListener('threshold', ({ detail }) => void listener.setThreshold(detail.label, detail.value))
  list.addEventListener('click', (event) => console.log(event.clientX))
  // @ts-expect-error There is no such event.
  list.addEventListener('treshold', () => {})
  document.querySelector('leaf-filters')?.addEventListener('select', ({ detail }) => {
    console.log(detail.frequency.toFixed())
  })
  const tell = ({ detail }: CustomEvent<{ label: string }>) => console.log(detail.label)
  listener.addEventListener('onset', tell)
  listener.removeEventListener('onset', tell)
  listener.addEventListener('event', { handleEvent: ({ detail }) => list.show(detail) })
  // @ts-expect-error There is no such event.
  listener.addEventListener('onsett', tell)
  // @ts-expect-error There is no such event.
  listener.removeEventListener('onsett', tell)
  return listener
}
