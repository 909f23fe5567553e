import { expect, test } from '@playwright/test'
import { base64Encode, hexEncode } from '../bytes.ts'
import { verifyEd25519Fallback } from '../ledger/ed25519.ts'
import { remembering, seededNumbers } from './damage.fixture.ts'
import { evidenceOf, fileOf, packed, type Story, vkeyOf } from './evidence.fixture.ts'
import { signFuture } from './future.fixture.ts'
import { CHECK_NAMES } from './report.ts'
import { type Actor, claimOf, nonceOf, pairOf } from './story.fixture.ts'
import { verifyEvidence } from './verify.ts'

const verify = remembering(verifyEd25519Fallback)

/**
 * An operator with the log key that records whatever comes, well-formed and senseless: every kind, by anyone, on anything. Every other log is
 * `tidy`: its chains and signatures hold, and only the rules are broken.
 */
async function senseless(story: Story, seed: number): Promise<string[]> {
  const { log, donor, carrier, recipient } = story
  const next = seededNumbers(seed)
  const isTidy = seed % 2 === 0
  const pick = <Value>(values: readonly Value[]) => values[next() % values.length] as Value
  const actors: Actor[] = [donor, carrier, recipient, log.operator]
  if (!isTidy) actors.push({ party: donor.party, pair: carrier.pair })
  const second = log.consignment({ actor: carrier, name: 'second' })
  const subjects = [story.subject, second]
  const quantity = () => String(1 + (next() % 45))
  const lines = () => [{ line: pick(['1', '2']), condition: pick(['sound', 'damaged']), quantity: quantity() }]
  const goods = () => ({ id: pick(['1', '2', '3']), item: 'Soap', unit: 'piece', quantity: quantity() })
  const once = pairOf('one-time key')
  const hash = () => pick([...log.subjects.keys()])
  const part = (reason: string) => (next() % 3 === 0 ? { quantity: quantity(), reason } : undefined)
  const notes: Uint8Array[] = []
  const bodies: Record<string, () => object> = {
    pack: () => ({
      lines: [
        { ...goods(), ...(next() % 2 === 0 && { from: pick([{ event: hash(), line: '1' }, { reported: second }]) }) },
      ],
      ...(next() % 2 === 0 && { nonce: nonceOf('second') }),
    }),
    release: () => ({
      to: pick([{ party: pick(actors).party }, { claim: hexEncode(once.publicKey) }, { claim: '00'.repeat(32) }]),
      lines: lines(),
    }),
    receive: () => {
      const release = hash()
      const [missing, left] = [part('stolen'), part('no-space')]
      const answered = [
        { line: '1', condition: 'sound', received: quantity(), ...(missing && { missing }), ...(left && { left }) },
      ]
      const claim = claimOf({ pair: once, release, taker: pick(actors) })
      return { release, lines: answered, ...(next() % 2 === 0 && { claim }) }
    },
    refuse: () => ({ release: hash(), reason: 'no-space' }),
    withdraw: () => ({ release: hash() }),
    settle: () =>
      pick([
        { event: hash(), reason: 'void' },
        { handoff: hash(), lines: [{ line: '1', condition: 'sound', lost: quantity(), found: '0' }] },
      ]),
    adjust: () => ({
      lines: [{ line: '1', condition: 'sound', change: pick(['-5', '7', '999999999999']), reason: 'recount' }],
    }),
    'write-off': () => ({ lines: lines(), reason: 'expired' }),
    distribute: () => ({ lines: lines() }),
    move: () => ({ to: pick(subjects), lines: lines() }),
    redirect: () => ({ consignee: pick(actors).party, reason: 'mistake' }),
    correct: () => ({ event: hash(), at: '2026-03-01T10:00:00+01:00' }),
    report: () => ({ lines: [goods()], ...(next() % 2 === 0 && { nonce: nonceOf('second') }) }),
    restate: () => ({ note: base64Encode(notes.length > 0 ? pick(notes) : new Uint8Array(1)) }),
  }
  for (let i = 0; i < 25; i++) {
    const [actor, subject, kind] = [pick(actors), pick(subjects), pick(Object.keys(bodies))]
    const head = log.heads.get(subject) ?? ''
    const earlier = [...log.subjects].flatMap(([event, of]) => (of === subject ? [event] : []))
    const after = isTidy ? pick([head, pick(earlier) ?? '']) : pick([head, head, '', hash()])
    const signed = await log
      .sign({ actor, subject, kind, body: (bodies[kind] as () => object)(), after })
      .catch(() => undefined)
    if (!signed) continue
    if (kind !== 'restate') notes.push(signed.note)
    if (isTidy) {
      if (next() % 5 > 0) log.append({ ...signed, subject })
      continue
    }
    const key = pick(actors).pair.key
    const reason = next() % 2 ? { reason: 'misuse' } : {}
    const party = {
      actor: log.operator,
      subject: `party/${actor.party}`,
      kind: pick(['suspend', 'resume']),
      body: reason,
    }
    const revoke = { actor: pick(actors), subject: `key/${key}`, kind: 'revoke', body: { reason: 'lost' } }
    if (next() % 9 === 0) await log.act(revoke)
    if (next() % 9 === 0) await log.act(party).catch(() => '')
    if (next() % 5 > 0) log.append({ ...signed, subject: next() % 20 === 0 ? pick(subjects) : subject })
    if (next() % 12 === 0) log.append({ ...signFuture({ log, subject, actor, kind: 'drone-drop' }), subject })
    const cut = pick([new Uint8Array(0), signed.note.subarray(1)])
    if (next() % 30 === 0) log.append({ note: cut, subject, hash: hash() })
  }
  return subjects
}

test('whatever an operator with the log key records, the verifier answers every check and never throws', async () => {
  const seen = new Set<string>()
  const trusted = { vkey: vkeyOf('log.example.org') }
  for (let seed = 0; seed < 150; seed++) {
    const story = await packed()
    for (const subject of await senseless(story, seed)) {
      const bytes = fileOf(await evidenceOf(story.log, subject))
      const report = await verifyEvidence({ bytes, trusted, verify })
      expect(report.checks.map(check => check.name)).toEqual([...CHECK_NAMES])
      for (const check of report.checks) if (check.outcome !== 'pass') seen.add(`${check.name} ${check.code}`)
      const isClean = report.checks.every(check => check.outcome !== 'fail')
      expect(report.verdict === 'failed').toBe(!isClean)
    }
  }
  // The senseless logs went through the depths of the verifier, not only its front door.
  for (const code of [
    'custody-rules refusable',
    'chain-unbroken after-unknown',
    'events-signed key-party',
    'events-signed key-revoked',
  ]) {
    expect([...seen]).toContain(code)
  }
})
