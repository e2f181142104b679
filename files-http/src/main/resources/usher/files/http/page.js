'use strict';
// Uploads by tus 1.0: in pieces, gone on with after troubles, also after the page was closed.
const piece = 8 * 1024 * 1024;
const patience = [500, 1000, 2000, 4000, 8000, 8000];
const endpoint = new URL('api/uploads', document.baseURI);
const list = document.getElementById('uploads');
const form = document.querySelector('form');
const memory = (() => {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem() {}, removeItem() {} };
  }
})();
const queue = [];
let busy = false;
let stored = 0;

// One request; resolves with it whatever its status, rejects where none came back.
function send(method, url, headers, body, progress, cancelled) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader('Tus-Resumable', '1.0.0');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.onload = () => resolve(request);
    request.onerror = () => reject(new Error('the connection was lost'));
    request.onabort = () => reject(new Error('cancelled'));
    if (progress) request.upload.onprogress = (event) => progress(event.loaded);
    if (cancelled) cancelled(() => request.abort());
    request.send(body);
  });
}

function base64(text) {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function refusal(request) {
  const error = new Error(request.responseText.trim().replace(/^\d+[^:]*: /, '') || `status ${request.status}`);
  // Told for good, unlike what another try may mend.
  error.final = request.status >= 400 && request.status < 500 && ![409, 423, 429].includes(request.status);
  error.status = request.status;
  return error;
}

async function create(upload) {
  const answer = await send('POST', endpoint, {
    'Upload-Length': upload.file.size,
    'Upload-Metadata': `filename ${base64(upload.file.name)}`,
  });
  if (answer.status !== 201) throw refusal(answer);
  upload.url = new URL(answer.getResponseHeader('Location'), endpoint).href;
  upload.offset = 0;
  memory.setItem(upload.key, upload.url);
}

// Where the server is; makes a new upload where it knows of none.
async function locate(upload) {
  upload.url = upload.url || memory.getItem(upload.key);
  if (upload.url) {
    const answer = await send('HEAD', upload.url, {});
    if (answer.status === 200 && Number(answer.getResponseHeader('Upload-Length')) === upload.file.size) {
      upload.offset = Number(answer.getResponseHeader('Upload-Offset'));
      return;
    }
    if (answer.status >= 500) throw refusal(answer);
    memory.removeItem(upload.key);
    upload.url = null;
  }
  await create(upload);
}

async function transfer(upload) {
  while (upload.offset < upload.file.size) {
    if (upload.cancelled) throw new Error('cancelled');
    const from = upload.offset;
    const answer = await send(
      'PATCH',
      upload.url,
      { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': from },
      upload.file.slice(from, from + piece),
      (sent) => show(upload, from + sent),
      (abort) => (upload.abort = abort),
    );
    if (answer.status !== 204) throw refusal(answer);
    upload.offset = Number(answer.getResponseHeader('Upload-Offset'));
    upload.failures = 0;
    show(upload, upload.offset);
  }
}

async function run(upload) {
  upload.failures = 0;
  for (;;) {
    try {
      if (upload.cancelled) throw new Error('cancelled');
      await locate(upload);
      await transfer(upload);
      memory.removeItem(upload.key);
      stored++;
      end(upload, 'done', 'stored');
      return;
    } catch (error) {
      if (upload.cancelled) {
        memory.removeItem(upload.key);
        if (upload.url) await send('DELETE', upload.url, {}).catch(() => {});
        end(upload, 'failed', 'cancelled');
        return;
      }
      if (error.final || upload.failures >= patience.length) {
        if (error.final) memory.removeItem(upload.key);
        end(upload, 'failed', error.message);
        return;
      }
      upload.state.textContent = `${error.message}; trying again`;
      await new Promise((resume) => setTimeout(resume, patience[upload.failures++]));
    }
  }
}

function show(upload, offset) {
  const size = upload.file.size;
  upload.bar.value = size ? offset / size : 1;
  upload.state.textContent = `${Math.floor(size ? (100 * offset) / size : 100)} %`;
}

function end(upload, className, text) {
  upload.item.className = className;
  upload.state.textContent = text;
  upload.button.remove();
  if (className === 'done') upload.bar.value = 1;
}

function add(file) {
  const upload = { file, url: null, offset: 0, cancelled: false, abort() {} };
  upload.key = `upload ${endpoint.pathname} ${file.name} ${file.size} ${file.lastModified}`;
  const part = (name, className) => Object.assign(document.createElement(name), { className });
  upload.item = part('li', 'waiting');
  const name = part('span', 'name');
  name.textContent = file.name;
  upload.button = part('button', '');
  upload.button.type = 'button';
  upload.button.textContent = 'Cancel';
  upload.button.onclick = () => {
    upload.cancelled = true;
    upload.abort();
  };
  upload.bar = part('progress', '');
  upload.bar.max = 1;
  upload.bar.value = 0;
  upload.bar.setAttribute('aria-label', file.name);
  upload.state = part('span', 'state');
  upload.state.textContent = 'waiting';
  upload.item.append(name, upload.button, upload.bar, upload.state);
  list.append(upload.item);
  queue.push(upload);
  work();
}

// One after the other: the line is no wider for two.
async function work() {
  if (busy) return;
  busy = true;
  while (queue.length) {
    const upload = queue.shift();
    if (upload.cancelled) end(upload, 'failed', 'cancelled');
    else await run(upload);
  }
  busy = false;
  if (stored) refresh();
}

// The new list, in place, so that what is said of the uploads stays.
async function refresh() {
  stored = 0;
  const answer = await fetch(document.baseURI, { headers: { Accept: 'text/html' } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of ['main', 'footer']) document.querySelector(part).replaceWith(fresh.querySelector(part));
  deletions();
}

function deletions() {
  for (const button of document.querySelectorAll('.delete button')) {
    button.hidden = false;
    button.onclick = async () => {
      const link = button.closest('tr').querySelector('a');
      if (!confirm(`Delete ${link.textContent}?`)) return;
      const answer = await fetch(link.href, { method: 'DELETE' });
      const said = await answer.text();
      if (!answer.ok) alert(said.trim());
      refresh();
    };
  }
}

form.querySelector('.hint').hidden = false;
form.onsubmit = (event) => {
  event.preventDefault();
  for (const file of form.elements.files.files) add(file);
  form.reset();
};
let depth = 0;
const files = (event) => event.dataTransfer && event.dataTransfer.types.includes('Files');
addEventListener('dragenter', (event) => {
  if (files(event)) document.body.classList.toggle('drop', ++depth > 0);
});
addEventListener('dragleave', (event) => {
  if (files(event)) document.body.classList.toggle('drop', --depth > 0);
});
addEventListener('dragover', (event) => {
  if (files(event)) event.preventDefault();
});
addEventListener('drop', (event) => {
  if (!files(event)) return;
  event.preventDefault();
  depth = 0;
  document.body.classList.remove('drop');
  for (const file of event.dataTransfer.files) add(file);
});
addEventListener('beforeunload', (event) => {
  if (busy) event.preventDefault();
});
deletions();
