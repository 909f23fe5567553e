import { getTranslations } from 'next-intl/server'
import { tooManyFiles } from '@/app/api/too-many.ts'
import { unlessAway } from '@/app/api/unless-away.ts'
import { asking } from '@/lib/auth/actor.ts'
import { labelsPdf } from '@/lib/papers/label-pdf.ts'
import { paths } from '@/lib/paths.ts'
import { sheetIn } from '../../consignments/[reference]/label/sheet.ts'
import { chosenIn, labelsOf, partsOf } from '../chosen.ts'

/** The one date that a file of labels knows: printed again it is the same file, byte for byte. */
const NO_DATE = Date.UTC(2026, 0, 1)

/**
 * Labels as a PDF: 401 without a session, 404 where there are none that the actor has a part in. Where a letter has no face in the PDF the answer leads
 * back to the page, which says so and prints from the browser.
 */
export const GET = unlessAway(async (request: Request) => {
  const asked = new URL(request.url).searchParams
  const params = Object.fromEntries([...new Set(asked.keys())].map(name => [name, asked.getAll(name)]))
  const as = asked.get('as') ?? undefined
  const who = await asking(as)
  if (who.kind === 'nobody') return new Response(null, { status: 401 })
  if (who.kind !== 'actor') return new Response(null, { status: 404 })
  const beyond = await tooManyFiles(who.actor.person)
  if (beyond) return beyond
  const { references } = await chosenIn({ ...params, import: asked.get('import') ?? undefined }, who.actor)
  const sheet = sheetIn(
    { ...Object.fromEntries(asked), marks: asked.getAll('marks').join(',') },
    { isOne: references.length === 1 },
  )
  const part = Math.max(1, Number.parseInt(asked.get('part') ?? '1', 10) || 1)
  const chosen = partsOf(references, sheet)[part - 1] ?? []
  const labels = await labelsOf({ actor: who.actor, references: chosen, sheet })
  const [first] = labels
  if (!first) return new Response(null, { status: 404 })
  const t = await getTranslations()
  const start = part === 1 ? sheet.start : 1
  const pdf = await labelsPdf({ labels, sheet: sheet.sheet, start, title: t('label.title'), date: NO_DATE })
  const [only] = references
  if (!pdf.ok) {
    const page =
      references.length === 1 && only !== undefined
        ? paths.labels(only, as, { pdf: pdf.code })
        : `/labels?${new URLSearchParams([...asked, ['pdf', pdf.code]])}`
    return new Response(null, { status: 303, headers: { location: page } })
  }
  const name = references.length === 1 ? `label-${first.text.reference}` : `labels-${part}`
  return new Response(Buffer.from(pdf.value), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name}.pdf"`,
      'cache-control': 'private, no-store',
    },
  })
})
