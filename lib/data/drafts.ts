import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type DraftContent, EMPTY_DRAFT } from '../core/custody/draft.ts'
import { deriveReference } from '../core/custody/reference.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { readChains } from './overlay.ts'
import { caughtUp } from './projected.ts'
import { query } from './sql.ts'

/** A draft holds at most so many lines; what one event cannot carry is signed as a further packing. */
export const MOST_DRAFT_LINES = 500

const text = (most: number) => z.string().max(most)
const line = z.strictObject({
  item: text(1000),
  lot: text(300),
  expiry: text(100),
  unit: text(100),
  quantity: text(100),
  packSize: text(100),
  donor: text(11),
  donorName: text(1000),
  donorNamed: z.enum(['public', 'withheld']),
})
/** A draft's content as it is stored and as it comes from a form: anything typed, nothing else. */
export const draftContent: z.ZodType<DraftContent> = z.strictObject({
  consignee: text(300),
  lines: z.array(line).max(MOST_DRAFT_LINES),
  order: text(1000),
  waybill: text(1000),
  remark: text(1000),
  place: z.strictObject({ name: text(1000), country: text(2), lat: text(6), lon: text(6) }),
})

/** A consignment before its first `pack`: only members of `party` may see more of it than that it exists. */
export type Draft = {
  readonly reference: string
  readonly party: string
  /** 16 bytes of hex that the founding event carries. */
  readonly nonce: string
  readonly content: DraftContent
  /** Counts saves; who saves names the one they started from. */
  readonly version: number
  readonly createdBy: string
  /** Unix milliseconds. */
  readonly updatedAt: number
  readonly isWithdrawn: boolean
}

export type DraftCode =
  /** No such draft of this party: another party's are as unknown as those that never were. */
  | 'draft-unknown'
  | 'draft-withdrawn'
  /** Its `pack` is recorded: it is a consignment now. */
  | 'draft-recorded'
  /** Somebody saved it since; what was sent is not stored. */
  | 'draft-changed'

type Row = {
  reference: string
  party: string
  nonce: string
  content: string
  version: number
  createdBy: string
  updatedAt: bigint
  withdrawnAt: bigint | null
}

/** Throws on content that this program did not write: the database is ours. */
function draftIn(row: Row): Draft {
  const { reference, party, nonce, version, createdBy } = row
  return {
    reference,
    party,
    nonce,
    content: draftContent.parse(JSON.parse(row.content)),
    version,
    createdBy,
    updatedAt: Number(row.updatedAt),
    isWithdrawn: row.withdrawnAt !== null,
  }
}

/** Starts a draft of `party`, empty but for what `content` says, and reserves the reference that its nonce gives. */
export async function createDraft(
  { party, userId, content = {} }: { party: string; userId: string; content?: Partial<DraftContent> },
  on?: Log,
): Promise<Draft> {
  const log = on ?? (await database())
  for (;;) {
    const nonce = randomBytes(16).toString('hex')
    const reference = deriveReference({ kind: 'consignment', author: party, nonce })
    // Two of 2^50 references meeting is next to impossible, and cheap to rule out.
    if ((await isRecorded(log, reference)) || (await log.prisma.draft.count({ where: { reference } })) > 0) continue
    const now = BigInt(log.clock())
    const stored = JSON.stringify(draftContent.parse({ ...EMPTY_DRAFT, ...content }))
    const row = {
      reference,
      party,
      nonce,
      content: stored,
      createdBy: userId,
      createdAt: now,
      updatedAt: now,
      version: 1,
    }
    return draftIn(await log.prisma.draft.create({ data: row }))
  }
}

/** The draft of this reference, withdrawn or not; undefined where there is none, or its `pack` is recorded. Whose it is, the caller must ask. */
export async function draftOf(reference: string, on?: Log): Promise<Draft | undefined> {
  const log = on ?? (await database())
  const row = await log.prisma.draft.findUnique({ where: { reference } })
  return row === null || (await isRecorded(log, reference)) ? undefined : draftIn(row)
}

/** The drafts of `party` among `references`, by reference: neither withdrawn nor recorded ones. */
export async function draftsNamed(
  { party, references }: { party: string; references: readonly string[] },
  on?: Log,
): Promise<ReadonlyMap<string, Draft>> {
  const log = on ?? (await database())
  const where = { party, withdrawnAt: null, reference: { in: [...references] } }
  const open = await withoutRecorded(log, await log.prisma.draft.findMany({ where }))
  return new Map(open.map(draft => [draft.reference, draft]))
}

/** What anyone may know of a reference that the log does not know: that a label was made for it, or that this was taken back. */
export async function labelStanding(reference: string, on?: Log): Promise<'made' | 'withdrawn' | undefined> {
  const draft = await draftOf(reference, on)
  return draft && (draft.isWithdrawn ? 'withdrawn' : 'made')
}

/** What `party` had drafted of a consignment that is recorded by now: the lines that did not fit into its first `pack` are still there. */
export async function draftBehind(
  { reference, party }: { reference: string; party: string },
  on?: Log,
): Promise<DraftContent | undefined> {
  const log = on ?? (await database())
  const row = await log.prisma.draft.findFirst({ where: { reference, party } })
  return row === null ? undefined : draftIn(row).content
}

/** The drafts of a party that are neither withdrawn nor recorded, last changed first; the first `most` of them where that is said. */
export async function draftsOf(party: string, on?: Log, most?: number): Promise<readonly Draft[]> {
  const log = on ?? (await database())
  await caughtUp(log)
  const limit = most === undefined ? '' : ` LIMIT ${most}`
  const sql = `SELECT d."reference" FROM ${OPEN_DRAFTS} ORDER BY d."updatedAt" DESC${limit}`
  const references = (await query(log.adapter, sql, [party])).map(row => String(row[0]))
  const rows = await log.prisma.draft.findMany({ where: { reference: { in: references } } })
  return rows.sort((a, b) => Number(b.updatedAt - a.updatedAt)).map(draftIn)
}

/** How many {@link draftsOf} has in all. */
export async function countDrafts(party: string, on?: Log): Promise<number> {
  const log = on ?? (await database())
  await caughtUp(log)
  const [row] = await query(log.adapter, `SELECT COUNT(*) FROM ${OPEN_DRAFTS}`, [party])
  return Number(row?.[0] ?? 0)
}

// A draft stays when its consignment is recorded: of a busy party nearly all are, so the database passes over them.
const OPEN_DRAFTS =
  '"Draft" d WHERE d."party" = ? AND d."withdrawnAt" IS NULL AND NOT EXISTS (SELECT 1 FROM "Consignment" c WHERE c."reference" = d."reference")'

async function withoutRecorded(log: Log, rows: readonly Row[]): Promise<readonly Draft[]> {
  if (rows.length === 0) return []
  const chains = await readChains(
    log.adapter,
    rows.map(row => subjectOf(row.reference)),
  )
  return rows.filter(row => !chains.has(subjectOf(row.reference))).map(draftIn)
}

/** Stores `content` where nobody saved since `version`; gives the new version. Codes: {@link DraftCode}. */
export async function saveDraft(
  args: { reference: string; party: string; content: DraftContent; version: number },
  on?: Log,
): Promise<Result<{ readonly version: number }, DraftCode>> {
  const log = on ?? (await database())
  const { reference, party, version } = args
  if (await isRecorded(log, reference)) return fail('draft-recorded', reference)
  const content = JSON.stringify(draftContent.parse(args.content))
  const saved = await log.prisma.draft.updateMany({
    where: { reference, party, version, withdrawnAt: null },
    data: { content, version: version + 1, updatedAt: BigInt(log.clock()) },
  })
  return saved.count === 1 ? pass({ version: version + 1 }) : whyNot(log, args)
}

/** Takes a draft back. What was typed is forgotten; that a label was made is not. Codes: {@link DraftCode} but `draft-changed`. */
export async function withdrawDraft(
  { reference, party }: { reference: string; party: string },
  on?: Log,
): Promise<Result<true, DraftCode>> {
  const log = on ?? (await database())
  if (await isRecorded(log, reference)) return fail('draft-recorded', reference)
  const now = BigInt(log.clock())
  const gone = await log.prisma.draft.updateMany({
    where: { reference, party, withdrawnAt: null },
    data: {
      content: JSON.stringify(EMPTY_DRAFT),
      version: { increment: 1 },
      updatedAt: now,
      withdrawnAt: now,
      // What was taken back may be imported again.
      importKey: null,
    },
  })
  return gone.count === 1 ? pass(true) : whyNot(log, { reference, party })
}

async function whyNot(log: Log, { reference, party }: { reference: string; party: string }) {
  const row = await log.prisma.draft.findFirst({ where: { reference, party }, select: { withdrawnAt: true } })
  if (!row) return fail('draft-unknown', reference)
  return fail(row.withdrawnAt === null ? 'draft-changed' : 'draft-withdrawn', reference)
}

const subjectOf = (reference: string) => `consignment/${reference}`

async function isRecorded(log: Log, reference: string): Promise<boolean> {
  return (await readChains(log.adapter, [subjectOf(reference)])).size > 0
}
