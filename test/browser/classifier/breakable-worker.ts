// The classifier's worker, which breaks in the way it is told.
import '../../../src/classifier/worker.ts'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { backend } from '@tensorflow/tfjs-core'
import { BREAKAGE_CHANNEL, type Breakage } from './breakage.ts'

new BroadcastChannel(BREAKAGE_CHANNEL).onmessage = ({ data }: MessageEvent<Breakage>) => {
  if (data === 'throw') throw new Error('broken on purpose')
  if (data === 'close') self.close()
  if (data === 'lose-device') (backend() as WebGPUBackend).device.destroy()
}
