import 'server-only'
import { database } from '../data/database.ts'
import { readPushKeys } from '../data/push-keys.ts'
import { type Env, env } from '../env.ts'
import { isMailOn, sendLetter } from '../mail/transport.ts'
import { logger } from '../monitor/logger.ts'
import { processWide } from '../monitor/process-wide.ts'
import { isStopping, onStop } from '../monitor/stopping.ts'
import { deliverDue, type Outlet, tellWaiting } from './deliver.ts'
import type { PushSender } from './push.ts'

/** Looks for what is due at least so often, milliseconds: retries, and what other processes recorded. */
const LOOK = 20_000
/** Looks for releases that wait at least so often. */
const LOOK_FOR_WAITING = 60 * 60_000
/** A process that ends waits so long for what it is sending, milliseconds. */
const STOPPING = 5_000

type Worker = {
  running: Promise<void> | undefined
  timer: NodeJS.Timeout | undefined
  /** Something was told since the look that is under way began. */
  isWoken: boolean
  lookedForWaiting: number
  isStarted: boolean
}

/** How this process posts to push services; undefined where no keys were made for it. */
export function pushSender(settings: Env = env()): PushSender | undefined {
  const { dataDir, publicUrl, pushHosts, mailFrom } = settings
  const keys = readPushKeys(dataDir)
  if (!keys) return undefined
  const address = /<(.+)>$/.exec(mailFrom ?? '')?.[1] ?? mailFrom
  const isPublic = publicUrl.startsWith('https:')
  const contact = address
    ? `mailto:${address}`
    : isPublic
      ? publicUrl
      : `mailto:throughline@${new URL(publicUrl).hostname}`
  return { keys, contact, hosts: pushHosts }
}

/** The key that a browser subscribes with; undefined where push is off. */
export function pushKey(): string | undefined {
  return pushSenderIfAny()?.keys.publicKey
}

/**
 * Starts delivering notices in this process, once, until it ends: after each event that tells somebody something, and every now and then. What
 * fails is logged and tried again; a process that stops ends what it is sending.
 */
export async function startNotices(): Promise<void> {
  const log = await database()
  const worker = processWide('notices', (): Worker => {
    return { running: undefined, timer: undefined, isWoken: false, lookedForWaiting: 0, isStarted: false }
  })
  if (worker.isStarted) return
  worker.isStarted = true
  const outlet: Outlet = {
    log,
    site: env().publicUrl,
    post: isMailOn() ? sendLetter : undefined,
    push: pushSenderIfAny(),
    random: Math.random,
    isStopping,
  }
  log.onNotices = () => look(worker, outlet)
  onStop('notices', async () => {
    log.onNotices = undefined
    clearTimeout(worker.timer)
    await Promise.race([worker.running, patience()])
  })
  look(worker, outlet)
}

/** A file that holds no keys is no reason not to serve: letters and the inbox do without. */
function pushSenderIfAny(): PushSender | undefined {
  try {
    return pushSender()
  } catch (error) {
    logger('notices').error({ code: 'push-keys-unreadable', err: error }, 'push is off')
    return undefined
  }
}

/** What is still under way after that stays claimed, and is due again after its lease. */
function patience(): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, STOPPING).unref()
  })
}

function look(worker: Worker, outlet: Outlet): void {
  if (worker.running) {
    worker.isWoken = true
    return
  }
  clearTimeout(worker.timer)
  worker.isWoken = false
  worker.running = once(worker, outlet).finally(() => {
    worker.running = undefined
    if (isStopping()) return
    // What was told meanwhile is looked for at once, the rest in its time.
    worker.timer = setTimeout(() => look(worker, outlet), worker.isWoken ? 0 : LOOK)
    worker.timer.unref()
  })
}

async function once(worker: Worker, outlet: Outlet): Promise<void> {
  try {
    const now = outlet.log.clock()
    if (now - worker.lookedForWaiting >= LOOK_FOR_WAITING) {
      await tellWaiting(outlet)
      worker.lookedForWaiting = now
    }
    await deliverDue(outlet)
  } catch (error) {
    logger('notices').error({ code: 'notices-failed', err: error }, 'looking for notices failed; it is tried again')
  }
}
