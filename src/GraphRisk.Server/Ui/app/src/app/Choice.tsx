import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';

export interface Option {
  id: string;
  text: string;
  /** A second, quieter line. */
  note?: string;
}

/** One of several, by keyboard, pointer or screen reader. */
export function Choice({ label, value, options, onChange, isLabelShown }: {
  label: string; value: string | null; options: readonly Option[]; onChange: (id: string) => void; isLabelShown?: boolean;
}) {
  return (
    <Select
      className="choice"
      aria-label={isLabelShown ? undefined : label}
      value={value}
      onChange={(id) => id !== null && onChange(String(id))}
      placeholder="–"
    >
      {isLabelShown && <Label>{label}</Label>}
      <Button className="choice-button">
        <SelectValue>{({ selectedText, defaultChildren }) => options.find((one) => one.id === value)?.text ?? selectedText ?? defaultChildren}</SelectValue>
        <span aria-hidden="true" className="chevron">▾</span>
      </Button>
      <Popover className="popover">
        <ListBox className="list" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.text} className="list-item">
              {option.text}
              {option.note && <small>{option.note}</small>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
