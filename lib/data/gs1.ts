import { createHash } from 'node:crypto'
import { demonstrationSscc, type Gs1Path, isDemonstration, parseGs1Path } from '../core/custody/gs1.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { caughtUp } from './projected.ts'
import { serially } from './serially.ts'

export type Gs1KeyCode =
  /** Not a consignment of this party, nor a draft of its own: another's are as unknown as those that never were. */
  | 'gs1-not-yours'
  /** Under GS1's demonstration prefix, in a log that is none. */
  | 'gs1-demonstration'

/** The key that stands on a consignment's label; undefined where it has none. */
export async function gs1KeyOf(consignment: string, on?: Log): Promise<Gs1Path | undefined> {
  const log = on ?? (await database())
  return (await gs1KeysOf([consignment], log)).get(consignment)
}

/** The keys on several labels, by consignment. */
export async function gs1KeysOf(consignments: readonly string[], on?: Log): Promise<ReadonlyMap<string, Gs1Path>> {
  const log = on ?? (await database())
  const where = { consignment: { in: [...consignments] } }
  const rows = await log.prisma.gs1Key.findMany({ where, orderBy: { createdAt: 'asc' } })
  return new Map(
    rows.flatMap(({ consignment, path }) => {
      const read = parseGs1Path(path)
      return read.ok ? [[consignment, read.value] as const] : []
    }),
  )
}

/** Whether `party` founded the consignment, or has it as a draft: whose label it is. */
export async function isLabelOf({ consignment, party }: Owned, on?: Log): Promise<boolean> {
  const log = on ?? (await database())
  await caughtUp(log)
  const recorded = await log.prisma.consignment.findUnique({ where: { reference: consignment } })
  if (recorded) return recorded.founder === party
  return (await log.prisma.draft.count({ where: { reference: consignment, party, withdrawnAt: null } })) > 0
}

type Owned = { readonly consignment: string; readonly party: string }

/** Puts a key on the label of a consignment of `party`, in place of the one it had. Codes: {@link Gs1KeyCode}. */
export async function setGs1Key(
  { key, ...owned }: Owned & { key: Gs1Path },
  on?: Log,
): Promise<Result<true, Gs1KeyCode>> {
  const log = on ?? (await database())
  if (!(await isLabelOf(owned, log))) return fail('gs1-not-yours', owned.consignment)
  if (isDemonstration(key) && log.founding?.mode !== 'demo') return fail('gs1-demonstration', key.path)
  const { consignment, party } = owned
  const row = { path: key.path, consignment, party, createdAt: BigInt(log.clock()) }
  await serially(log, async rows => {
    await rows.gs1Key.deleteMany({ where: { consignment } })
    await rows.gs1Key.create({ data: row })
  })
  return pass(true)
}

/** Takes the key off the label again. Codes: {@link Gs1KeyCode}. */
export async function clearGs1Key(owned: Owned, on?: Log): Promise<Result<true, Gs1KeyCode>> {
  const log = on ?? (await database())
  if (!(await isLabelOf(owned, log))) return fail('gs1-not-yours', owned.consignment)
  await log.prisma.gs1Key.deleteMany({ where: { consignment: owned.consignment } })
  return pass(true)
}

/** An SSCC of the demonstration prefix, always the same for a consignment; undefined where this log is no demonstration. */
export async function demonstrationKey(consignment: string, on?: Log): Promise<Gs1Path | undefined> {
  const log = on ?? (await database())
  if (log.founding?.mode !== 'demo') return undefined
  const hash = createHash('sha256').update(consignment).digest()
  return demonstrationSscc(String(hash.readBigUInt64BE() % 10n ** 13n))
}

const MOST = 100

/** References of the consignments on whose labels a key stands, newest first; at most {@link MOST}. */
export async function consignmentsUnder(path: string, on?: Log): Promise<readonly string[]> {
  const log = on ?? (await database())
  const rows = await log.prisma.gs1Key.findMany({ where: { path }, orderBy: { createdAt: 'desc' }, take: MOST })
  return rows.map(row => row.consignment)
}
