// The phone's QR reader: from a picture (chosen, pasted or dropped) or an address to the text that
// waits in the chat to be sent. As on a real phone nothing is sent by scanning alone.

import { byId, h, outsideLink } from './dom.mjs';
import * as sandbox from './sandbox_client.mjs';

const LONGEST_SIDE = 1600;

// onText(text) takes what the code typed in.
export function startScanner(onText) {
  const read = (code) => show(sandbox.decode(code), onText);
  const readPicture = async (file) => {
    if (!file?.type.startsWith('image/')) return;
    byId('drop-text').textContent = file.name || '貼り付けた画像';
    read({ png: await asPng(file) });
  };
  byId('picture').addEventListener('change', ({ target }) => {
    readPicture(target.files[0]);
    target.value = '';
  });
  byId('scan-url').addEventListener('submit', (event) => {
    event.preventDefault();
    const url = byId('url').value.trim();
    if (url !== '') read({ url });
  });
  document.addEventListener('paste', ({ clipboardData }) => readPicture(clipboardData.files[0]));
  startDrop(readPicture);
}

function startDrop(readPicture) {
  const drop = byId('drop');
  for (const type of ['dragover', 'dragleave', 'drop']) {
    drop.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.toggle('over', type === 'dragover');
      if (type === 'drop') readPicture(event.dataTransfer.files[0]);
    });
  }
}

async function show(decoding, onText) {
  const result = byId('scan-result');
  try {
    const { text } = await decoding;
    result.replaceChildren('読み取りました。トークに入力された文字を送信してください。');
    onText(text);
  } catch (error) {
    const { content } = error;
    const link = content?.startsWith('https://') && outsideLink(content, {}, 'ブラウザで開く');
    result.replaceChildren(
      ...[
        content ? `このアカウントのトークを開くQRコードではありません。` : 'QRコードを読み取れませんでした。',
        link && h('br'),
        link,
      ].filter(Boolean),
    );
  }
}

// Any picture the browser can show (JPEG, SVG, WebP …) as PNG in base64, on white, not too large.
async function asPng(file) {
  const address = URL.createObjectURL(file);
  const picture = new Image();
  picture.src = address;
  await picture.decode().catch(() => undefined);
  const [width, height] = [picture.naturalWidth || 600, picture.naturalHeight || 600];
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const canvas = h('canvas', { width: Math.round(width * scale), height: Math.round(height * scale) });
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  if (picture.complete && picture.naturalWidth > 0)
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return canvas.toDataURL('image/png').split(',')[1];
}
