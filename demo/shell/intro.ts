import { byId } from '../common/index.ts'
import type { Desk } from '../desk/index.ts'

const KEY = 'leaf-known'

/** What the page is stands at its top until something was listened to, in this browser. */
export function foldIntro(desk: Desk): void {
  const intro = byId('intro')
  const known = () => intro.toggleAttribute('data-known', true)
  try {
    if (localStorage.getItem(KEY)) known()
  } catch {
    // Where nothing may be kept it folds for this visit.
  }
  desk.addEventListener('live', () => {
    known()
    try {
      localStorage.setItem(KEY, 'yes')
    } catch {}
  })
}
