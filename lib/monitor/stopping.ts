import { processWide } from './process-wide.ts'

/** What hangs, a mail server or a slow visitor, must not keep what comes after from ending in order. */
const STEP_MILLISECONDS = 3000

type Stopping = { isStopping: boolean; readonly steps: { name: string; stop: () => Promise<void> }[] }
const state = () => processWide('stopping', (): Stopping => ({ isStopping: false, steps: [] }))

/**
 * Registers what must end in order before this process does. What was registered last ends first: it may use what was there before it. `stop`
 * resolves once it is done; what it throws is logged and keeps nothing else from ending.
 */
export function onStop(name: string, stop: () => Promise<void>): void {
  state().steps.push({ name, stop })
}

/** True from the first signal on: nothing new is taken in. */
export function isStopping(): boolean {
  return state().isStopping
}

/**
 * Ends everything registered, one after the other; a step that takes longer than three seconds is left to itself, the last one excepted. Names of the
 * steps that failed or took too long, with why.
 */
export async function stopAll(onStep: (name: string) => void = () => {}): Promise<{ name: string; error: unknown }[]> {
  const stopping = state()
  stopping.isStopping = true
  const failed: { name: string; error: unknown }[] = []
  for (let step = stopping.steps.pop(); step !== undefined; step = stopping.steps.pop()) {
    onStep(step.name)
    const { name } = step
    const isLast = stopping.steps.length === 0
    await (isLast ? step.stop() : inTime(step.stop())).catch((error: unknown) => failed.push({ name, error }))
  }
  return failed
}

function inTime(step: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not done within ${STEP_MILLISECONDS} ms`)), STEP_MILLISECONDS)
    step.then(resolve, reject).finally(() => clearTimeout(late))
  })
}
