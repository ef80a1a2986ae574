import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { metricsSchema } from '../../src/metrics.ts'
import { serveViews } from './view-page.ts'

const views = serveViews()
let page: Page

async function open(): Promise<void> {
  page = await views.open()
  await page.evaluate(() => window.api.element('leaf-meter'))
}

const value = (name: string) =>
  page
    .locator('dt')
    .filter({ hasText: new RegExp(`^${name}$`) })
    .locator('xpath=..')
    .locator('.value')
    .textContent()
const level = () => page.getByRole('meter', { name: 'Level' })

it('shows every metric of the schema, those that most people want first', async () => {
  await open()
  expect(await page.locator('dl').first().isVisible()).toBe(false)
  await page.evaluate(() => {
    window.view.metrics = {
      level: -23.4,
      peak: -6,
      clipped: 0,
      load: 0.034,
      dropped: 12,
      latency: 0.1234,
      backend: 'wasm',
    }
  })
  const names = await page.locator('.main dt').allInnerTexts()
  expect(names).toEqual(['Level', 'Peak', 'Clipped', 'Dropped', 'Load', 'Latency', 'Backend'])
  const values = await Promise.all(names.map(value))
  expect(values).toEqual(['-23 dB', '-6 dB', '0', '12', '3.4 %', '123 ms', 'wasm'])
  expect(await page.locator('dt').count()).toBe(Object.keys(metricsSchema).length)
  expect(await page.locator('.more').isVisible()).toBe(false)
  await page.getByText('All numbers').click()
  expect(await page.locator('.more').isVisible()).toBe(true)
  expect(await value('Frames')).toBe('–')
})

it('shows the level as a bar that a screen reader can read, and lights up when samples clip', async () => {
  await open()
  const show = (level: number, clipped: number) =>
    page.evaluate(
      ([level, clipped]) => {
        window.view.metrics = { level, peak: level + 6, clipped }
      },
      [level, clipped] as const,
    )
  await show(-30, 5)
  expect(await level().getAttribute('aria-valuenow')).toBe('-30')
  expect(await level().getAttribute('aria-valuetext')).toBe('30 decibels below full scale')
  const width = () =>
    page.evaluate(
      () => (window.view.shadowRoot?.querySelector('.fill') as HTMLElement | null)?.style.transform,
    )
  expect(await width()).toBe('scaleX(0.5)')
  const clipped = page.locator('.clip')
  expect(await clipped.isVisible()).toBe(false)
  await show(-120, 5)
  expect(await level().getAttribute('aria-valuetext')).toBe('silence')
  expect(await width()).toBe('scaleX(0)')
  expect(await clipped.isVisible()).toBe(false)
  await show(0, 6)
  expect(await clipped.isVisible()).toBe(true)
})

it('asks its source only while it can be seen, and lets a source go that fails', async () => {
  await open()
  await page.evaluate(() => {
    let asked = 0
    window.view.source = { metrics: async () => ({ frames: ++asked, level: -10 }) }
  })
  const frames = () => page.evaluate(() => window.view.metrics.frames ?? 0)
  await expect.poll(frames).toBeGreaterThan(2)
  await page.evaluate(() => window.api.moveAway())
  const before = await frames()
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)))
  expect(await frames()).toBe(before)
  await page.evaluate(() => (document.body.style.marginTop = ''))
  await expect.poll(frames).toBeGreaterThan(before)
  await page.evaluate(() => {
    window.view.source = { metrics: () => Promise.reject(new Error('disposed of')) }
  })
  await expect.poll(() => page.evaluate(() => window.view.source)).toBeNull()
})
