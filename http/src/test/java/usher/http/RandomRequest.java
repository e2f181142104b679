package usher.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import usher.testkit.drive.Trials.Dice;

/// A valid request made by dice, with what a reader must find in it.
///
/// @param wire the bytes, as ISO 8859-1
/// @param fields names and values in turn
/// @param trailers names and values in turn
record RandomRequest(
    String wire,
    String method,
    String target,
    List<String> fields,
    String body,
    List<String> trailers) {
  private static final String TOKEN = "!#$%&'*+-.^_`|~09azAZ";
  private static final String TARGET = "/?az09-._~%:@!$&'()*+,;=[]{}|\\^`\"<>";
  private static final String BYTES = "ab \t\0\r\n\u00ff\u0080:;0";

  static RandomRequest of(Dice dice) {
    String method = dice.once(2) ? dice.of("GET", "PUT", "POST") : dice.text(TOKEN, 1, 9);
    if (method.equals("CONNECT") || method.equals("HEAD")) {
      method = "GET";
    }
    String target = "/" + dice.text(TARGET, 0, 30);
    var fields = new ArrayList<String>();
    var wire = new StringBuilder();
    wire.append(dice.once(5) ? "\r\n" : "");
    wire.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    int host = dice.below(4);
    String body = dice.once(3) ? dice.text(BYTES, 0, 80) : "";
    boolean chunked = dice.once(2);
    int framing = dice.between(0, 4);
    for (int i = 0; i < 5; i++) {
      if (i == host) {
        field(dice, wire, fields, dice.of("Host", "host", "HOST"), "example.test:80");
      }
      if (i == framing && chunked) {
        field(dice, wire, fields, "Transfer-Encoding", dice.of("chunked", "Chunked"));
      } else if (i == framing && (!body.isEmpty() || dice.once(2))) {
        field(dice, wire, fields, "content-LENGTH", "" + body.length());
      }
      if (dice.once(2)) {
        field(dice, wire, fields, "X" + dice.text(TOKEN, 0, 12), value(dice));
      }
    }
    wire.append("\r\n");
    var trailers = new ArrayList<String>();
    if (chunked) {
      chunks(dice, wire, body);
      while (dice.once(3)) {
        field(dice, wire, trailers, "T" + dice.text(TOKEN, 0, 5), value(dice));
      }
      wire.append("\r\n");
    } else {
      wire.append(body);
    }
    return new RandomRequest(wire.toString(), method, target, fields, body, trailers);
  }

  private static String value(Dice dice) {
    return dice.text("ab,;=\"\\\t \u00e4\u00ff09", 0, 20).strip();
  }

  private static void field(
      Dice dice, StringBuilder wire, List<String> fields, String name, String value) {
    fields.add(name);
    fields.add(value);
    wire.append(name).append(':').append(dice.text(" \t", 0, 2)).append(value);
    wire.append(dice.text(" \t", 0, 2)).append("\r\n");
  }

  private static void chunks(Dice dice, StringBuilder wire, String body) {
    int at = 0;
    while (at < body.length()) {
      int size = dice.between(1, body.length() - at);
      wire.append(dice.of("", "0", "000")).append(Integer.toHexString(size));
      wire.append(dice.of("", ";a", ";a=b;c=\"d\"")).append("\r\n");
      wire.append(body, at, at + size).append("\r\n");
      at += size;
    }
    wire.append(dice.of("0\r\n", "000\r\n", "0;x\r\n"));
  }

  byte[] bytes() {
    return wire.getBytes(StandardCharsets.ISO_8859_1);
  }
}
