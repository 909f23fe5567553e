import { expect } from '@playwright/test'
import { hexDecode } from '../lib/core/bytes.ts'
import { deskFor, enrolDevice, openDevice, packAct, signOn, waitingOn } from './device.fixture.ts'
import { test } from './story.fixture.ts'

test('a device’s private key cannot be read out, and is there again after a reload', async ({ context, told }) => {
  const { donor } = told.story.cast
  const page = await openDevice(context, told)
  const { key } = await enrolDevice(page, told, donor)
  await page.reload()
  const kept = await page.evaluate(
    async ({ origin, party }) => {
      const stored = await (await device.openStore())?.get('keys', [origin, party])
      if (stored?.held !== 'crypto') return stored?.held
      const { privateKey } = stored
      const formats = ['pkcs8', 'jwk', 'raw'] as const
      const exports = formats.map(format =>
        crypto.subtle.exportKey(format, privateKey).then(
          () => `${format} can be read`,
          () => 'refused',
        ),
      )
      return { key: stored.key, extractable: privateKey.extractable, exports: await Promise.all(exports) }
    },
    deskFor(told, donor),
  )
  expect(kept).toEqual({ key, extractable: false, exports: ['refused', 'refused', 'refused'] })
})

test('a second tab that makes a key gets the one that is there', async ({ context, told }) => {
  const { donor } = told.story.cast
  const [one, other] = [await openDevice(context, told), await openDevice(context, told)]
  const make = (page: typeof one) =>
    page.evaluate(async ({ origin, party }) => (await device.makeKey({ origin, party }))?.key, deskFor(told, donor))
  const [first, second] = await Promise.all([make(one), make(other)])
  expect(first).toMatch(/^[0-9a-f]{32}$/)
  expect(second).toBe(first)
})

test('a text that may not be signed is refused before anything is signed', async ({ context, told }) => {
  const { donor } = told.story.cast
  const page = await openDevice(context, told)
  await enrolDevice(page, told, donor)
  const act = { ...packAct(donor), values: { remark: 'right-to-left \u202e override' } }
  expect(await signOn(page, deskFor(told, donor), act)).toEqual({ outcome: 'refused', code: 'text-malformed' })
  expect(await waitingOn(page)).toEqual([])
})

test('a device without a key signs nothing', async ({ context, told }) => {
  const page = await openDevice(context, told)
  const { donor } = told.story.cast
  expect(await signOn(page, deskFor(told, donor), packAct(donor))).toEqual({ outcome: 'no-key' })
})

test('a browser that lets us keep nothing makes no key and signs nothing, and says so', async ({ context, told }) => {
  // A page without an origin of its own has no storage.
  const page = await openDevice(context, told, 'sandbox allow-scripts')
  const { donor } = told.story.cast
  const desk = deskFor(told, donor)
  expect(await page.evaluate(async at => (await device.makeKey(at)) === undefined, desk)).toBe(true)
  expect(await signOn(page, desk, packAct(donor))).toEqual({ outcome: 'no-storage' })
})

test('the code of an open release is signed for one taker, and kept on the giver’s device alone', async ({
  context,
  told,
}) => {
  const page = await openDevice(context, told)
  const signed = await page.evaluate(async () => {
    const claim = (await device.makeClaim()) ?? ''
    const seed = (await device.claimOf(claim)) ?? ''
    const release = 'ab'.repeat(32)
    const taking = { seed, release, party: '7GFWQ5WC582', key: '0'.repeat(32) }
    const [one, other] = [await device.signClaim(taking), await device.signClaim({ ...taking, party: '52GKAG2H9R7' })]
    return { claim, seed, one, isOther: one !== other }
  })
  expect(hexDecode(signed.claim, 32)).toBeDefined()
  expect(hexDecode(signed.seed, 32)).toBeDefined()
  expect(hexDecode(signed.one ?? '', 64)).toBeDefined()
  expect(signed.isOther).toBe(true)
  expect(await page.evaluate(() => device.signClaim({ seed: 'no', release: '', party: '', key: '' }))).toBeUndefined()
})
