import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { Fragment } from 'react'
import { wrongGroups } from '@/lib/core/custody/near.ts'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { labelStanding } from '@/lib/data/drafts.ts'
import { knownNear } from '@/lib/data/near.ts'
import { paths } from '@/lib/paths.ts'
import { FindForm } from '../../find-form.tsx'
import { LabelMade } from './label-made.tsx'
import { Code } from './names.tsx'
import type { Translate } from './reading.ts'

const MOST_SHOWN = 60

/** A wrong reference says what is wrong with it: misread, misspelled, withdrawn, or simply not in this log. */
export default async function NoConsignment() {
  const [t, asked] = [await getTranslations(), await headers()]
  const typed = typedIn(asked.get('x-path'))
  const read = parseReference(typed)
  if (read.ok && (await labelStanding(read.value)) === 'withdrawn')
    return <LabelMade reference={read.value} standing="withdrawn" />
  const cause = read.ok ? '' : read.code === 'reference-check' ? 'check' : 'malformed'
  const [title, text] =
    cause === ''
      ? ['track.missing.title', 'track.missing.text']
      : [`track.missing.${cause}Title`, `track.missing.${cause}Text`]
  const near = read.ok ? [] : await knownNear(typed)
  return (
    <section className="sheet panel grid max-w-[640px] gap-4">
      <h1>{t(title)}</h1>
      {typed !== '' && (
        <p>
          <span className="text-ink-2">{t('track.missing.typed')}</span>{' '}
          <strong className="text-lg">
            <Code>{read.ok ? formatReference(read.value) : typed.slice(0, MOST_SHOWN)}</Code>
          </strong>
        </p>
      )}
      {near.length > 0 && <Meant t={t} typed={typed} near={near} />}
      <p>{t(text)}</p>
      {cause === 'malformed' && <Malformed t={t} typed={typed} />}
      <FindForm typed={read.ok ? '' : typed.slice(0, MOST_SHOWN)} />
    </section>
  )
}

/** References of this log that are one slip away, with the characters marked that differ. */
function Meant({ t, typed, near }: { t: Translate; typed: string; near: readonly string[] }) {
  const [only] = near
  const groups = near.length === 1 && only !== undefined ? wrongGroups({ typed, reference: only }) : []
  return (
    <div className="notice">
      <p>
        <strong>{t('track.missing.meant')}</strong>
      </p>
      <ul>
        {near.map(reference => (
          <li key={reference}>
            <a href={paths.track(reference)} className="guess" data-keeps-fragment="">
              <bdi dir="ltr" className="code">
                <Differing typed={typed} reference={reference} />
              </bdi>
            </a>
          </li>
        ))}
      </ul>
      {groups.length === 1 && <p>{t('track.missing.group', { group: groups[0] ?? 0 })}</p>}
    </div>
  )
}

function Differing({ typed, reference }: { typed: string; reference: string }) {
  const plain = typed.toUpperCase().replace(/[-\s]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (plain.length !== reference.length) return formatReference(reference)
  return [...reference].map((character, place) => {
    const hyphen = place === 4 || place === 8 ? '-' : ''
    const isSame = character === plain[place]
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: eleven characters that never move
      <Fragment key={place}>
        {hyphen}
        {isSame ? character : <mark>{character}</mark>}
      </Fragment>
    )
  })
}

/** What exactly keeps a text from being a reference. */
function Malformed({ t, typed }: { t: Translate; typed: string }) {
  const plain = typed.replace(/[-\s]/g, '')
  const strange = [...new Set(plain.toUpperCase().replace(/[0-9A-TV-Z]/g, ''))].slice(0, 8)
  const count = [...plain].length
  return (
    <ul className="list-disc ps-5">
      {count !== 11 && <li>{t('track.missing.length', { count })}</li>}
      {strange.length > 0 && <li>{t('track.missing.strange', { characters: strange.join(' ') })}</li>}
    </ul>
  )
}

/** Last part of the requested path, as typed. */
function typedIn(path: string | null): string {
  const last = path?.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
