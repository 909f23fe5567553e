import { execFileSync } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foundLog, joinParty } from '../lib/cli/founding.ts'
import { postTo } from '../lib/cli/post.ts'
import { forgetfulMemory, openScribe } from '../lib/cli/scribe.ts'
import { codeOf, OFFICE } from './first-run.fixture.ts'
import { random, type Server, untilSealed } from './server.fixture.ts'

/** Name of the log that is succeeded. */
export const OLD = 'relief.example/log'

/** A founded production log with one packed consignment; gives its reference. */
export async function tellOldLog(server: Server): Promise<string> {
  const post = postTo({ url: server.url, firstRunCode: codeOf(server) })
  const scribe = openScribe({ origin: OLD, post, clock: Date.now, random, memory: forgetfulMemory() })
  const named = { type: 'organisation', named: 'public' } as const
  const operator = await foundLog(scribe, { mode: 'production', operator: { name: OFFICE, ...named } })
  const donor = await joinParty(scribe, { step: 'donor', operator, registrant: { name: 'Harbour Relief', ...named } })
  const { nonce, id } = scribe.reference('pack', donor.reference)
  const lines = [{ id: '1', item: 'Tents', unit: 'piece', quantity: '40' } as const]
  await scribe.write({ step: 'pack', actor: donor, about: 'consignment', id, kind: 'pack', body: { nonce, lines } })
  await untilSealed(server.url)
  return id
}

/** What the operator types: the command is run in a folder beside, and the server is started again with that one. Gives what the command said. */
export async function succeed(server: Server): Promise<string> {
  await server.kill()
  const next = mkdtempSync(join(tmpdir(), 'throughline-next-'))
  const command = ['--conditions=react-server', '--import', 'tsx', 'lib/cli/succeed.ts', next]
  const env = { ...process.env, DATA_DIR: server.dataDir, DATABASE_URL: `file:${server.database}`, DEMO: '0' }
  const said = execFileSync(process.execPath, command, { env, encoding: 'utf8' })
  renameSync(server.dataDir, `${server.dataDir}.old`)
  renameSync(next, server.dataDir)
  await server.restart()
  return said
}

/** Ends the server and removes both logs' folders. */
export async function endBoth(server: Server): Promise<void> {
  await server.end()
  rmSync(`${server.dataDir}.old`, { recursive: true, force: true })
}
