import { run } from './page.js'

run(new URL('leaf-worklet/events.safetensors', import.meta.url))
