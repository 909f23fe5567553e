import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { FindForm } from '../../find-form.tsx'
import { Code } from './names.tsx'

/** A wrong reference says what is wrong with it: misread, misspelled, or simply not in this log. */
export default async function NoConsignment() {
  const [t, asked] = [await getTranslations(), await headers()]
  const typed = typedIn(asked.get('x-path'))
  const read = parseReference(typed)
  const cause = read.ok ? '' : read.code === 'reference-check' ? 'check' : 'malformed'
  const [title, text] =
    cause === ''
      ? ['track.missing.title', 'track.missing.text']
      : [`track.missing.${cause}Title`, `track.missing.${cause}Text`]
  return (
    <section className="sheet panel grid max-w-[640px] gap-4">
      <h1>{t(title)}</h1>
      {typed !== '' && (
        <p>
          <span className="text-ink-2">{t('track.missing.typed')}</span>{' '}
          <strong className="text-lg">
            <Code>{read.ok ? formatReference(read.value) : typed.slice(0, 60)}</Code>
          </strong>
        </p>
      )}
      <p>{t(text)}</p>
      <FindForm typed={read.ok ? '' : typed.slice(0, 60)} />
    </section>
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
