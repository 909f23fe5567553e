import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, expect } from '@playwright/test'
import { findChromium } from '../lib/cli/chromium.mjs'
import { deskFor, enrolDevice, openDevice, packAct, signOn, tendOn, waitingOn } from './device.fixture.ts'
import { health, startServer, untilSealed } from './server.fixture.ts'
import { test } from './story.fixture.ts'

test('on plain http, where the browser has no cryptography, a device signs all the same, and the page can say how', async ({
  told,
}) => {
  const executablePath = await findChromium()
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--host-resolver-rules=MAP relief.test 127.0.0.1',
    ],
  })
  try {
    const { donor } = told.story.cast
    const url = told.url.replace('localhost', 'relief.test')
    const page = await openDevice(await browser.newContext(), { url })
    expect(await page.evaluate(() => [isSecureContext, typeof crypto.subtle, typeof navigator.locks])).toEqual([
      false,
      'undefined',
      'undefined',
    ])
    await enrolDevice(page, told, donor)
    const desk = deskFor(told, donor)
    expect((await page.evaluate(at => device.readKey(at), desk))?.held).toBe('bytes')
    expect((await signOn(page, desk, packAct(donor))).outcome).toBe('recorded')
    await tendOn(page, told)
    await expect.poll(() => waitingOn(page)).toEqual([])
  } finally {
    await browser.close()
  }
})

test('a log is founded in the browser: four records in order, with the one-time code, by a key made there', async ({
  context,
}) => {
  const server = await startServer({ demo: false })
  try {
    const page = await openDevice(context, server)
    const firstRunCode = readFileSync(join(server.dataDir, 'first-run.code'), 'utf8').trim()
    const origin = 'relief.example/log'
    const nonce = '0123456789abcdef'.repeat(2)
    const mine = await page.evaluate(
      ([log, given]) =>
        device.makeKey({
          origin: log,
          party: author => device.deriveReference({ kind: 'party', author, nonce: given }),
        }),
      [origin, nonce] as const,
    )
    const party = mine?.party ?? ''
    const found = (code: string) =>
      page.evaluate(
        async ([at, firstRun]) => {
          const hex = (bytes: Uint8Array) => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
          const mine = await device.readKey(at)
          if (!mine) throw new Error('no key')
          const paper = await device.paperSigner(device.freshSeed())
          const admin = { party: at.party, role: 'admin' } as const
          const enrol = (id: string, body: object) => ({ about: 'key', id, kind: 'enrol', after: '', body }) as never
          const acts = [
            {
              about: 'log',
              id: '',
              kind: 'found',
              after: '',
              body: {
                origin: at.origin,
                operator: at.party,
                publicKey: hex(mine.publicKey),
                mode: 'production',
                index: true,
              },
            },
            {
              about: 'party',
              id: at.party,
              kind: 'register',
              after: '',
              body: { nonce: at.nonce, type: 'organisation', named: 'public' },
              values: { name: 'Relief Log Office' },
            },
            enrol(mine.key, {
              ...admin,
              publicKey: hex(mine.publicKey),
              held: 'device',
              proof: await device.proveKey(mine, 'admin'),
            }),
            enrol(paper.key, {
              ...admin,
              publicKey: hex(paper.publicKey),
              held: 'paper',
              proof: await device.proveWith(paper, { origin: at.origin, ...admin }),
            }),
          ]
          const desk = { origin: at.origin, vkey: '', party: at.party, partyName: 'Relief Log Office' }
          return device.signChain(desk, acts as never, { firstRunCode: firstRun })
        },
        [{ origin, party, nonce }, code] as const,
      )
    expect(await found('WRONG-WRONG-WRONG-WRONG')).toMatchObject({ outcome: 'refused' })
    expect(await waitingOn(page)).toEqual([])
    expect(await found(firstRunCode)).toMatchObject({ outcome: 'recorded', index: 3 })
    await untilSealed(server.url)
    const vkey = (await (await fetch(`${server.url}/log/vkey`)).text()).trim()
    await tendOn(page, { origin, vkey })
    await expect.poll(() => waitingOn(page)).toEqual([])
    // And the index leaf that ends every signed size.
    expect((await health(server.url)).recorded).toBe(5)
  } finally {
    await server.end()
  }
})
