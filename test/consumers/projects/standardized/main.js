import { listen } from 'leaf-worklet'
import model from 'leaf-worklet/events.safetensors?url'
import { AudioContext, AudioWorkletNode } from 'standardized-audio-context'

document.querySelector('button').addEventListener('click', async () => {
  const listener = await listen({ model, context: new AudioContext(), AudioWorkletNode })
  listener.addEventListener('event', async ({ detail: { label, confidence } }) => {
    const item = document.createElement('li')
    item.textContent = `${label}, ${Math.round(confidence * 100)} %`
    document.querySelector('ol').append(item)
    const { frames, transport, backend } = await listener.metrics()
    document.querySelector('output').textContent = `${frames} frames over ${transport}, scored on ${backend}`
  })
})
