import model from 'leaf-worklet/events.safetensors?url'
import { run } from './page.js'

run(model)
