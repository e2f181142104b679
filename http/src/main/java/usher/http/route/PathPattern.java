package usher.http.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What a route's path looks like: `/` and segments, each of them literal text, a parameter
/// `{name}` that takes one segment of at least a character, or, as the last one, `{name...}`, which
/// takes the rest of the path, be it empty. Literal text stands as it is, not percent-encoded.
///
/// `/a/` has an empty second segment and so differs from `/a`.
///
/// @param text as it was written
/// @param segments literal text as it is, a parameter as null
/// @param names of the parameters, that of the rest included
/// @param rest whether it ends in `{name...}`, which is no segment
record PathPattern(String text, List<Segment> segments, List<String> names, boolean rest) {
  /// One segment.
  ///
  /// @param literal the text, or the empty text for a parameter
  record Segment(boolean parameter, String literal) {}

  /// Reads a pattern.
  ///
  /// @throws IllegalArgumentException where it is none, saying why
  static PathPattern of(String text) {
    if (!text.startsWith("/")) {
      throw wrong(text, "does not begin with /");
    }
    String[] parts = text.substring(1).split("/", -1);
    var segments = new ArrayList<Segment>();
    var names = new ArrayList<String>();
    boolean rest = false;
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      boolean last = i == parts.length - 1;
      if (part.isEmpty() && !last) {
        throw wrong(text, "has an empty segment");
      }
      if (part.startsWith("{") && part.endsWith("}")) {
        String name = part.substring(1, part.length() - 1);
        rest = name.endsWith("...");
        if (rest && !last) {
          throw wrong(text, "goes on after " + part);
        }
        names.add(checked(text, rest ? name.substring(0, name.length() - 3) : name));
        if (!rest) {
          segments.add(new Segment(true, ""));
        }
      } else if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
        throw wrong(text, "has a brace within a segment: " + part);
      } else {
        segments.add(new Segment(false, part));
      }
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw wrong(text, "has two parameters of one name");
    }
    return new PathPattern(text, List.copyOf(segments), List.copyOf(names), rest);
  }

  private static String checked(String text, String name) {
    if (name.isEmpty() || !Character.isJavaIdentifierStart(name.charAt(0))) {
      throw wrong(text, "has a parameter whose name does not begin with a letter");
    }
    for (int i = 1; i < name.length(); i++) {
      if (!Character.isJavaIdentifierPart(name.charAt(i)) && name.charAt(i) != '-') {
        throw wrong(text, "has a parameter with a character that names do not have: " + name);
      }
    }
    return name;
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException("the path \"" + text + "\" " + why);
  }
}
