package usher.http;

import usher.http.wire.HeadWriter;

/// The fields of a response as they are sent, and what they say about it. Made once for each list,
/// so that a list that is shared by many responses costs each of them one copy.
///
/// `Connection` and `Content-Length` are left out: the answer writes its own.
final class FieldLines {
  final byte[] lines;

  /// Whether there is a `Date`, so that the server's own is not wanted.
  final boolean dated;

  /// Whether there is a `Server`.
  final boolean named;

  /// Whether the connection shall end; `Connection` can say nothing else here.
  final boolean closes;

  /// What `Content-Length` says, or [ResponseBody#UNKNOWN].
  final long claimed;

  FieldLines(FieldList fields) {
    int room = 0;
    for (int i = 0; i < fields.size(); i++) {
      room += fields.name(i).length() + fields.value(i).length() + HeadWriter.AROUND;
    }
    var writer = new HeadWriter(room);
    boolean date = false;
    boolean server = false;
    boolean close = false;
    long length = ResponseBody.UNKNOWN;
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.name(i);
      if (name.equalsIgnoreCase("connection")) {
        close = true;
      } else if (name.equalsIgnoreCase("content-length")) {
        length = number(fields.value(i));
      } else {
        date |= name.equalsIgnoreCase("date");
        server |= name.equalsIgnoreCase("server");
        writer.field(name, fields.value(i));
      }
    }
    lines = writer.toArray();
    dated = date;
    named = server;
    closes = close;
    claimed = length;
  }

  private static long number(String value) {
    long number = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9' || i == 18) {
        return ResponseBody.UNKNOWN;
      }
      number = number * 10 + (c - '0');
    }
    return value.isEmpty() ? ResponseBody.UNKNOWN : number;
  }
}
