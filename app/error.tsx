'use client'

import ar from '@/lib/messages/ar/error.json'
import en from '@/lib/messages/en/error.json'
import es from '@/lib/messages/es/error.json'
import fr from '@/lib/messages/fr/error.json'
import { isLocale, LOCALES } from '@/lib/messages/locale.ts'

const WORDS = { en, fr, es, ar }

/** What a visitor sees when a page could not be made. React wants it in the browser, so it brings its few words in every language. */
export default function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const lang = typeof document === 'undefined' ? undefined : document.documentElement.lang
  const words = WORDS[isLocale(lang) ? lang : LOCALES[0]]
  return (
    <main className="mx-auto grid max-w-[640px] gap-4 p-4 pt-16">
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      {error.digest !== undefined && (
        <p>
          {words.number}{' '}
          <bdi dir="ltr" className="code">
            {error.digest}
          </bdi>
        </p>
      )}
      <p>
        <button type="button" className="btn" onClick={retry}>
          {words.again}
        </button>
      </p>
    </main>
  )
}
