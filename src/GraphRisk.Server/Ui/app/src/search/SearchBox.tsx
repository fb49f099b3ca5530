import { useEffect, useRef, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { useAnswer } from '../api/answer';
import { SearchDocument } from '../api/generated/graphql';
import { partyPath } from '../app/Link';
import { useAddress, useTimes } from '../app/times';
import { useCode, useText } from '../text/text';
import { hitOf, sought, type Hit } from './hits';

/** Milliseconds without a key after which what was typed is looked for. */
const pause = 180;

/** Search from anywhere: `/` leads here, arrows choose, Enter without a choice shows all hits. */
export function SearchBox() {
  const { t, language } = useText();
  const code = useCode();
  const [times] = useTimes();
  const address = useAddress();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [typed, type] = useState('');
  const [text, look] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => look(typed.trim().slice(0, 200)), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const answer = useAnswer(SearchDocument, { text, first: 10, types: [...sought], language: language === 'zh' ? 'ZH' : 'EN', ...times }, { pause: text === '' });
  const hits = text === '' ? [] : (answer.data?.search?.edges ?? []).flatMap((edge) => hitOf(edge) ?? []);
  const open = (hit: Hit) => {
    type('');
    void navigate(address(hit.party ? partyPath(hit.party) : `/search?q=${encodeURIComponent(hit.name)}`));
  };
  return (
    <ComboBox
      className="search-box"
      inputValue={typed}
      onInputChange={type}
      items={hits}
      allowsCustomValue
      allowsEmptyCollection={typed.trim() !== ''}
      menuTrigger="input"
      value={null}
      onChange={(key) => {
        const hit = hits.find((one) => one.id === key);
        if (hit) open(hit);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !typed.trim() || input.current?.getAttribute('aria-activedescendant')) return;
        const sentence = typed.trim();
        type('');
        void navigate(address(`/search?q=${encodeURIComponent(sentence)}`));
      }}
    >
      <Label className="unseen">{t('search.label')}</Label>
      <Input ref={input} placeholder={t('search.placeholder')} aria-keyshortcuts="/" />
      <kbd aria-hidden="true">/</kbd>
      <Popover className="popover search-hits">
        <ListBox className="list" renderEmptyState={() => <p className="quiet">{answer.isLoading || typed.trim() !== text ? t('state.loading') : t('search.none')}</p>}>
          {(hit: Hit) => (
            <ListBoxItem id={hit.id} textValue={hit.name} className="list-item">
              <span className="hit-type">{code('type', hit.type)}</span>
              <span>{hit.name}{hit.isListed && <em className="tag bad">{t('party.listed')}</em>}</span>
              <small>{[hit.party === hit.id ? null : hit.partyName, hit.region, ...hit.more, ...hit.brokers].filter(Boolean).join(' · ')}</small>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
