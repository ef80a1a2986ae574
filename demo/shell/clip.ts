import { byId } from '../common/index.ts'

const ADDRESS = './clips/street.mp3'

/** The bundled clip, for whoever has no microphone at hand. */
export function offerClip(play: (address: URL, title: string) => void): void {
  byId('clip').addEventListener('click', () => play(new URL(ADDRESS, document.baseURI), 'the street clip'))
}
