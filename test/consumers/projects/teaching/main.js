import { listen } from 'leaf-worklet'
import { ExampleStore, Teacher } from 'leaf-worklet/teaching'

const RATE = 16000
const EACH = 8

document.querySelector('button').addEventListener('click', async () => {
  const context = new AudioContext()
  const store = await ExampleStore.open({ sampleRate: RATE })
  await fill(store, 'silence', () => null)
  await fill(store, 'whistle', (context, i) => new OscillatorNode(context, { frequency: 1500 + 50 * i }))
  await fill(
    store,
    'hum',
    (context, i) => new OscillatorNode(context, { type: 'sawtooth', frequency: 90 + 5 * i }),
  )
  const file = await fetch('./node_modules/leaf-worklet/dist/events.safetensors')
  const base = new Uint8Array(await file.arrayBuffer())
  const { model, labels } = await new Teacher().train({ base, examples: store.examples(), learn: 'head' })
  document.querySelector('#taught').textContent = labels.join(', ')

  const whistle = new OscillatorNode(context, { frequency: 1725 })
  const listener = await listen({ model, source: whistle })
  listener.addEventListener('onset', ({ detail }) => {
    const item = document.createElement('li')
    item.textContent = detail.label
    document.querySelector('ul').append(item)
  })
  whistle.start()
})

/** A second of each, over a noise that is hardly there. */
async function fill(store, name, voiceOf) {
  await store.addClass(name)
  for (let i = 0; i < EACH; i++) {
    const context = new OfflineAudioContext(1, RATE, RATE)
    const noise = context.createBuffer(1, RATE, RATE)
    noise.copyToChannel(
      Float32Array.from({ length: RATE }, () => 0.001 * (Math.random() - 0.5)),
      0,
    )
    const room = new AudioBufferSourceNode(context, { buffer: noise })
    room.connect(context.destination)
    room.start()
    const voice = voiceOf(context, i)
    voice?.connect(context.destination)
    voice?.start()
    await store.add(name, [(await context.startRendering()).getChannelData(0)])
  }
}
