package usher.http.site;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import usher.http.Headers;

/// A response as a client reads it from the wire.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, Headers headers, byte[] body) {
  /// Reads the one response that these bytes must be.
  static Reply parse(byte[] wire, boolean headOnly) {
    String text = new String(wire, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new AssertionError("no head in: " + text);
    }
    String[] lines = text.substring(0, end).split("\r\n", -1);
    var fields = new ArrayList<String>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(": ");
      fields.add(lines[i].substring(0, colon));
      fields.add(lines[i].substring(colon + 2));
    }
    int status = Integer.parseInt(lines[0].substring(9, 12));
    Headers headers = Headers.of(fields.toArray(String[]::new));
    byte[] rest = new byte[wire.length - end - 4];
    System.arraycopy(wire, end + 4, rest, 0, rest.length);
    byte[] body = headers.has("transfer-encoding") ? unchunked(rest) : rest;
    String length = headers.first("content-length");
    if (length != null && !headOnly && status != 304 && Long.parseLong(length) != body.length) {
      throw new AssertionError("Content-Length " + length + " but " + body.length + " bytes");
    }
    if ((headOnly || status == 304 || status == 204) && body.length > 0) {
      throw new AssertionError("a body of " + body.length + " bytes where none may be");
    }
    return new Reply(status, headers, body);
  }

  private static byte[] unchunked(byte[] chunked) {
    var whole = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = at;
      while (chunked[line] != '\r') {
        line++;
      }
      int size =
          Integer.parseInt(new String(chunked, at, line - at, StandardCharsets.US_ASCII), 16);
      if (size == 0) {
        return whole.toByteArray();
      }
      whole.write(chunked, line + 2, size);
      at = line + 2 + size + 2;
    }
  }

  /// The value of a header that must be there.
  String header(String name) {
    String value = headers.first(name);
    if (value == null) {
      throw new AssertionError("no " + name + " in: " + status + "\n" + headers);
    }
    return value;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// The body as it was before it was compressed.
  byte[] plain() throws IOException {
    if (!"gzip".equals(headers.first("Content-Encoding"))) {
      return body;
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    }
  }

  /// The parts of a `multipart/byteranges`: each its `Content-Range` and its bytes as text.
  List<String> parts() {
    String type = header("Content-Type");
    String boundary = type.substring(type.indexOf("boundary=") + 9);
    String all = new String(body, StandardCharsets.ISO_8859_1);
    var parts = new ArrayList<String>();
    String[] pieces = ("\r\n" + all).split("\r\n--" + boundary, -1);
    if (!pieces[0].isEmpty() || !pieces[pieces.length - 1].equals("--\r\n")) {
      throw new AssertionError("not framed as parts: " + all);
    }
    for (int i = 1; i < pieces.length - 1; i++) {
      int end = pieces[i].indexOf("\r\n\r\n");
      String head = pieces[i].substring(0, end);
      String range = head.substring(head.indexOf("Content-Range: ") + 15);
      parts.add(range + " " + pieces[i].substring(end + 4));
    }
    return parts;
  }
}
