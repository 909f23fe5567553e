import type { ReactNode } from 'react'

type Option<Value extends string> = { readonly value: Value; readonly label: ReactNode; readonly isDisabled?: boolean }

/** One of a few, as chips: a group of radios. With `onChoose` its `value` is its owner's; without, it is part of a form and starts at `value`. */
export function Choice<Value extends string>(props: {
  readonly name: string
  readonly legend: ReactNode
  readonly options: readonly Option<Value>[]
  readonly value?: Value | undefined
  readonly onChoose?: (value: Value) => void
  readonly isLegendHidden?: boolean
  readonly isRequired?: boolean
}) {
  const { name, legend, options, value, onChoose, isLegendHidden, isRequired } = props
  return (
    <fieldset className="min-w-0">
      <legend className={isLegendHidden ? 'sr-only' : 'mb-1.5 font-semibold'}>{legend}</legend>
      <div className="choices">
        {options.map(option => (
          <label key={option.value} className="choice">
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.isDisabled}
              required={isRequired}
              {...(onChoose
                ? { checked: value === option.value, onChange: () => onChoose(option.value) }
                : { defaultChecked: value === option.value })}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
