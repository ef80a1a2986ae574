import { createLeafNode, type LeafNode } from '../../src/audio/index.ts'
import type { FrameReader } from '../../src/frame-channel/index.ts'
import type { FrontendDescription } from '../../src/frontend/index.ts'
import type { Desk } from './desk.ts'
import { liveFrames } from './live-frames.ts'

/** A frontend at the desk: a node of its own and the frames that come out of it, until it is closed. */
export class Ear {
  readonly node: LeafNode
  readonly frames: FrameReader
  readonly #desk: Desk

  private constructor(desk: Desk, node: LeafNode, frames: FrameReader) {
    this.#desk = desk
    this.node = node
    this.frames = frames
  }

  /**
   * @returns a frontend that hears whatever sounds at the desk
   * @throws LeafError of the node
   */
  static async open(desk: Desk, frontend: FrontendDescription): Promise<Ear> {
    const node = await createLeafNode(desk.context, frontend)
    const frames = await liveFrames(node)
    desk.output.connect(node.input)
    return new Ear(desk, node, frames)
  }

  /** Frees it, on the audio thread too. */
  close(): void {
    this.#desk.output.disconnect(this.node.input)
    this.frames.close()
    this.node.dispose()
  }
}
