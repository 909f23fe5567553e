import { expect, test } from '@playwright/test'
import { isPushEndpoint } from './push-hosts.ts'

test('push is posted to the services of the browsers there are', () => {
  for (const endpoint of [
    'https://fcm.googleapis.com/fcm/send/dx:APA91b',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
    'https://web.push.apple.com/QNAK',
    'https://wns2-par02p.notify.windows.com/w/?token=BQYA',
  ])
    expect(isPushEndpoint(endpoint), endpoint).toBe(true)
})

test('no browser makes this server post anywhere else, not even inside its own network', () => {
  for (const endpoint of [
    'http://fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com:8443/x',
    'https://user:secret@fcm.googleapis.com/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evilnotify.windows.com.example/x',
    'https://notify.windows.com@10.0.0.1/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/x',
    'https://10.0.0.7/x',
    'https://example.org/push',
    'file:///etc/passwd',
    'not an address',
    `https://fcm.googleapis.com/${'x'.repeat(2000)}`,
  ])
    expect(isPushEndpoint(endpoint), endpoint).toBe(false)
})

test('an operator may name another service, by its whole origin', () => {
  const allowed = ['https://push.example.org']
  expect(isPushEndpoint('https://push.example.org/a', allowed)).toBe(true)
  expect(isPushEndpoint('https://push.example.org:444/a', allowed)).toBe(false)
  expect(isPushEndpoint('http://push.example.org/a', allowed)).toBe(false)
})
