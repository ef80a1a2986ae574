import { run } from './page.js'

run(new URL('npm:leaf-worklet/events.safetensors', import.meta.url))
