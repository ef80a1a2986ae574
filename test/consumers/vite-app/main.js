import * as library from 'leaf-worklet'
import model from 'leaf-worklet/events.safetensors?url'
import { tryOut } from './try-out.js'

globalThis.outcome = tryOut(library, model)
