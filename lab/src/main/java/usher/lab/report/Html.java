package usher.lab.report;

/// Makes HTML in which text cannot become markup: what is not written as a tag is escaped, and
/// control characters, which HTML does not have, become a replacement character. Elements are
/// closed by whoever opened them.
final class Html {
  private final StringBuilder text = new StringBuilder();

  /// A start tag with pairs of attribute names and values.
  Html open(String tag, String... attributes) {
    text.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"").append(escape(attributes[i + 1]));
      text.append('"');
    }
    text.append('>');
    return this;
  }

  Html close(String tag) {
    text.append("</").append(tag).append(">\n");
    return this;
  }

  Html text(String plain) {
    text.append(escape(plain));
    return this;
  }

  /// An element with text only.
  Html leaf(String tag, String plain, String... attributes) {
    return open(tag, attributes).text(plain).close(tag);
  }

  /// What is HTML already.
  Html raw(String html) {
    text.append(html);
    return this;
  }

  static String escape(String plain) {
    var escaped = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(printable(c) ? c : '\ufffd');
      }
    }
    return escaped.toString();
  }

  /// Without what neither HTML nor a terminal should be given.
  static String printable(String name) {
    var clean = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      clean.append(printable(name.charAt(i)) ? name.charAt(i) : '\ufffd');
    }
    return clean.toString();
  }

  private static boolean printable(char c) {
    return c == '\n' || !Character.isISOControl(c);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
