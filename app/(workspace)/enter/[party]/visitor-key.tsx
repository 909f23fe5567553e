'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState } from 'react'
import { hexEncode } from '@/lib/core/bytes.ts'
import { forgetKey, makeKey, proveKey } from '@/lib/device/key.ts'
import { paths } from '@/lib/paths.ts'
import { enrolVisitorKey } from '../actions.ts'

/** Codes of which the page has words of its own. */
const WORDED = ['seeded-key-revoked', 'party-suspended', 'no-storage', 'no-network'] as const
type Problem = (typeof WORDED)[number] | 'other'

/** Makes or finds this browser's key for the party and has it enrolled; '' or the code of what went wrong. */
async function enrol(args: { origin: string; party: string; device: string }): Promise<string> {
  const { origin, party, device } = args
  const key = await makeKey({ origin, party })
  if (!key) return 'no-storage'
  const proof = await proveKey(key, 'admin')
  const asked = { as: party, publicKey: hexEncode(key.publicKey), proof, device }
  const answer = await enrolVisitorKey(asked).catch(() => ({ ok: false as const, code: 'no-network' }))
  return answer.ok ? '' : answer.code
}

type VisitorProps = { origin: string; party: string; device: string; next: string }

/** Runs by itself, once; afterwards the browser is at `next`: where it wanted to go, or where the party's day begins. */
export function VisitorKey({ origin, party, device, next }: VisitorProps) {
  const t = useTranslations()
  const [problem, setProblem] = useState<Problem>()
  const hasBegun = useRef(false)

  const run = useCallback(async () => {
    setProblem(undefined)
    let code = await enrol({ origin, party, device })
    if (code === 'key-revoked' || code === 'key-declined') {
      // Another visitor revoked this browser's key: it makes a new one.
      await forgetKey({ origin, party })
      code = await enrol({ origin, party, device })
    }
    if (code === '') window.location.replace(next)
    else setProblem(WORDED.find(each => each === code) ?? 'other')
  }, [origin, party, device, next])

  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    void run()
  }, [run])

  if (problem === undefined) return <p role="status">{t('enter.making')}</p>
  return (
    <section className="notice grid justify-items-start gap-3" role="alert">
      <div>
        <strong className="block">{t('enter.failedTitle')}</strong>
        <p>{t(`enter.failed.${problem}`)}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="btn" onClick={() => void run()}>
          {t('enter.again')}
        </button>
        <a className="btn" href={paths.enterDemo()}>
          {t('enter.others')}
        </a>
        <a className="btn quiet" href={paths.today(party)}>
          {t('enter.lookAround')}
        </a>
      </div>
    </section>
  )
}
