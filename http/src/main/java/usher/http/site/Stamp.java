package usher.http.site;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Which version of which file: two equal stamps mean the same bytes, but for a change that keeps
/// the size and puts the old time of change back, or that falls into the same tick of the file
/// system's clock (see [Loader] for the latter).
///
/// @param real the path without links
/// @param size in bytes
/// @param modified the time of the last change
/// @param key what the file system identifies the file by, where it does
record Stamp(Path real, long size, FileTime modified, @Nullable Object key) {
  static Stamp of(Path real, BasicFileAttributes attributes) {
    return new Stamp(real, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }

  static Stamp of(Folder.Node node) {
    return of(node.real(), node.attributes());
  }

  /// Whether the file is still the same, by these attributes.
  boolean matches(BasicFileAttributes attributes) {
    return attributes.size() == size
        && attributes.lastModifiedTime().equals(modified)
        && Objects.equals(attributes.fileKey(), key)
        && attributes.isRegularFile();
  }

  /// Size, time of change and file key, for an entity tag. The key is in it since a copy with its
  /// time kept, of the same size, is a common way to replace a file.
  String opaque() {
    return Long.toHexString(size)
        + "-"
        + Long.toHexString(modified.to(TimeUnit.NANOSECONDS))
        + "-"
        + Integer.toHexString(Objects.hashCode(key));
  }
}
