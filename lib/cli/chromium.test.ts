import { expect, test } from '@playwright/test'
import { findChromium } from './chromium.mjs'

test('the Chromium that CHROMIUM names is taken before any other', async () => {
  expect(await findChromium({ CHROMIUM: process.execPath })).toBe(process.execPath)
})

test('a CHROMIUM that is no program is refused, not passed over', async () => {
  await expect(findChromium({ CHROMIUM: '/nowhere/chromium' })).rejects.toThrow('CHROMIUM=/nowhere/chromium')
})
