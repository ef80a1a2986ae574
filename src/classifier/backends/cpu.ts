import '@tensorflow/tfjs-backend-cpu'
import type { BackendCandidate } from '../backend.ts'
import { activate } from './activate.ts'

/** Plain JavaScript: runs everywhere, slowly. */
export const cpu: BackendCandidate = {
  name: 'cpu',
  async start() {
    await activate('cpu')
    return {}
  },
}
