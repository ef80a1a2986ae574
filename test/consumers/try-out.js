// What a page does with the library, whichever way it got it: a tone goes in, frames and scores come out.
export async function tryOut({ listen, openFrames }, model) {
  const context = new AudioContext()
  const source = new OscillatorNode(context, { frequency: 1000 })
  source.start()
  const listener = await listen({ source, model, backends: ['wasm'] })
  const failure = next(listener, 'error').then(({ error }) => Promise.reject(error))
  const results = [next(listener, 'scores'), hear(await listener.node.openFrames())]
  const [{ values }, frames] = await Promise.race([Promise.all(results), failure])
  const { backend } = await listener.classifier.metrics()
  await listener.dispose()
  return { backend, scores: values.length, ...frames }

  function hear(inlet) {
    const reader = openFrames(inlet)
    const heard = { frames: 0, finite: true }
    return new Promise((resolve) => {
      reader.onAvailable = () => {
        heard.frames += reader.drain((_index, _time, values) => {
          heard.finite &&= values.every(Number.isFinite)
        })
        if (heard.frames > 50) resolve(heard)
      }
    })
  }
}

function next(target, name) {
  return new Promise((resolve) =>
    target.addEventListener(name, ({ detail }) => resolve(detail), { once: true }),
  )
}
