package usher.files.http;

import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import usher.files.FileEntry;
import usher.files.FileLibrary;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.http.HttpRequest;
import usher.http.site.Links;
import usher.http.site.Version;

/// Where files are on this door, and which versions of them.
final class Places {
  private static final String OWN = "api/";

  private Places() {}

  /// The file that a request is about.
  ///
  /// @throws LibraryException with `BAD_NAME`
  static FileName name(HttpRequest request) {
    return new FileName(request.parameter("name"));
  }

  /// Whether a file can be reached here: what would lie below our own places cannot.
  static boolean reachable(FileName name) {
    return !name.text().startsWith(OWN);
  }

  /// A name that is to be stored.
  ///
  /// @throws LibraryException with `BAD_NAME`
  static FileName storable(FileName name) {
    if (!reachable(name)) {
      throw new LibraryException(
          LibraryException.Code.BAD_NAME, "the folder api is this server's own");
    }
    return name;
  }

  /// The path of a file, without the slash before it.
  static String link(FileName name) {
    StringBuilder path = new StringBuilder();
    for (String segment : name.segments()) {
      path.append(path.isEmpty() ? "" : "/").append(Links.encode(segment));
    }
    return path.toString();
  }

  /// Which version of a file this is: by its checksum where that is known, else by its size and
  /// time.
  static Version version(FileEntry entry) {
    String tag =
        entry
            .checksum()
            .map(checksum -> checksum.hex())
            .orElseGet(
                () ->
                    Long.toHexString(entry.size())
                        + "-"
                        + Long.toHexString(
                            FileTime.from(entry.modified()).to(TimeUnit.NANOSECONDS)));
    return new Version(tag, entry.modified());
  }

  /// Which version of a file there is, or null where there is none.
  static @Nullable Version current(FileLibrary library, FileName name) {
    try {
      return version(library.stat(name));
    } catch (LibraryException refused) {
      if (refused.code() == LibraryException.Code.NOT_FOUND) {
        return null;
      }
      throw refused;
    }
  }
}
