import { run } from './page.js'

// Beside the bundle, where `npx leaf-worklet copy dist events` puts it with the other files.
run('./events.safetensors')
