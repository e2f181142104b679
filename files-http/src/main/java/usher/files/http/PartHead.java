package usher.files.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a part of a form says of itself (RFC 7578, 4).
///
/// @param filename as the browser gave it: what it escapes in a name (`%22`, `%0D`, `%0A`) stands
///   for itself again; where it gave a whole path, its last name. Empty text where no file was
///   chosen
record PartHead(String name, Optional<String> filename) {
  private static final String FIELD = "content-disposition:";

  /// Reads the lines of a head, one character for each byte.
  ///
  /// @throws IllegalArgumentException where it is no part of a form
  static PartHead of(List<String> lines) {
    for (String line : lines) {
      if (line.toLowerCase(Locale.ROOT).startsWith(FIELD)) {
        return disposition(line.substring(FIELD.length()));
      }
    }
    throw new IllegalArgumentException("a part of a form says what it is");
  }

  private static PartHead disposition(String bytes) {
    String value =
        new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    int end = value.indexOf(';');
    if (end < 0 || !value.substring(0, end).strip().equalsIgnoreCase("form-data")) {
      throw new IllegalArgumentException("a part of a form is form-data, and has a name");
    }
    Optional<String> name = Optional.empty();
    Optional<String> filename = Optional.empty();
    while (end < value.length()) {
      int equals = value.indexOf('=', end);
      if (equals < 0) {
        throw new IllegalArgumentException("a parameter of a part has no value");
      }
      String key = value.substring(end + 1, equals).strip().toLowerCase(Locale.ROOT);
      StringBuilder text = new StringBuilder();
      end = text(value, equals + 1, text);
      if (key.equals("name")) {
        name = Optional.of(text.toString());
      } else if (key.equals("filename")) {
        filename = Optional.of(last(text.toString()));
      }
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a part of a form has a name");
    }
    return new PartHead(name.get(), filename);
  }

  /// Reads a value, quoted or not.
  ///
  /// @return where the `;` behind it stands, or the end
  private static int text(String value, int start, StringBuilder text) {
    int at = start;
    if (at == value.length() || value.charAt(at) != '"') {
      while (at < value.length() && value.charAt(at) != ';') {
        at++;
      }
      text.append(value.substring(start, at).strip());
      return at;
    }
    at++;
    while (at < value.length() && value.charAt(at) != '"') {
      // Some escape the quote by a backslash; before anything else it is one.
      if (value.startsWith("\\\"", at)) {
        at++;
      }
      text.append(value.charAt(at));
      at++;
    }
    if (at == value.length()) {
      throw new IllegalArgumentException("a quote is not closed");
    }
    int next = value.indexOf(';', at);
    return next < 0 ? value.length() : next;
  }

  private static String last(String filename) {
    String text = filename.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    return text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  }
}
