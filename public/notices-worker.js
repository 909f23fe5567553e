// Shows what the server pushes, and opens what it is about. Nothing else: no requests are answered, nothing is kept. A message is the server's own
// (lib/notices/letters.ts), encrypted for this browser; one that cannot be read still has to be shown, because browsers insist.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

self.addEventListener('push', event => {
  const { title, body, tag, path, lang, dir } = read(event.data)
  event.waitUntil(
    self.registration.showNotification(title, { body, tag, lang, dir, icon: '/icon.svg', data: { path } }),
  )
})

self.addEventListener('notificationclick', event => {
  event.notification.close()
  const url = new URL(event.notification.data?.path ?? '/notices', self.location.origin)
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href))
})

function read(data) {
  try {
    const message = data.json()
    if (typeof message.title === 'string' && typeof message.path === 'string') return message
  } catch {
    // Falls through to what can always be said.
  }
  return { title: 'Throughline', body: '', tag: 'notices', path: '/notices', lang: 'en', dir: 'ltr' }
}
