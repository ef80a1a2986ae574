import {
  channelFrequencies,
  createLeafNode,
  openFrames,
  preset,
} from './node_modules/leaf-worklet/dist/index.js'

const context = new AudioContext()
const voice = new OscillatorNode(context, { frequency: 1000 })
const volume = new GainNode(context, { gain: 0.5 })
const meter = new AnalyserNode(context)
voice.connect(volume).connect(meter).connect(context.destination)
voice.start()

document.querySelector('button').addEventListener('click', async () => {
  await context.resume()
  const leaf = await createLeafNode(context, preset('mel-log'))
  volume.disconnect(meter)
  volume.connect(leaf.input)
  leaf.output.connect(meter)
  const frequencies = channelFrequencies(leaf.frontend)
  const frames = openFrames(await leaf.openFrames())
  setInterval(() => {
    frames.drain((_index, _time, values) => {
      const loudest = frequencies[values.indexOf(Math.max(...values))]
      document.querySelector('#loudest').textContent = `${Math.round(loudest)} Hz`
    })
    document.querySelector('#level').textContent = peak(meter).toFixed(2)
  }, 50)
})

function peak(analyser) {
  const samples = new Float32Array(analyser.fftSize)
  analyser.getFloatTimeDomainData(samples)
  return Math.max(...samples)
}
