import { expect, test } from '@playwright/test'
import { utf8Decode, utf8Encode } from '../core/bytes.ts'
import { REFUSALS } from '../core/custody/refusals.ts'
import { foldChain } from '../core/evidence/fold.ts'
import { pairOf } from '../core/evidence/story.fixture.ts'
import { MOST_WAITING, submit } from './append.ts'
import { foundedLog, freshSettings, LiveLog } from './live-log.fixture.ts'
import { closeLog, openLog } from './open-log.ts'
import { bytesOf, query } from './sql.ts'
import { httpStatus } from './status.ts'
import { holdLock } from './tamper.fixture.ts'
import type { Submission } from './waiting.ts'

const codeOf = (submission: Submission) => (submission.outcome === 'refused' ? submission.code : submission.outcome)

test('the same event sent again, even by many at once and after its key was revoked, stands once', async () => {
  const { live, log, donor } = await foundedLog()
  const packing = await live.packing(donor, 'once')
  const many = await Promise.all(Array.from({ length: 20 }, () => submit(packing, log)))
  expect(many.map(codeOf).sort()).toEqual(['recorded', ...Array.from({ length: 19 }, () => 'repeated')])
  expect(new Set(many.map(each => (each.outcome === 'refused' ? -1 : each.index))).size).toBe(1)
  live.append(packing)
  const { operator } = live
  const second = pairOf('donor second')
  await live.enrol({ actor: donor, party: donor.party, pair: second })
  await live.act({
    actor: { party: donor.party, pair: second },
    subject: `key/${donor.pair.key}`,
    kind: 'revoke',
    body: { reason: 'lost' },
  })
  expect(codeOf(await submit(packing, log))).toBe('repeated')
  expect(codeOf(await submit(await live.packing(donor, 'late'), log))).toBe('key-revoked')
  expect(operator.party).toBe(log.founding?.operator)
  await closeLog(log)
})

test('one bad event in a batch is refused alone', async () => {
  const { live, log, donor, recipient } = await foundedLog(freshSettings(), { index: false })
  const good = await Promise.all([1, 2, 3, 4].map(n => live.packing(donor, `good ${n}`)))
  const stranger = await live.packing({ party: donor.party, pair: recipient.pair }, 'bad')
  const submissions = await Promise.all(
    [...good.slice(0, 2), stranger, ...good.slice(2)].map(each => submit(each, log)),
  )
  expect(submissions.map(codeOf)).toEqual(['recorded', 'recorded', 'key-party', 'recorded', 'recorded'])
  const indices = submissions.flatMap(each => (each.outcome === 'recorded' ? [each.index] : []))
  // Sent at once, they may be taken in any order: signatures are checked on several threads.
  expect(indices.sort((a, b) => a - b)).toEqual([8, 9, 10, 11])
  await closeLog(log)
})

test('what a stranger, a forger or a careless client sends is refused with its code and leaves no trace', async () => {
  const { live, log, donor } = await foundedLog(freshSettings(), { index: false })
  const packing = await live.packing(donor, 'mine')
  const text = utf8Decode(packing.note) as string
  const stranger = { party: donor.party, pair: pairOf('nobody') }
  const cases: [string, Submission][] = [
    ['key-unknown', await submit(await live.packing(stranger, 'x'), log)],
    ['signature-wrong', await submit({ note: utf8Encode(text.replace('"40"', '"41"')) }, log)],
    ['signature-count', await submit({ note: utf8Encode(text + (text.split('\n\n')[1] ?? '')) }, log)],
    ['event-too-large', await submit({ note: new Uint8Array(40_000).fill(97) }, log)],
    ['event-malformed', await submit({ note: Uint8Array.of(255, 254) }, log)],
    ['opening-mismatch', await submit({ ...packing, openings: { place: { salt: '00'.repeat(32), value: 'x' } } }, log)],
    ['opening-unknown', await submit({ ...packing, openings: { name: { salt: '00'.repeat(32), value: 'x' } } }, log)],
    [
      'unknown-after',
      await live
        .try({
          actor: donor,
          subject: packing.subject,
          kind: 'pack',
          body: { lines: [], nonce: '00'.repeat(16) },
          after: 'ab'.repeat(32),
        })
        .catch(() => submit(packing, log)),
    ],
  ]
  const codes = cases.map(([, submission]) => codeOf(submission))
  expect(codes.slice(0, 7)).toEqual(cases.slice(0, 7).map(([code]) => code))
  const [count] = await query(log.adapter, 'SELECT COUNT(*) FROM "Leaf"')
  expect(Number(count?.[0])).toBeLessThanOrEqual(9)
  await closeLog(log)
})

test('a conflict is answered with the head', async () => {
  const { live, log, donor, recipient } = await foundedLog()
  const packing = await live.packing(donor, 'conflict')
  await submit(packing, log)
  live.append(packing)
  const release = (quantity: string, after: string) => ({
    actor: donor,
    subject: packing.subject,
    kind: 'release',
    after,
    body: { to: { party: recipient.party }, lines: [{ line: '1', condition: 'sound', quantity }] },
  })
  expect(await live.try(release('1', 'cd'.repeat(32)))).toMatchObject({ code: 'unknown-after', head: packing.hash })
  expect(await live.try(release('1', ''))).toMatchObject({ code: 'founded', head: packing.hash })
  const first = await live.act(release('40', packing.hash))
  const behind = await live.sign(release('39', packing.hash))
  expect(await submit({ ...behind, mend: true }, log)).toMatchObject({ code: 'behind-head', head: first })
  expect(await submit(behind, log)).toMatchObject({ outcome: 'recorded', inEffect: false, reason: 'quantity-not-free' })
  expect(await submit(behind, log)).toMatchObject({ outcome: 'repeated', inEffect: false, reason: 'quantity-not-free' })
  await closeLog(log)
})

test('more than 4,096 waiting: the next is told to come back, and all who wait are recorded', async () => {
  const { live, log, donor } = await foundedLog()
  const packing = await live.packing(donor, 'crowd')
  const late = await live.packing(donor, 'late')
  // While another process holds the lock nothing drains.
  const release = await holdLock(log.settings)
  const crowd = Array.from({ length: MOST_WAITING + 300 }, () => submit(packing, log))
  const refused = await Promise.race([...crowd, submit(late, log)])
  expect(codeOf(refused)).toBe('queue-full')
  await release()
  const codes = (await Promise.all(crowd)).map(codeOf)
  expect(codes.filter(code => code === 'recorded')).toHaveLength(1)
  expect(new Set(codes)).toEqual(new Set(['recorded', 'repeated', 'queue-full']))
  await closeLog(log)
})

test('a database locked by someone else refuses with a code and loses nothing', async () => {
  const { live, log, donor } = await foundedLog(freshSettings(), { index: false })
  const packing = await live.packing(donor, 'locked')
  const release = await holdLock(log.settings)
  expect(codeOf(await submit(packing, log))).toBe('storage')
  await release()
  expect(await submit(packing, log)).toMatchObject({ outcome: 'recorded', index: 8 })
  await closeLog(log)
})

test('what another process on the same database recorded is seen by the next event', async () => {
  const { live, log, donor, recipient, settings } = await foundedLog()
  const packing = await live.packing(donor, 'both')
  await submit(packing, log)
  live.append(packing)
  const other = await openLog(settings)
  const body = { to: { party: recipient.party }, lines: [{ line: '1', condition: 'sound', quantity: '40' }] }
  const act = { actor: donor, subject: packing.subject, kind: 'release', body }
  const release = await live.sign(act)
  expect(codeOf(await submit(release, other))).toBe('recorded')
  expect(codeOf(await submit(release, log))).toBe('repeated')
  live.append({ ...release, subject: packing.subject })
  expect(codeOf(await live.try(act))).toBe('quantity-not-free')
  await closeLog(other)
  await closeLog(log)
})

test('a state folded from the database is the one that the rules came to', async () => {
  const { live, log, donor, recipient } = await foundedLog()
  const packing = await live.packing(donor, 'fold')
  await submit(packing, log)
  live.append(packing)
  const lines = [{ line: '1', condition: 'sound', quantity: '40' }]
  const { subject } = packing
  const release = await live.act({
    actor: donor,
    subject,
    kind: 'release',
    body: { to: { party: recipient.party }, lines },
  })
  const answered = [{ line: '1', condition: 'sound', received: '38', missing: { quantity: '2', reason: 'not-found' } }]
  await live.act({ actor: recipient, subject, kind: 'receive', body: { release, lines: answered } })
  await live.act({
    actor: live.operator,
    subject: `party/${donor.party}`,
    kind: 'suspend',
    body: { reason: 'requested' },
  })
  expect([...log.folded.keys()]).toContain(subject)
  for (const [name, { subject: state }] of log.folded) {
    const rows = await query(
      log.adapter,
      'SELECT "leafIndex", "bytes" FROM "Leaf" WHERE "subject" = ? ORDER BY "seq"',
      [name],
    )
    const leaves = rows.map(row => ({ leafIndex: Number(row[0]), bytes: bytesOf(row[1]), reason: undefined }))
    const bare = (value: unknown) =>
      JSON.stringify(value, (key, member) =>
        key === 'proven' || key === 'sound'
          ? undefined
          : member instanceof Map || member instanceof Set
            ? [...member]
            : member,
      )
    expect(bare(foldChain(name, leaves))).toBe(bare(state))
  }
  await closeLog(log)
})

test('nobody but the founder writes the first four leaves, and only a log of this process’s name and mode', async () => {
  const found = async (more: object, mode: 'production' | 'demo', origin?: string, founding = true) => {
    const log = await openLog({ ...freshSettings(), ...more })
    const live = new LiveLog(log, origin)
    const { operator } = live
    const publicKey = Buffer.from(operator.pair.publicKey).toString('hex')
    const body = { origin: live.origin, operator: operator.party, publicKey, mode, index: false }
    const signed = await live.sign({ actor: operator, subject: 'log', kind: 'found', body })
    const submission = await submit({ ...signed, founding }, log)
    await closeLog(log)
    return codeOf(submission)
  }
  expect(await found({}, 'production', undefined, false)).toBe('log-not-founded')
  expect(await found({ logOrigin: 'other.example.org' }, 'production')).toBe('origin-mismatch')
  expect(await found({ isDemo: true }, 'production')).toBe('founding-order')
  expect(await found({ isDemo: true }, 'demo')).toBe('origin-mismatch')
  expect(await found({ isDemo: true }, 'demo', 'demo.invalid/abc')).toBe('recorded')
  expect(await found({}, 'production')).toBe('recorded')
})

test('a process set to another log, or another mode, does not start', async () => {
  const { log, settings } = await foundedLog()
  await closeLog(log)
  await expect(openLog({ ...settings, logOrigin: 'other.example.org' })).rejects.toThrow('LOG_ORIGIN')
  await expect(openLog({ ...settings, isDemo: true })).rejects.toThrow('DEMO')
})

test('the operator revokes a key of a suspended party, and of no other', async () => {
  const { live, log, donor, settings } = await foundedLog()
  const revoke = {
    actor: live.operator,
    subject: `key/${donor.pair.key}`,
    kind: 'revoke',
    body: { reason: 'stolen' },
  }
  expect(await live.try(revoke)).toMatchObject({ outcome: 'refused', code: 'operator-revoke' })
  await live.act({
    actor: live.operator,
    subject: `party/${donor.party}`,
    kind: 'suspend',
    body: { reason: 'compromised' },
  })
  // A process that never folded that party must find it too.
  await closeLog(log)
  live.log = await openLog(settings)
  expect(await live.try(revoke)).toMatchObject({ outcome: 'recorded', inEffect: true })
  expect(await submit(await live.packing(donor, 'late'), live.log)).toMatchObject({ code: 'key-revoked' })
  await closeLog(live.log)
})

test('every refusal has one HTTP status', () => {
  const statuses = Object.keys(REFUSALS).map(code => httpStatus(code as keyof typeof REFUSALS))
  expect(new Set(statuses)).toEqual(new Set([403, 409, 413, 422, 503]))
  expect(httpStatus('key-revoked')).toBe(403)
  expect(httpStatus('unknown-after')).toBe(409)
  expect(httpStatus('event-too-large')).toBe(413)
  expect(httpStatus('quantity-not-free')).toBe(422)
  for (const code of ['read-only', 'queue-full', 'storage'] as const) expect(httpStatus(code)).toBe(503)
})
