import { getTranslations } from 'next-intl/server'
import { paths } from '@/lib/paths.ts'
import { FindForm } from './(public)/find-form.tsx'
import { PublicFrame } from './(public)/public-frame.tsx'

export default async function NotFound() {
  const t = await getTranslations()
  return (
    <PublicFrame>
      <section className="sheet panel grid max-w-[640px] gap-4">
        <h1>{t('errors.notFoundTitle')}</h1>
        <p>{t('errors.notFound')}</p>
        <FindForm />
        <p>
          <a href={paths.home()}>{t('errors.backHome')}</a>
        </p>
      </section>
    </PublicFrame>
  )
}
