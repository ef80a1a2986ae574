import * as library from './node_modules/leaf-worklet/dist/index.js'
import { tryOut } from './try-out.js'

globalThis.outcome = tryOut(library, './node_modules/leaf-worklet/dist/events.safetensors')
