import { run } from './page.js'

// A script that is no module does not know where it lies.
const given = new URLSearchParams(location.search).has('given')
const at = (workerUrl) => (given ? { workerUrl } : {})
run('./events.safetensors', {
  listening: at('./classifier.worker.js'),
  teaching: at('./teaching.worker.js'),
})
