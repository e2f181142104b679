package usher.http.site;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A path in a site that may be looked up: no segment leads upward, is hidden, or holds what a file
/// name cannot. Pure, and the first of two walls: it judges the text alone, and [Folder] then
/// judges what the text leads to.
///
/// @param relative names with `/` between, none at the end; empty for the site's root
/// @param directory whether the path ended with `/`
record SitePath(String relative, boolean directory) {
  /// Bytes of one name. No common file system has longer ones.
  static final int NAME_MOST = 255;

  /// Judges a decoded path.
  ///
  /// @param dotFiles whether names may begin with a dot
  /// @return null where no file can have this path
  static @Nullable SitePath of(String path, boolean dotFiles) {
    int length = path.length();
    if (length == 0 || path.charAt(0) != '/') {
      return null;
    }
    int start = 1;
    for (int i = 1; i <= length; i++) {
      char c = i < length ? path.charAt(i) : '/';
      if (c == '/') {
        // Only the last segment may be empty: what follows a slash at the end.
        if (i == start ? i < length : !isName(path, start, i, dotFiles)) {
          return null;
        }
        start = i + 1;
      } else if (c == 0 || c == '\\') {
        return null;
      }
    }
    boolean directory = path.charAt(length - 1) == '/';
    return new SitePath(
        directory ? path.substring(1, Math.max(1, length - 1)) : path.substring(1), directory);
  }

  private static boolean isName(String path, int start, int end, boolean dotFiles) {
    if (path.charAt(start) == '.') {
      if (!dotFiles || end == start + 1 || (end == start + 2 && path.charAt(start + 1) == '.')) {
        return false;
      }
    }
    int most = end - start;
    return most * 3 <= NAME_MOST
        || (most <= NAME_MOST
            && path.substring(start, end).getBytes(StandardCharsets.UTF_8).length <= NAME_MOST);
  }

  /// Whether a file of this name can be asked for.
  static boolean isName(String name, boolean dotFiles) {
    return !name.isEmpty()
        && name.indexOf('/') < 0
        && name.indexOf('\\') < 0
        && name.indexOf('\0') < 0
        && isName(name, 0, name.length(), dotFiles);
  }

  /// The last name, or the empty text for the root.
  String name() {
    return relative.substring(relative.lastIndexOf('/') + 1);
  }

  /// The path of a file of this name in the folder of this path.
  String inside(String name) {
    return relative.isEmpty() ? name : relative + "/" + name;
  }
}
