import { GlobalRegistrator } from '@happy-dom/global-registrator'
import { tryElements } from './elements.js'

GlobalRegistrator.register()
await tryElements(globalThis.window)
await GlobalRegistrator.unregister()
