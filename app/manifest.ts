import type { MetadataRoute } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { directionOf, isLocale } from '@/lib/messages/locale.ts'
import { paths } from '@/lib/paths.ts'

/** What a phone shows of the site on its home screen, in the language its browser asks for: members keep it there, and browsers keep its keys longer. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const icon = (name: string, size: number) => ({
    src: `/icons/${name}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
  })
  return {
    id: '/',
    name: t('site.name'),
    short_name: t('site.name'),
    description: t('home.metaText'),
    lang: locale,
    dir: isLocale(locale) ? directionOf(locale) : 'ltr',
    start_url: paths.today(),
    scope: '/',
    display: 'standalone',
    background_color: '#fbf9f5',
    theme_color: '#fbf9f5',
    icons: [icon('icon-192', 192), icon('icon-512', 512), { ...icon('icon-maskable-512', 512), purpose: 'maskable' }],
    shortcuts: [
      { name: t('workspace.scan'), url: paths.scan() },
      { name: t('draft.new.title'), url: paths.newConsignment() },
    ],
  }
}
