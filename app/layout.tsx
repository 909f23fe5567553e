import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '@fontsource-variable/noto-sans-arabic/wght.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { directionOf, isLocale } from '@/lib/messages/locale.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return {
    title: { default: t('home.metaTitle'), template: `%s · ${t('site.name')}` },
    description: t('home.metaText'),
    robots: { index: true, follow: true },
  }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf9f5' },
    { media: '(prefers-color-scheme: dark)', color: '#171410' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  return (
    <html lang={locale} dir={isLocale(locale) ? directionOf(locale) : 'ltr'}>
      <body>{children}</body>
    </html>
  )
}
