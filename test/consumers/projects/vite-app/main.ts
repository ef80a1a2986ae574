import { type DetectedEvent, type Listener, listen, type Metrics } from 'leaf-worklet'
import model from 'leaf-worklet/events.safetensors?url'

const button = document.querySelector('button')
const output = document.querySelector('output')
const list = document.querySelector('ol')

button?.addEventListener('click', async () => {
  const listener: Listener = await listen({ model })
  listener.addEventListener('event', ({ detail }) => tell(detail))
  setInterval(async () => summarise(await listener.metrics()), 500)
})

function tell({ label, start, end, confidence }: DetectedEvent): void {
  const item = document.createElement('li')
  item.textContent = `${label}, ${(end - start).toFixed(1)} s, ${Math.round(confidence * 100)} %`
  list?.append(item)
}

function summarise({ frames, transport, backend }: Metrics): void {
  if (output) output.textContent = `${frames} frames over ${transport}, scored on ${backend}`
}
