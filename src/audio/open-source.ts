import { bufferSource } from './buffer-source.ts'
import { ElementSource } from './element-source.ts'
import { openFile } from './file-source.ts'
import type { KnownChoice } from './known-source.ts'
import { openMicrophone } from './microphone.ts'
import { nodeSource } from './node-source.ts'
import type { AudioSource } from './source.ts'
import { StreamSource } from './stream-source.ts'

/** Opens what was chosen. A clip is open, but does not play yet. @throws LeafError of the source */
export async function openSource(context: AudioContext, choice: KnownChoice): Promise<AudioSource> {
  switch (choice.kind) {
    case 'microphone':
      return openMicrophone(context, choice.of)
    case 'stream':
      return new StreamSource(context, choice.of)
    case 'element':
      return new ElementSource(context, choice.of)
    case 'node':
      return nodeSource(choice.of)
    case 'buffer':
      return bufferSource(context, choice.of)
    case 'file':
      return openFile(context, choice.of)
  }
}
