'use client'

import ar from '@/lib/messages/ar/error.json'
import en from '@/lib/messages/en/error.json'

/** What a visitor sees when a page could not be made. React wants it in the browser, so it brings its few words in both languages. */
export default function PageError({ retry }: { retry: () => void }) {
  const words = typeof document !== 'undefined' && document.documentElement.lang === 'ar' ? ar : en
  return (
    <main className="mx-auto grid max-w-[640px] gap-4 p-4 pt-16">
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <p>
        <button type="button" className="btn" onClick={retry}>
          {words.again}
        </button>
      </p>
    </main>
  )
}
