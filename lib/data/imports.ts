import { createHash, randomBytes } from 'node:crypto'
import type { DraftContent } from '../core/custody/draft.ts'
import { deriveReference } from '../core/custody/reference.ts'
import { database } from './database.ts'
import { type Draft, draftContent, draftsNamed } from './drafts.ts'
import type { Log } from './log-state.ts'
import { readChains } from './overlay.ts'

/** One consignment of a spreadsheet. `name`: what the file calls it, '' for nothing; `ordinal`: the how manieth of its content in the file, from 0. */
export type ImportedDraft = {
  readonly name: string
  readonly ordinal: number
  readonly content: DraftContent
  /** Made although another of its name and other content was imported before. */
  readonly anyway: boolean
}

/**
 * `made`: a draft of this import, new or made before it was interrupted. `known`: the same content under the same name was imported before, whether it is signed by now or not: nothing is made. `named`:
 * another content was, under this name and by another import: nothing is made until somebody says so.
 */
export type ImportOutcome = {
  readonly outcome: 'made' | 'known' | 'named'
  readonly reference: string
  /** The import that brought it before. */
  readonly before?: string
}

type Of = { readonly party: string; readonly importId: string }

/**
 * Makes drafts of what a spreadsheet holds, in its order; answers for each. The same file twice makes nothing twice: a draft is known by the hash of
 * its content, name and ordinal, which is unique for a party; taking the draft back frees it.
 */
export async function importDrafts(
  args: Of & { userId: string; drafts: readonly ImportedDraft[] },
  on?: Log,
): Promise<readonly ImportOutcome[]> {
  const log = on ?? (await database())
  const { party, importId, userId, drafts } = args
  const keyed = drafts.map(draft => ({ ...draft, stored: stored(draft.content), key: keyOf(draft) }))
  const known = await log.prisma.draft.findMany({
    where: { party, importKey: { in: keyed.map(({ key }) => key) } },
    select: { importKey: true, reference: true, importId: true },
  })
  const byKey = new Map(known.map(row => [row.importKey, { reference: row.reference, before: row.importId }]))
  const named = await log.prisma.draft.findMany({
    where: {
      party,
      withdrawnAt: null,
      importName: { in: [...new Set(keyed.map(({ name }) => name).filter(Boolean))] },
      NOT: { importId },
    },
    select: { importName: true, reference: true },
  })
  const byName = new Map(named.map(row => [row.importName, row.reference]))
  const now = log.clock()
  const rows: NewRow[] = []
  const outcomes = keyed.map(({ key, name, anyway, stored }, place): ImportOutcome => {
    const same = byKey.get(key)
    if (same?.before === importId) return { outcome: 'made', reference: same.reference }
    if (same) return { outcome: 'known', reference: same.reference, before: same.before ?? '' }
    const other = byName.get(name)
    if (other !== undefined && !anyway) return { outcome: 'named', reference: other }
    const nonce = randomBytes(16).toString('hex')
    const reference = deriveReference({ kind: 'consignment', author: party, nonce })
    byKey.set(key, { reference, before: importId })
    // A millisecond apart, so that they are listed in the order of the file.
    const at = BigInt(now + place)
    rows.push({
      ...{ reference, party, nonce, content: stored, createdBy: userId, createdAt: at, updatedAt: at, version: 1 },
      ...{ importId, importKey: key, importName: name },
    })
    return { outcome: 'made', reference }
  })
  if (rows.length === 0) return outcomes
  try {
    await log.prisma.draft.createMany({ data: rows })
    return outcomes
  } catch (error) {
    // Another tab sent the same just now: then they are known. Anything else comes again.
    const made = await log.prisma.draft.count({
      where: { party, importKey: { in: rows.map(row => row.importKey) } },
    })
    if (made === 0) throw error
    return importDrafts(args, log)
  }
}

type NewRow = {
  readonly reference: string
  readonly party: string
  readonly nonce: string
  readonly content: string
  readonly createdBy: string
  readonly createdAt: bigint
  readonly updatedAt: bigint
  readonly version: number
  readonly importId: string
  readonly importKey: string
  readonly importName: string
}

/** One spelling of equal contents: the order of the schema's members. */
const stored = (content: DraftContent) => JSON.stringify(draftContent.parse(content))

function keyOf({ name, ordinal, content }: ImportedDraft): string {
  return createHash('sha256')
    .update(JSON.stringify([name, ordinal, stored(content)]))
    .digest('hex')
}

/** A consignment of an import as it stands now. */
export type ImportRow = {
  readonly reference: string
  readonly name: string
  readonly content: DraftContent
  readonly standing: 'draft' | 'recorded' | 'withdrawn'
}

/** What an import made, in the order of the file. */
export async function importedRows({ party, importId }: Of, on?: Log): Promise<readonly ImportRow[]> {
  const log = on ?? (await database())
  const rows = await log.prisma.draft.findMany({
    where: { party, importId },
    orderBy: [{ createdAt: 'asc' }, { reference: 'asc' }],
  })
  const chains =
    rows.length === 0
      ? new Map()
      : await readChains(
          log.adapter,
          rows.map(({ reference }) => `consignment/${reference}`),
        )
  return rows.map(({ reference, importName, content, withdrawnAt }) => ({
    reference,
    name: importName ?? '',
    content: draftContent.parse(JSON.parse(content)),
    standing: withdrawnAt !== null ? 'withdrawn' : chains.has(`consignment/${reference}`) ? 'recorded' : 'draft',
  }))
}

/** Drafts among `references` that are still to be signed, in their order. */
export async function draftsToSign(
  { party, references }: { party: string; references: readonly string[] },
  on?: Log,
): Promise<readonly Draft[]> {
  const open = await draftsNamed({ party, references }, on)
  return references.flatMap(reference => open.get(reference) ?? [])
}
