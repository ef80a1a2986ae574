import { listen, openFrames } from './node_modules/leaf-worklet/dist/index.js'
import './node_modules/leaf-worklet/dist/view.js'

const [spectrogram, events, filters, meter] = document.querySelectorAll(
  'leaf-spectrogram, leaf-events, leaf-filters, leaf-meter',
)

document.querySelector('button').addEventListener('click', async () => {
  const listener = await listen({ model: './node_modules/leaf-worklet/dist/events.safetensors' })
  listener.addEventListener('onset', ({ detail }) => events.show(detail))
  listener.addEventListener('event', async ({ detail }) => {
    events.show(detail)
    meter.metrics = await listener.metrics()
  })
  const { node } = listener
  for (const view of [spectrogram, filters]) {
    view.frontend = node.frontend
    view.frames = openFrames(await node.openFrames())
  }
})
