import type { Desk } from './desk.ts'

/** A screen once it is open. */
export interface Screen {
  /** It comes into view. */
  show(): void
  /** Another screen takes its place: what it computes can rest. */
  hide(): void
}

export interface ScreenModule {
  /** Fills the section of the screen, once. */
  open(section: HTMLElement, desk: Desk): Screen | Promise<Screen>
}
