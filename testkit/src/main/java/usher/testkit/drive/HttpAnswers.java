package usher.testkit.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the responses of an HTTP/1.1 server as strictly as a client can, to judge what a session
/// wrote. Knows of no code of the session.
///
/// The server under test is asked to name the method that it answers in a field `X-Method`, since a
/// response to `HEAD` looks like any other.
public final class HttpAnswers {
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3}) [\\t -~]*");
  private static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([!-~\\x80-\\xff\\t ]*)");
  private static final Pattern CHUNK = Pattern.compile("([0-9a-f]+)\\r\\n");

  /// One response.
  ///
  /// @param fields names in lower case, each followed by a colon and its value
  /// @param whole whether all of its body has come
  public record Answer(int status, List<String> fields, String body, boolean whole) {
    /// The value of the only field of this name, or an empty text.
    public String field(String name) {
      String found = "";
      for (String field : fields) {
        if (field.startsWith(name + ":")) {
          if (!found.isEmpty()) {
            throw new AssertionError("two fields " + name + " in " + fields);
          }
          found = field.substring(name.length() + 1);
        }
      }
      return found;
    }

    /// Whether the server says that it closes.
    public boolean closes() {
      return field("connection").equals("close");
    }
  }

  private final String text;
  private int at;

  private HttpAnswers(String text) {
    this.text = text;
  }

  /// All responses, interim ones left out.
  ///
  /// @param ended whether the connection has ended, so that a body may last to the end
  /// @throws AssertionError where these are no responses
  public static List<Answer> read(String text, boolean ended) {
    var reader = new HttpAnswers(text);
    var answers = new ArrayList<Answer>();
    while (reader.at < text.length()) {
      Answer answer = reader.answer(ended);
      if (answer.status >= 200) {
        answers.add(answer);
      }
    }
    return answers;
  }

  private Answer answer(boolean ended) {
    Matcher status = STATUS_LINE.matcher(line());
    if (!status.matches()) {
      throw new AssertionError("not a status line: " + Transcript.shown(text.substring(at)));
    }
    var fields = new ArrayList<String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      Matcher field = FIELD.matcher(line);
      if (!field.matches()) {
        throw new AssertionError("not a field: " + Transcript.shown(line));
      }
      fields.add(field.group(1).toLowerCase(java.util.Locale.ROOT) + ":" + field.group(2));
    }
    int code = Integer.parseInt(status.group(1));
    var head = new Answer(code, fields, "", true);
    if (code < 200 || code == 204 || code == 304 || head.field("x-method").equals("HEAD")) {
      return head;
    }
    if (!head.field("transfer-encoding").isEmpty()) {
      return chunked(head);
    }
    if (head.field("content-length").isEmpty()) {
      if (!ended) {
        throw new AssertionError("a body without an end: " + fields);
      }
      return body(head, text.length() - at);
    }
    int length = Integer.parseInt(head.field("content-length"));
    if (at == text.length() && code >= 400 && head.closes()) {
      // A refusal of HEAD, which has no chance to name its method.
      return head;
    }
    return body(head, length);
  }

  private Answer body(Answer head, int length) {
    int end = Math.min(text.length(), at + length);
    String body = text.substring(at, end);
    at = end;
    return new Answer(head.status, head.fields, body, body.length() == length);
  }

  private Answer chunked(Answer head) {
    if (!head.field("transfer-encoding").equals("chunked")
        || !head.field("content-length").isEmpty()) {
      throw new AssertionError("framing in doubt: " + head.fields);
    }
    var body = new StringBuilder();
    while (true) {
      Matcher chunk = CHUNK.matcher(text).region(at, text.length());
      if (!chunk.lookingAt()) {
        if (at == text.length()) {
          return new Answer(head.status, head.fields, body.toString(), false);
        }
        throw new AssertionError("not a chunk: " + Transcript.shown(text.substring(at)));
      }
      int size = Integer.parseInt(chunk.group(1), 16);
      at = chunk.end();
      body.append(text, at, at + size);
      at += size;
      if (!line().isEmpty()) {
        throw new AssertionError("a chunk of another size than " + size);
      }
      if (size == 0) {
        return new Answer(head.status, head.fields, body.toString(), true);
      }
    }
  }

  private String line() {
    int end = text.indexOf("\r\n", at);
    if (end < 0) {
      throw new AssertionError("no line end: " + Transcript.shown(text.substring(at)));
    }
    String line = text.substring(at, end);
    at = end + 2;
    return line;
  }
}
