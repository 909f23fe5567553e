import type { PartyView } from '../core/custody/views.ts'
import { tryFoldChain } from '../core/evidence/fold.ts'
import { database } from './database.ts'
import { type Place, readSubjects } from './key-records.ts'
import type { Log } from './log-state.ts'

/** A registered party with its name as those who deal with it see it. `isPublic`: anyone may see the name. */
export type NamedParty = {
  readonly reference: string
  readonly type: 'organisation' | 'person'
  /** The reference where the name was removed. */
  readonly name: string
  readonly isPublic: boolean
  readonly isSuspended: boolean
}

/** Parties by reference, names opened: for signed-in members only. Unknown references are left out. */
export async function partiesNamed(references: readonly string[], on?: Log): Promise<ReadonlyMap<string, NamedParty>> {
  const log = on ?? (await database())
  const rows = await log.prisma.party.findMany({ where: { reference: { in: [...new Set(references)] } } })
  return new Map((await withNames(log, rows)).map(party => [party.reference, party]))
}

/** Every party of the log that may be named in a release, by name: for signed-in members only. Persons whose name is withheld are listed by reference alone. */
export async function partyDirectory(on?: Log): Promise<readonly NamedParty[]> {
  const log = on ?? (await database())
  const parties = await withNames(log, await log.prisma.party.findMany())
  return parties.map(asListed).sort((a, b) => a.name.localeCompare(b.name))
}

/**
 * The parties of a consignment (`standing`), and `party` itself, as the members of `party` may read them: by name where it takes part, else as they
 * stand in the directory.
 */
export async function partiesTakingPart(
  { standing, party }: { standing: ReadonlySet<string>; party: string },
  on?: Log,
): Promise<readonly NamedParty[]> {
  const named = [...(await partiesNamed([...standing, party], on)).values()]
  return standing.has(party) ? named : named.map(each => (each.reference === party ? each : asListed(each)))
}

/** A person whose name is withheld is a reference to whoever has nothing to do with them. */
function asListed(party: NamedParty): NamedParty {
  return party.isPublic || party.type === 'organisation' ? party : { ...party, name: party.reference }
}

/** A party with what the log says of it. `name` is for those who deal with it: {@link publicView} before anyone else reads it. */
export type PartyRecord = NamedParty & {
  readonly registered: Place
  /** Set while it is suspended. */
  readonly suspended?: Place & { readonly reason: string }
  /** Event hash that the next statement about it names as `after`. */
  readonly head: string
}

/** One party; undefined where the log knows none of this reference. */
export async function partyRecord(reference: string, on?: Log): Promise<PartyRecord | undefined> {
  const log = on ?? (await database())
  const named = (await partiesNamed([reference], log)).get(reference)
  const subject = `party/${reference}`
  const folded = tryFoldChain(subject, (await readSubjects(log, [subject])).get(subject) ?? [])
  if (!named || folded?.about !== 'party') return undefined
  const records = folded.state.chain.map(entry => entry.recorded)
  const [first] = records
  const last = records.at(-1)
  const suspension = folded.state.suspended ? records.findLast(each => each.event.kind === 'suspend') : undefined
  return {
    ...named,
    registered: { leafIndex: first?.index ?? 0, recordedAt: first?.recordedAt ?? 0 },
    ...(suspension?.event.kind === 'suspend' && {
      suspended: {
        leafIndex: suspension.index,
        recordedAt: suspension.recordedAt,
        reason: suspension.event.body.reason,
      },
    }),
    head: last?.hash ?? '',
  }
}

/** {@link partyRecord} as the directory of members has it. */
export async function listedParty(reference: string, on?: Log): Promise<PartyRecord | undefined> {
  const party = await partyRecord(reference, on)
  return party && { ...party, name: asListed(party).name }
}

/** The same party as anyone may see it. */
export function publicView({ reference, name, isPublic }: NamedParty): PartyView {
  return { reference, name: isPublic ? { value: name } : { absent: 'withheld' } }
}

type Row = { reference: string; type: string; suspended: boolean; nameLeaf: number }

async function withNames(log: Log, rows: readonly Row[]): Promise<NamedParty[]> {
  const openings = await log.prisma.opening.findMany({
    where: { field: 'name', leafIndex: { in: rows.map(row => row.nameLeaf) } },
  })
  const byLeaf = new Map(openings.map(opening => [opening.leafIndex, opening]))
  return rows.map(({ reference, type, suspended, nameLeaf }) => {
    const opening = byLeaf.get(nameLeaf)
    return {
      reference,
      type: type as NamedParty['type'],
      name: opening?.value ?? reference,
      isPublic: opening?.isPublic ?? false,
      isSuspended: suspended,
    }
  })
}
