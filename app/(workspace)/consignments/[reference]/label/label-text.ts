import { getLocale, getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/actor.ts'
import { packingOf } from '@/lib/core/custody/draft.ts'
import type { Unit } from '@/lib/core/custody/quantity.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { actingOn } from '@/lib/data/acting.ts'
import { draftOf } from '@/lib/data/drafts.ts'
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

/**
 * What stands on the label of a consignment, or of a draft of one's own party; undefined for whoever has no part in it. Names that are withheld
 * from the public stand there as references: anyone who sees the parcel reads it.
 */
export async function labelText({
  actor,
  reference,
  marks,
}: {
  actor: Actor
  reference: string
  marks: readonly Mark[]
}): Promise<LabelText | undefined> {
  const [labelled, log] = await Promise.all([labelledFor(actor, reference), logSummary()])
  if (!labelled || !log) return undefined
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { from, to, lines } = labelled
  const parties = await partiesNamed(to === undefined ? [from] : [from, to])
  const said = lines.map(({ item, unit, quantity }) =>
    t('draft.goods', { quantity: t(`units.${unit as Unit}`, { count: Number(quantity) }), item }),
  )
  const shown = said.length > LINES_NAMED ? said.slice(0, LINES_NAMED - 1) : said
  const rest = said.length - shown.length
  return {
    address: env().publicUrl + paths.label({ reference, fingerprint: log.fingerprint }),
    reference: formatReference(reference),
    fingerprint: log.fingerprint,
    fingerprintTitle: t('label.logKey'),
    fromTitle: t('label.from'),
    from: publicName(parties, from),
    toTitle: t('label.to'),
    to: to === undefined ? t('label.open') : publicName(parties, to),
    goods: rest > 0 ? [...shown, t('label.more', { lines: rest, count: formatNumber(locale, rest) })] : shown,
    marks: marks.map(mark => ({ mark, title: t(`label.mark.${mark}`) })),
    isRightToLeft: locale === 'ar',
  }
}

function publicName(parties: ReadonlyMap<string, NamedParty>, reference: string): string {
  const party = parties.get(reference)
  return party?.isPublic ? party.name : formatReference(reference)
}

async function labelledFor(actor: Actor, reference: string): Promise<Labelled | undefined> {
  const party = actor.party.party
  const acting = await actingOn(reference)
  if (acting) {
    const { state } = acting
    if (!state.standing.has(party)) return undefined
    const lines = state.chain.flatMap(({ acting }) =>
      acting.kind === 'pack' || acting.kind === 'report' ? (acting.body.lines ?? []) : [],
    )
    return { from: state.founder, to: state.consignee, lines }
  }
  const draft = await draftOf(reference)
  if (!draft || draft.isWithdrawn || draft.party !== party || !actorMay(actor, 'draft')) return undefined
  const { lines, consignee } = packingOf(draft.content).packing.body
  return { from: party, to: consignee, lines }
}
