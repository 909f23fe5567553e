import { getLocale, getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/actor.ts'
import { packingOf } from '@/lib/core/custody/draft.ts'
import type { Gs1Path } from '@/lib/core/custody/gs1.ts'
import type { Unit } from '@/lib/core/custody/quantity.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { statesNow } from '@/lib/data/acting.ts'
import { draftsNamed } from '@/lib/data/drafts.ts'
import { gs1KeysOf } from '@/lib/data/gs1.ts'
import { logSummary } from '@/lib/data/log.ts'
import { type NamedParty, partiesNamed } from '@/lib/data/parties.ts'
import { env } from '@/lib/env.ts'
import type { LabelText } from '@/lib/format/label-picture.ts'
import type { Mark } from '@/lib/format/marks.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { paths } from '@/lib/paths.ts'
import { actorMay } from '../../../_ui/require-actor.ts'

const LINES_NAMED = 4

type Labelled = { readonly from: string; readonly to: string | undefined; readonly lines: readonly Line[] }
type Line = { readonly item: string; readonly unit: string; readonly quantity: string }
type Asked = { readonly actor: Actor; readonly references: readonly string[]; readonly marks: readonly Mark[] }

/** {@link labelTexts} of one consignment; undefined for whoever has no part in it. */
export async function labelText(
  asked: Omit<Asked, 'references'> & { reference: string },
): Promise<LabelText | undefined> {
  const { reference, ...others } = asked
  return (await labelTexts({ ...others, references: [reference] })).get(reference)
}

/**
 * What stands on the labels of consignments, and of drafts of one's own party, by reference; what the actor has no part in is left out. Names that
 * are withheld from the public stand there as references: anyone who sees the parcel reads it.
 */
export async function labelTexts({ actor, references, marks }: Asked): Promise<ReadonlyMap<string, LabelText>> {
  const [labelled, log, keys] = await Promise.all([labelledFor(actor, references), logSummary(), gs1KeysOf(references)])
  if (!log) return new Map()
  const [t, locale, parties] = await Promise.all([
    getTranslations(),
    getLocale(),
    partiesNamed([...labelled.values()].flatMap(({ from, to }) => (to === undefined ? [from] : [from, to]))),
  ])
  const { fingerprint } = log
  const textOf = (reference: string, { from, to, lines }: Labelled): LabelText => {
    const said = lines.map(({ item, unit, quantity }) =>
      t('draft.goods', { quantity: t(`units.${unit as Unit}`, { count: Number(quantity) }), item }),
    )
    const shown = said.length > LINES_NAMED ? said.slice(0, LINES_NAMED - 1) : said
    const rest = said.length - shown.length
    const key = keys.get(reference)
    const address = key ? paths.gs1Label({ path: key.path, fingerprint }) : paths.label({ reference, fingerprint })
    return {
      address: env().publicUrl + address,
      reference: formatReference(reference),
      fingerprint,
      fingerprintTitle: t('label.logKey'),
      fromTitle: t('label.from'),
      from: publicName(parties, from),
      toTitle: t('label.to'),
      to: to === undefined ? t('label.open') : publicName(parties, to),
      goods: rest > 0 ? [...shown, t('label.more', { lines: rest, count: formatNumber(locale, rest) })] : shown,
      marks: marks.map(mark => ({ mark, title: t(`label.mark.${mark}`) })),
      ...(key && { gs1: gs1Said(key) }),
      isRightToLeft: locale === 'ar',
    }
  }
  return new Map([...labelled].map(([reference, each]) => [reference, textOf(reference, each)]))
}

/** As people read it beside a code: `(01) 09521234543213 (10) A1`. */
export function gs1Said({ kind, key, qualifiers }: Gs1Path): string {
  const parts = [[kind === 'sscc' ? '00' : '01', key], ...qualifiers]
  return parts.map(([code, value]) => `(${code}) ${value}`).join(' ')
}

function publicName(parties: ReadonlyMap<string, NamedParty>, reference: string): string {
  const party = parties.get(reference)
  return party?.isPublic ? party.name : formatReference(reference)
}

/** In the order asked for. */
async function labelledFor(actor: Actor, references: readonly string[]): Promise<ReadonlyMap<string, Labelled>> {
  const party = actor.party.party
  const states = await statesNow(references)
  const left = references.filter(reference => !states.has(reference))
  const drafts = actorMay(actor, 'draft') ? await draftsNamed({ party, references: left }) : undefined
  return new Map(
    references.flatMap((reference): [string, Labelled][] => {
      const state = states.get(reference)
      if (state) {
        if (!state.standing.has(party)) return []
        const lines = state.chain.flatMap(({ acting }) =>
          acting.kind === 'pack' || acting.kind === 'report' ? (acting.body.lines ?? []) : [],
        )
        return [[reference, { from: state.founder, to: state.consignee, lines }]]
      }
      const draft = drafts?.get(reference)
      if (!draft) return []
      const { lines, consignee } = packingOf(draft.content).packing.body
      return [[reference, { from: party, to: consignee, lines }]]
    }),
  )
}
