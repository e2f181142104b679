package usher.http.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;

/// A folder with files for a test, all changed long before the test's now.
final class Grounds {
  /// The wall clock of the tests.
  static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");

  static final InstantSource WALL = InstantSource.fixed(NOW);

  /// When files changed, unless said otherwise.
  static final Instant LONG_AGO = Instant.parse("2025-01-02T03:04:05.678Z");

  final Path folder;

  Grounds(Path folder) {
    this.folder = folder;
  }

  /// A file with this text.
  Path put(String name, String text) throws IOException {
    return put(name, text.getBytes(StandardCharsets.UTF_8), LONG_AGO);
  }

  /// A file with these bytes, changed at this time.
  Path put(String name, byte[] bytes, Instant modified) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(modified));
    return file;
  }

  /// A site over the folder with the clock of the tests.
  Site.Builder site() {
    return Site.builder(folder).wall(WALL);
  }

  /// Bytes of which no two stretches look alike.
  static byte[] pattern(int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8) * 17 + (i >> 16));
    }
    return bytes;
  }
}
