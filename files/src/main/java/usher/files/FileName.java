package usher.files;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The name of a file in a library: the one place where names that strangers send are checked. Who
/// holds one may use it as a path below the library's folder.
///
/// A name is one or more segments with `/` between them; a library that is flat takes names of one.
/// A segment
/// - has 1 to 255 bytes in UTF-8, and the whole name at most [#MOST_BYTES],
/// - does not begin with a dot, so neither `..` nor what is hidden can be named, and does not end
///   with a dot or a space, which Windows drops,
/// - has no control character, no half of a surrogate pair, no `\`,
/// - is no name that Windows keeps for devices (`CON`, `nul.txt`, `COM1`).
///
/// It is brought to Unicode's form C first: what looks the same is the same name. Upper and lower
/// case differ.
///
/// @param text in form C
public record FileName(String text) implements Comparable<FileName> {
  /// What a whole name may have, in UTF-8.
  public static final int MOST_BYTES = 1024;

  /// What a segment may have, in UTF-8: the least that usual file systems allow.
  public static final int MOST_SEGMENT_BYTES = 255;

  private static final Set<String> DEVICES =
      Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$");

  /// @throws LibraryException with [LibraryException.Code#BAD_NAME], which says what is wrong
  public FileName {
    text = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (text.isEmpty()) {
      throw bad("a file has a name");
    }
    if (StandardCharsets.UTF_8.encode(text).remaining() > MOST_BYTES) {
      throw bad("a name has at most " + MOST_BYTES + " bytes");
    }
    for (String segment : text.split("/", -1)) {
      check(segment);
    }
  }

  private static void check(String segment) {
    if (segment.isEmpty()) {
      throw bad("no part of a name is empty, and none begins or ends with /");
    }
    if (segment.startsWith(".")) {
      throw bad("no part of a name begins with a dot");
    }
    if (segment.endsWith(".") || segment.endsWith(" ")) {
      throw bad("no part of a name ends with a dot or a space");
    }
    if (StandardCharsets.UTF_8.encode(segment).remaining() > MOST_SEGMENT_BYTES) {
      throw bad("a part of a name has at most " + MOST_SEGMENT_BYTES + " bytes");
    }
    segment.codePoints().forEach(FileName::check);
    String stem = segment.split("\\.", 2)[0].strip().toUpperCase(Locale.ROOT);
    if (DEVICES.contains(stem) || stem.matches("(COM|LPT)[0-9¹²³]")) {
      throw bad(stem + " is the name of a device on Windows");
    }
  }

  private static void check(int character) {
    if (Character.isISOControl(character)) {
      throw bad("a name has no control characters");
    }
    if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
      throw bad("a name is text in Unicode");
    }
    if (character == '\\') {
      throw bad("a name has no \\; / stands between its parts");
    }
  }

  private static LibraryException bad(String why) {
    return new LibraryException(LibraryException.Code.BAD_NAME, why);
  }

  /// Whether it lies in the library's folder itself.
  public boolean flat() {
    return text.indexOf('/') < 0;
  }

  /// What stands between the slashes.
  public List<String> segments() {
    return List.of(text.split("/"));
  }

  @Override
  public int compareTo(FileName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
