import type { Page } from 'playwright'
import { hears } from '../apps.ts'

/** Both workers run: words are heard, on WebAssembly, and something is taught. */
export async function works(page: Page): Promise<void> {
  await hears(page)
  await page.getByText('scored on wasm').waitFor()
  await page.getByRole('button', { name: 'Teach' }).click()
  await page.getByText('taught low, high').waitFor()
}

/** The page says what is wrong, of both workers. */
export async function refuses(page: Page, why: RegExp): Promise<void> {
  await page.locator('#heard').filter({ hasText: why }).waitFor()
  await page.getByRole('button', { name: 'Teach' }).click()
  await page.locator('#taught').filter({ hasText: why }).waitFor()
}
