import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { verifyEvidence } from '../core/evidence/verify.ts'
import { checkWitnesses } from '../core/evidence/witness-check.ts'
import { judgeContradiction } from '../core/ledger/contradiction.ts'
import { parseTlogProof } from '../core/ledger/tlog-proof.ts'
import { submit } from './append.ts'
import { readCheckpoint } from './checkpoints.ts'
import { contradictionFile } from './contradiction.ts'
import { verifyNatively } from './ed25519.ts'
import { evidenceFile } from './evidence.ts'
import { foundedLog, freshSettings, type LiveLog } from './live-log.fixture.ts'
import { checkpointNote } from './log.ts'
import type { Log, LogSettings } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { publish } from './publish.ts'
import { tlogProof } from './receipt.ts'
import { handedIn } from './rollback-guard.ts'
import { execute } from './sql.ts'
import { copyDatabase, replace } from './tamper.fixture.ts'
import { readWitnesses } from './witness-rows.ts'
import { policyFile, witnesses } from './witness-view.ts'
import { foreignWitness, LocalWitness, withPolicy } from './witnesses.fixture.ts'
import { askStale, askWitnesses, witnessesAsked } from './witnesses.ts'

type Founded = Awaited<ReturnType<typeof foundedLog>>

/** A founded log that is closed, and the vkey that its witnesses are to follow. */
async function founded(settings = freshSettings()) {
  const { live, donor, log } = await foundedLog(settings)
  const vkey = log.signer?.vkey as string
  await closeLog(log)
  return { live, donor, settings, vkey }
}

async function reopened(live: LiveLog, settings: LogSettings): Promise<Log> {
  live.log = await openLog(settings)
  return live.log
}

async function pack(live: LiveLog, donor: Founded['donor'], name: string) {
  const packing = await live.packing(donor, name)
  const submission = await submit(packing, live.log)
  if (submission.outcome === 'refused') throw new Error(submission.code)
  return { reference: packing.subject.replace('consignment/', ''), hash: packing.hash }
}

/** Everybody was asked for what is published now, and has answered or not. */
async function settled(log: Log): Promise<void> {
  await publish(log)
  for (const { running } of log.witnessing?.asked ?? []) await running
}

const linesOf = (note = '') =>
  note
    .slice(note.indexOf('\n\n') + 2)
    .trim()
    .split('\n').length
const TWO = 'group two 2 north replaying/south\nquorum two\n'

test('every witness signs what is published, and checkpoint, evidence and receipt carry it', async () => {
  const { live, donor, settings, vkey } = await founded()
  const [north, south] = [await new LocalWitness('north').start(), await new LocalWitness('south').start()]
  for (const witness of [north, south]) witness.follow(vkey)
  const policy = `log ${vkey}\n${north.line('north')}${south.line('replaying/south')}${TWO}`
  const log = await reopened(live, withPolicy(settings, policy))
  const { reference, hash } = await pack(live, donor, 'a')
  await settled(log)

  const note = (await checkpointNote(log)) as string
  expect(linesOf(note)).toBe(3)
  expect(await witnesses(log)).toMatchObject({
    signed: 2,
    least: 2,
    isMet: true,
    views: [
      { name: 'north', state: 'signed', isReplaying: false },
      { name: 'south', state: 'signed', isReplaying: true },
    ],
  })
  const evidence = await evidenceFile(reference, {}, log)
  if (!evidence.ok) throw new Error(evidence.code)
  const report = await verifyEvidence({
    bytes: utf8Encode(evidence.value),
    trusted: { vkey, policy: (await policyFile('https://log.example.org/log', log)) as string },
    verify: verifyNatively,
    witnesses: checkWitnesses,
  })
  expect([report.verdict, report.sentence]).toEqual(['verified', 'verified-witnessed'])
  expect(report.checks.find(check => check.name === 'witnesses')?.facts).toMatchObject({ k: 2, names: 'north, south' })
  const receipt = await tlogProof(hash, log)
  const proof = receipt.ok ? parseTlogProof(utf8Encode(receipt.value)) : receipt
  expect(proof.ok && new TextDecoder().decode(proof.value.checkpoint)).toBe(note)
  await closeLog(log)
  await Promise.all([north.stop(), south.stop()])
})

test('a witness that is down holds up nothing, is named, and catches up when it is back', async () => {
  const { live, donor, settings, vkey } = await founded()
  const [north, south] = [await new LocalWitness('north').start(), await new LocalWitness('south').start()]
  for (const witness of [north, south]) witness.follow(vkey)
  const policy = `log ${vkey}\n${north.line('north')}${south.line('replaying/south')}${TWO}`
  await south.stop()
  const log = await reopened(live, withPolicy(settings, policy))
  await pack(live, donor, 'a')
  await settled(log)
  expect(log.readOnly).toBeUndefined()
  expect(await witnesses(log)).toMatchObject({
    signed: 1,
    isMet: false,
    views: [{ state: 'signed' }, { state: 'never', problem: 'unreachable' }],
  })
  await south.start()
  await pack(live, donor, 'b')
  await settled(log)
  expect(await witnesses(log)).toMatchObject({ signed: 2, isMet: true })
  // It goes again, and what it signed stays what it signed.
  await south.stop()
  await pack(live, donor, 'c')
  await settled(log)
  expect((await witnesses(log))?.views[1]).toMatchObject({ state: 'behind', problem: 'unreachable' })
  await closeLog(log)
  await north.stop()
})

test('a log that stands still is signed again after ten minutes', async () => {
  let now = Date.now()
  const { live, settings, vkey } = await founded()
  const north = await new LocalWitness('north').start()
  north.follow(vkey)
  const lines = `log ${vkey}\n${north.line('north')}quorum north\n`
  const log = await reopened(live, { ...withPolicy(settings, lines), clock: () => now })
  askWitnesses(log)
  await settled(log)
  const first = (await witnesses(log))?.views[0]?.signedAt ?? 0
  const askedAt = async () => (await readWitnesses(log.adapter)).values().next().value?.askedAt
  const before = await askedAt()
  now += 9 * 60_000
  await askStale(log)
  await settled(log)
  expect(await askedAt()).toBe(before)
  now += 2 * 60_000
  await askStale(log)
  await settled(log)
  expect(await askedAt()).toBe(now)
  expect((await witnesses(log))?.views[0]?.signedAt).toBeGreaterThanOrEqual(first)
  await closeLog(log)
  await north.stop()
})

test('what witnesses in the field answer beside the protocol is understood, and no line is kept that is not good', async () => {
  const { live, donor, settings, vkey } = await founded()
  const north = await new LocalWitness('north').start()
  north.follow(vkey)
  const relay = async (body: string) =>
    (await fetch(`http://127.0.0.1:${north.port}/add-checkpoint`, { method: 'POST', body })).text()
  const lines: Record<string, string> = {}
  const answers: Record<string, (body: string) => { status: number; body?: string; type?: string }> = {
    'log-unknown': () => ({ status: 403, body: 'unknown log' }),
    'log-unknown too': () => ({ status: 404 }),
    busy: () => ({ status: 429 }),
    'busy too': () => ({ status: 503, body: 'later' }),
    refused: () => ({ status: 302, body: 'elsewhere' }),
    'answer-unusable': () => ({ status: 200, body: '<html>welcome</html>' }),
    'answer-unusable too': () => ({ status: 200, body: `— stranger ${Buffer.alloc(76).toString('base64')}\n` }),
    'answer-unusable again': () => ({ status: 409, body: 'many\n', type: 'text/x.tlog.size' }),
    moving: body => ({ status: 409, body: body.startsWith('old 1\n') ? '2\n' : '1\n', type: 'text/x.tlog.size' }),
  }
  for (const [name, answer] of Object.entries(answers)) {
    const foreign = await foreignWitness(answer)
    const witness = `witness w ${north.key.vkey} ${foreign.url}\n`
    const log = await reopened(live, withPolicy(settings, `log ${vkey}\n${witness}quorum w\n`))
    await pack(live, donor, name)
    await settled(log)
    lines[name] = (await witnesses(log))?.views[0]?.problem ?? ''
    expect([name, linesOf(await checkpointNote(log)), log.readOnly]).toEqual([name, 1, undefined])
    await closeLog(log)
    await foreign.stop()
  }
  expect(Object.entries(lines).map(([name, problem]) => name.startsWith(problem) && problem !== '')).not.toContain(
    false,
  )
  expect(await relay('old 0\n\n')).toContain('malformed')
  await north.stop()
})

test('a witness that says where it stands is given a proof from there', async () => {
  const { live, donor, settings, vkey } = await founded()
  const north = await new LocalWitness('north').start()
  north.follow(vkey)
  const lines = `log ${vkey}\n${north.line('north')}quorum north\n`
  const log = await reopened(live, withPolicy(settings, lines))
  await pack(live, donor, 'a')
  await settled(log)
  // What the database knew of the witness is gone: its size comes from the witness.
  await execute(log.adapter, 'DELETE FROM "Witness"')
  await pack(live, donor, 'b')
  await settled(log)
  expect(await witnesses(log)).toMatchObject({ signed: 1, isMet: true })
  await closeLog(log)
  await north.stop()
})

test('a policy of another log, or one that cannot be read, stops the start with what is wrong', async () => {
  const { settings, vkey } = await founded()
  const other = vkey.replace('log.example.org', 'other.example.org')
  await expect(openLog(withPolicy(settings, 'quorum none\n'))).rejects.toThrow(`log ${vkey}`)
  await expect(openLog(withPolicy(settings, `log ${other}\nquorum none\n`))).rejects.toThrow('policy-vkey-malformed')
  await expect(openLog(withPolicy(settings, `log ${vkey}\n`))).rejects.toThrow('policy-quorum-missing')
  const north = new LocalWitness('north')
  const line = `witness north ${north.key.vkey} ftp://north.example\n`
  await expect(openLog(withPolicy(settings, `log ${vkey}\n${line}quorum none\n`))).rejects.toThrow('expected http')
  await expect(openLog({ ...settings, witnessPolicy: '/nowhere/policy' })).rejects.toThrow('ENOENT')
})

test('a database that was set back is not signed over where only a witness knows better', async () => {
  const { live, donor, settings, vkey } = await founded()
  const north = await new LocalWitness('north').start()
  north.follow(vkey)
  const own = withPolicy(settings, `log ${vkey}\n${north.line('north')}quorum north\n`)
  const copy = await copyDatabase(settings, '.backup')
  const log = await reopened(live, own)
  await pack(live, donor, 'a')
  await settled(log)
  const known = await checkpointNote(log)
  await closeLog(log)

  // The guard file is lost with the database, and the operator believes the copy.
  await replace(settings, copy)
  rmSync(join(settings.dataDir, 'log.guard'))
  const again = await openLog({ ...own, trustDatabase: true })
  const before = await readCheckpoint(again.adapter)
  const submission = await submit(await live.packing(donor, 'instead'), again)
  expect(submission.outcome).toBe('recorded')
  await publish(again)
  expect(again.readOnly?.code).toBe('witness-ahead')
  expect(again.readOnly?.detail).toContain('with our signature')
  expect(await readCheckpoint(again.adapter)).toEqual(before)
  expect(handedIn(again)).toBe(known)
  expect(await contradictionFile(again)).toContain(known)
  await closeLog(again)

  // After a restart it is known without the witness too.
  await north.stop()
  const later = await openLog({ ...settings, trustDatabase: true })
  expect(later.readOnly?.code).toBe('database-behind')
  await closeLog(later)
})

test('a split view: the log that is asked by a witness of the other view stops, and both signed notes prove it', async () => {
  const { live, donor, settings, vkey } = await founded()
  const [north, south] = [await new LocalWitness('north').start(), await new LocalWitness('south').start()]
  for (const witness of [north, south]) witness.follow(vkey)
  const log = (line: string, name: string) => `log ${vkey}\n${line}quorum ${name}\n`
  const copy = await copyDatabase(settings, '.backup')
  const guard = readFileSync(join(settings.dataDir, 'log.guard'), 'utf8')

  // One view for the witness north.
  const one = await reopened(live, withPolicy(settings, log(north.line('north'), 'north')))
  await pack(live, donor, 'one')
  await settled(one)
  expect((await witnesses(one))?.isMet).toBe(true)
  await closeLog(one)

  // The same key on the older database: another view for the witness south.
  await replace(settings, copy)
  writeFileSync(join(settings.dataDir, 'log.guard'), guard)
  const other = await openLog(withPolicy(settings, log(south.line('south'), 'south')))
  for (const name of ['two', 'three']) {
    const packing = await live.packing(donor, name)
    expect((await submit(packing, other)).outcome).toBe('recorded')
  }
  await settled(other)
  expect([(await witnesses(other))?.isMet, other.readOnly]).toEqual([true, undefined])
  await closeLog(other)

  // Asked by both, the log is caught.
  const both = `log ${vkey}\n${north.line('north')}${south.line('south')}group two all north south\nquorum two\n`
  const caught = await openLog(withPolicy(settings, both))
  await witnessesAsked(caught)
  expect(caught.readOnly?.code).toBe('witness-differs')
  const file = utf8Encode((await contradictionFile(caught)) as string)
  const judged = await judgeContradiction({ bytes: file, verify: verifyNatively })
  expect(judged.ok && judged.value[0].size > judged.value[1].size).toBe(true)
  await closeLog(caught)
  await Promise.all([north.stop(), south.stop()])
})
