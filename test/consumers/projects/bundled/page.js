import { listen } from 'leaf-worklet'
import { Teacher } from 'leaf-worklet/teaching'

const RATE = 16000

/** Hears the microphone at a click on the first button, and trains at one on the second: both workers are needed. */
export function run(model, { listening = {}, teaching = {} } = {}) {
  const [hear, teach] = document.querySelectorAll('button')
  const show = (selector, text) => {
    document.querySelector(selector).textContent = text
  }
  hear.addEventListener('click', async () => {
    try {
      const listener = await listen({ model, ...listening })
      listener.addEventListener('error', ({ detail }) => show('#heard', detail.error.message))
      listener.addEventListener('event', ({ detail }) => {
        const item = document.createElement('li')
        item.textContent = detail.label
        document.querySelector('ol').append(item)
      })
      const { backend } = await listener.ready
      const { frames, transport } = await listener.metrics()
      show('#heard', `${frames} frames over ${transport}, scored on ${backend}`)
    } catch (error) {
      show('#heard', `${error.name} ${error.code}: ${error.message}`)
    }
  })
  teach.addEventListener('click', async () => {
    try {
      const base = new Uint8Array(await (await fetch(model)).arrayBuffer())
      const examples = ['low', 'high'].flatMap((label, place) =>
        [1, 2, 3, 4].map((i) => ({
          label,
          recording: `${label} ${i}`,
          sound: tone(200 * (1 + 9 * place) + i),
        })),
      )
      const taught = await new Teacher(teaching).train({ base, examples, learn: 'head', steps: 5 })
      show('#taught', `taught ${taught.labels.join(', ')}`)
    } catch (error) {
      show('#taught', `${error.name} ${error.code}: ${error.message}`)
    }
  })
}

/** A second of it. */
function tone(frequency) {
  return Float32Array.from({ length: RATE }, (_, i) => 0.3 * Math.sin((2 * Math.PI * frequency * i) / RATE))
}
