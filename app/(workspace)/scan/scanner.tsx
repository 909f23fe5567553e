'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { type ReadCode, readCode } from '@/lib/device/scan/read-code.ts'
import { signalRead } from '@/lib/device/scan/watch.ts'
import { paths } from '@/lib/paths.ts'
import { Finder } from './finder.tsx'
import { isOther, Reading } from './reading.tsx'
import { TypedReference } from './typed-reference.tsx'

export type Way = { readonly reference: string; readonly href: string }

const NOTHING: ReadCode = { what: 'nothing' }

/** Where a code that is ours leads; what opens an open release stays behind the #, which no server sees. */
function wayOf(code: ReadCode, as: string | undefined): Way | undefined {
  if (code.what === 'consignment') return { reference: code.reference, href: paths.scanned(code.reference, as) }
  if (code.what !== 'claim') return undefined
  const { reference, release, seed } = code
  return { reference, href: `${paths.scanned(reference, as, release)}#s=${seed}` }
}

type ScannerProps = {
  as: string | undefined
  /** That of this log's key, by which its labels are known. */
  fingerprint: string
  /** What was scanned before and led to no consignment; its label may still be in view, so the camera does not go there again. */
  answered: string | undefined
  /** What was said of it. */
  children: ReactNode
}

/** Camera and typed reference, one as good as the other. */
export function Scanner({ as, fingerprint, answered, children }: ScannerProps) {
  const t = useTranslations()
  const [seen, setSeen] = useState<ReadCode>(NOTHING)
  const [typed, setTyped] = useState<ReadCode>(NOTHING)
  const [ways, setWays] = useState<readonly Way[]>([])
  const [going, setGoing] = useState<Way>()
  const [isLate, setLate] = useState(false)

  // Come back to by the browser's own button: the page is as it was left, and looks again.
  useEffect(() => {
    const back = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return
      setGoing(undefined)
      setWays([])
    }
    window.addEventListener('pageshow', back)
    return () => window.removeEventListener('pageshow', back)
  }, [])

  const read = (text: string) => readCode(text, { fingerprint, host: window.location.host })
  const go = (way: Way) => {
    setGoing(way)
    setWays([])
    signalRead()
    window.location.assign(way.href)
  }
  const onCodes = (texts: readonly string[]) => {
    if (going) return
    const codes = texts.map(read).filter(code => code.what !== 'nothing')
    const found = codes.flatMap(code => wayOf(code, as) ?? [])
    const different = [...new Map(found.map(way => [way.href, way])).values()].filter(way => way.reference !== answered)
    const [only] = different
    if (only && different.length === 1) go(only)
    else if (different.length > 1) setWays(different)
    else if (found.length === 0) setSeen(codes[0] ?? NOTHING)
  }
  const onTyped = (text: string) => {
    const code = read(text)
    const way = wayOf(code, as)
    setTyped(code)
    if (way) go(way)
  }
  return (
    <>
      {seen.what === 'nothing' && typed.what === 'nothing' && children}
      <Finder onCodes={onCodes} onLate={() => setLate(true)} read={going?.reference} isResting={ways.length > 0} />
      {ways.length > 0 && (
        <section className="notice grid gap-2" role="status">
          <strong>{t('scan.several')}</strong>
          {ways.map(way => (
            <button key={way.href} type="button" className="btn" onClick={() => go(way)}>
              <bdi dir="ltr" className="code text-lg">
                {formatReference(way.reference)}
              </bdi>
            </button>
          ))}
          <button type="button" className="btn quiet" onClick={() => setWays([])}>
            {t('scan.lookAgain')}
          </button>
        </section>
      )}
      <Reading seen={seen} />
      <TypedReference as={as} onTyped={onTyped} isUrged={isLate} isWrong={isOther(typed)} />
      <Reading seen={typed} />
    </>
  )
}
