// What pressing a button in the talk does.

import { byId, toast } from './dom.mjs';
import * as sandbox from './sandbox_client.mjs';

const CHAT_ADDRESS = 'https://line.me/R/oaMessage/';
const PICKERS = { date: 'date', time: 'time', datetime: 'datetime-local' };

// visitor() is the userId whose phone this is; type(text) puts text into the composer.
export function actionsFor({ visitor, type }) {
  const perform = {
    message: ({ text }) => sandbox.say(visitor(), text),
    postback: ({ data, displayText, text, fillInText }) => {
      if (fillInText) type(fillInText);
      return sandbox.press(visitor(), { data, displayText: displayText ?? text });
    },
    uri: ({ uri }) =>
      uri.startsWith(CHAT_ADDRESS) ? openChat(uri) : window.open(uri, '_blank', 'noopener,noreferrer'),
    datetimepicker: async ({ data, mode, initial, min, max }) => {
      const picked = await pick({ mode, initial, min, max });
      return picked && sandbox.press(visitor(), { data, params: { [mode]: picked } });
    },
    clipboard: ({ clipboardText }) =>
      navigator.clipboard.writeText(clipboardText).then(() => toast('コピーしました')),
  };
  const openChat = async (uri) => type((await sandbox.decode({ url: uri })).text);

  return async (action) => {
    try {
      if (!perform[action.type]) toast('この操作はサンドボックスでは使えません');
      else await perform[action.type](action);
    } catch (error) {
      toast(`できませんでした：${error.message}`);
    }
  };
}

// Resolves to the chosen date or time, or undefined.
function pick({ mode, initial, min, max }) {
  const dialog = byId('picker');
  const field = byId('picked');
  Object.assign(field, { type: PICKERS[mode], value: initial ?? '', min: min ?? '', max: max ?? '' });
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      'close',
      () => resolve(dialog.returnValue === 'ok' && field.value ? field.value : undefined),
      { once: true },
    );
  });
}
