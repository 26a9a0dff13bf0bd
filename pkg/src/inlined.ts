// A module that is part of a script, as its bytes.

/** What newer browsers and Node have for it. */
interface Decoder {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}

/** The bytes that a text in base64 stands for. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const decoder: Decoder = Uint8Array as Decoder;
  if (decoder.fromBase64 !== undefined) return decoder.fromBase64(text);
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  // A tenth of the time of `Uint8Array.from` with a function, before a page's first preview.
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = characters.charCodeAt(index);
  return bytes;
}
