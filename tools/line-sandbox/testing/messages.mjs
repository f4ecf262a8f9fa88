// Messages that LINE takes, for tests that then spoil one thing about them.

export const uriAction = (more = {}) => ({ type: 'uri', label: '開く', uri: 'https://example.com/', ...more });
export const postbackAction = (more = {}) => ({ type: 'postback', label: '取り消す', data: 'undo', ...more });

export const text = (more = {}) => ({ type: 'text', text: 'こんにちは', ...more });

export const bubble = (more = {}) => ({
  type: 'bubble',
  size: 'mega',
  header: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: '入店を記録しました', weight: 'bold', color: '#0b6b3a' }] },
  hero: { type: 'image', url: 'https://example.com/a.png', size: 'full', aspectRatio: '20:13', aspectMode: 'cover' },
  body: {
    type: 'box',
    layout: 'vertical',
    spacing: 'md',
    paddingAll: '16px',
    contents: [
      { type: 'text', text: '喫茶みほん', size: 'xl', wrap: true, scaling: true },
      { type: 'separator', margin: 'lg', color: '#dddddd' },
      {
        type: 'box',
        layout: 'baseline',
        contents: [
          { type: 'icon', url: 'https://example.com/i.png', size: 'sm' },
          { type: 'text', text: '日時', flex: 2, color: '#555555', size: 'sm' },
          { type: 'text', flex: 5, wrap: true, contents: [{ type: 'span', text: '12月1日 ' }, { type: 'span', text: '19:05', weight: 'bold' }] },
        ],
      },
    ],
  },
  footer: {
    type: 'box',
    layout: 'horizontal',
    contents: [
      { type: 'button', style: 'primary', color: '#0b6b3a', height: 'sm', action: postbackAction() },
      { type: 'button', style: 'link', action: uriAction() },
    ],
  },
  styles: { footer: { separator: true, separatorColor: '#eeeeee' } },
  ...more,
});

export const flex = (contents = bubble(), more = {}) => ({ type: 'flex', altText: '入店を記録しました', contents, ...more });
export const inBody = (...contents) => flex({ type: 'bubble', body: { type: 'box', layout: 'vertical', contents } });

export const quickReplies = (n, more = {}) => ({
  items: Array.from({ length: n }, (_, i) => ({ type: 'action', action: { type: 'message', label: `${i}`, text: `${i}`, ...more } })),
});

export const template = (body, more = {}) => ({ type: 'template', altText: '選んでください', template: body, ...more });
export const column = (more = {}) => ({ text: '本文', actions: [uriAction()], ...more });
