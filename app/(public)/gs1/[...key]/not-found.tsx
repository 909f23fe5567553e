import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { parseGs1Path } from '@/lib/core/custody/gs1.ts'
import { FindForm } from '../../find-form.tsx'

/** A GS1 key that no label here carries, or that is none: says which, and how to go on. */
export default async function NoGs1Key() {
  const [t, asked] = [await getTranslations(), (await headers()).get('x-path') ?? '']
  const path = asked.replace(/^\/gs1\//, '')
  const read = parseGs1Path(path)
  const cause = read.ok ? 'unknown' : read.code === 'gs1-check-digit' ? 'check' : 'malformed'
  return (
    <section className="sheet panel grid max-w-[40rem] gap-4">
      <h1>{t(`papers.gs1.missing.${cause}.title`)}</h1>
      <p>
        <bdi dir="ltr" className="code break-all">
          {path.slice(0, 90)}
        </bdi>
      </p>
      <p>{t(`papers.gs1.missing.${cause}.text`)}</p>
      <FindForm typed="" />
    </section>
  )
}
