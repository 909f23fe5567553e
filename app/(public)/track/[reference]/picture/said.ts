import { createTranslator } from 'next-intl'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { ConsignmentView } from '@/lib/core/custody/views.ts'
import { wayOf } from '@/lib/core/custody/way.ts'
import { formatCountry } from '@/lib/format/number.ts'
import site from '@/lib/messages/en/site.json'
import track from '@/lib/messages/en/track.json'
import words from '@/lib/messages/en/words.json'
import { broughtIn } from '../reading.ts'

/** What the two subsets of the font hold. For other letters the library would ask a font service on the network, which we do not. */
const DRAWABLE = /^[\u0020-\u024f\u2010-\u2027\u2030-\u203a]*$/
/**
 * Everything that the picture says. Copies of it lie where nobody can erase them: it names no party, no place and nobody's word, and claims no
 * check. In English, whose letters every such site shows.
 */
export interface PictureText {
  readonly name: string
  readonly goods: string
  readonly count: string
  readonly way: string
  readonly stage: string
  readonly reference: string
  readonly ask: string
}

export function saidIn(view: ConsignmentView): PictureText {
  const t = createTranslator({ locale: 'en', messages: { ...site, ...track, ...words } })
  const [line] = view.lines
  const countries = [...new Set(wayOf(view).stops.map(stop => stop.country))]
  const item = line && DRAWABLE.test(line.item) ? line.item : t('track.about')
  return {
    name: t('site.name'),
    goods: item.length > 70 ? `${item.slice(0, 69)}…` : item,
    count: line ? t(`units.${line.unit}`, { count: broughtIn(line) }) : '',
    way: [...new Set([countries[0], countries.at(-1)])]
      .flatMap(country => (country === undefined ? [] : [formatCountry('en', country)]))
      .join(' – '),
    stage: t(`stages.${view.stage}`),
    reference: formatReference(view.reference),
    ask: t('track.pictureAsk'),
  }
}
