import '@tensorflow/tfjs-backend-cpu'
import { activate } from './activate.ts'
import type { BackendCandidate } from './backend.ts'

/** Plain JavaScript: runs everywhere, slowly. */
export const cpu: BackendCandidate = {
  name: 'cpu',
  async start() {
    await activate('cpu')
    return {}
  },
}
