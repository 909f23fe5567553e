import type { ConsignmentEvent } from '../core/custody/event.ts'
import { type Openings, verifyOpenings } from '../core/custody/sealed.ts'
import { correctionsOf } from '../core/custody/shown.ts'
import type { ConsignmentState, Entry } from '../core/custody/state.ts'
import type { ConsignmentView, PartyView, Shown } from '../core/custody/views.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { type NamedParty, partiesNamed, publicView } from './parties.ts'
import { marks, query } from './sql.ts'
import { statesOf } from './states.ts'

/** What those who take part in a consignment may read beyond what is public. */
export type PrivateOpenings = {
  /** Every sealed text by leaf index and field, as last corrected. */
  readonly fields: ReadonlyMap<number, Readonly<Record<string, string>>>
  readonly names: ReadonlyMap<string, NamedParty>
}

/**
 * Remarks, vehicles, order and waybill numbers, and names withheld from the public, for a party with standing: it signed or is named by a
 * record of this consignment. Undefined for every other party. Whether someone acts for `party` is the caller's to know.
 */
export async function openingsFor(
  { reference, party }: { reference: string; party: string },
  on?: Log,
): Promise<PrivateOpenings | undefined> {
  const log = on ?? (await database())
  const state = (await statesOf(log, [reference])).get(reference)
  if (!state?.standing.has(party)) return undefined
  const openings = await readOpenings(log, state)
  const fields = new Map<number, Record<string, string>>()
  for (const entry of state.chain) {
    const shown: Record<string, string> = {}
    for (const each of [entry, ...correctionsOf(state, entry)]) {
      for (const [field, { value }] of Object.entries(openings.get(each.recorded.index) ?? {})) shown[field] = value
    }
    if (Object.keys(shown).length > 0) fields.set(entry.recorded.index, shown)
  }
  return { fields, names: await partiesNamed([...state.standing], log) }
}

/** Openings of the whole chain, by leaf index; one that does not fit what was signed is left out. */
async function readOpenings(log: Log, state: ConsignmentState): Promise<ReadonlyMap<number, Openings>> {
  const entries = new Map(state.chain.map(entry => [entry.recorded.index, entry]))
  const sql = `SELECT "leafIndex", "field", "salt", "value" FROM "Opening" WHERE "leafIndex" IN (${marks(entries.size)})`
  const openings = new Map<number, Openings>()
  for (const [index, field, salt, value] of await query(log.adapter, sql, [...entries.keys()])) {
    const opening = { [String(field)]: { salt: String(salt), value: String(value) } }
    const entry = entries.get(Number(index)) as Entry<ConsignmentEvent>
    if (!verifyOpenings(entry.acting, opening).ok) continue
    openings.set(Number(index), { ...openings.get(Number(index)), ...opening })
  }
  return openings
}

/** The public view with everything filled in that `openings` open. */
export function withOpenings(view: ConsignmentView, { fields, names }: PrivateOpenings): ConsignmentView {
  const opened = (index: number, field: string, shown: Shown): Shown => {
    const value = fields.get(index)?.[field]
    return value === undefined ? shown : { value }
  }
  const donorIn = (line: string) => [...fields.values()].find(each => each[`donor/${line}`])?.[`donor/${line}`]
  return {
    ...view,
    parties: view.parties.map(each => partyViewFor({ named: names.get(each.reference), isPart: true }) ?? each),
    events: view.events.map(event => ({
      ...event,
      fields: Object.fromEntries(
        Object.entries(event.fields).map(([field, shown]) => [field, opened(event.index, field, shown)]),
      ),
    })),
    handoffs: view.handoffs.map(handoff =>
      handoff.via ? { ...handoff, via: opened(handoff.releaseIndex, 'via', handoff.via) } : handoff,
    ),
    lines: view.lines.map(line => {
      const name = line.donor && 'name' in line.donor ? donorIn(line.id) : undefined
      return name === undefined ? line : { ...line, donor: { name: { value: name } } }
    }),
  }
}

/** A party as a member sees it: with its name where both take part in something (`isPart`) or the name is public. */
export function partyViewFor({
  named,
  isPart,
}: {
  named: NamedParty | undefined
  isPart: boolean
}): PartyView | undefined {
  if (!named || !isPart || named.isPublic) return named && publicView(named)
  const isRemoved = named.name === named.reference
  return { reference: named.reference, name: isRemoved ? { absent: 'removed' } : { value: named.name } }
}
