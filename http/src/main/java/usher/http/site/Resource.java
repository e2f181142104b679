package usher.http.site;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of the site in all its encodings, ready to be sent. Immutable. Holds files open until it
/// is closed; what is on its way to a client by then is still sent.
final class Resource implements Closeable {
  /// A file that is held open, and what it was when it was opened.
  record OpenFile(Stamp stamp, SharedFile file) {}

  private final Found found;
  private final boolean settled;
  private final EnumMap<Encoding, Representation> encodings;
  private final List<OpenFile> files;
  private final int bytes;

  /// @param found which versions of which files this was made of
  /// @param settled whether any later change of them shows in their stamps
  /// @param encodings at least the plain one
  /// @param files what the encodings hold open
  Resource(
      Found found, boolean settled, Map<Encoding, Representation> encodings, List<OpenFile> files) {
    this.found = found;
    this.settled = settled;
    this.encodings = new EnumMap<>(encodings);
    this.files = List.copyOf(files);
    int inMemory = 0;
    for (Representation representation : encodings.values()) {
      if (representation.content() instanceof Content.Memory(ByteBuffer kept)) {
        inMemory += kept.remaining();
      }
    }
    this.bytes = inMemory;
  }

  /// Whether this is still what a path leads to, for certain.
  boolean isStill(Found now) {
    return settled && found.equals(now);
  }

  /// How many bytes it keeps in memory.
  int bytes() {
    return bytes;
  }

  /// How many files it holds open.
  int files() {
    return files.size();
  }

  /// Whether the files that are held open have not changed. One look at the disk for each.
  boolean isUnchanged() {
    for (OpenFile open : files) {
      try {
        if (!open.stamp.matches(Folder.attributes(open.stamp.real()))) {
          return false;
        }
      } catch (IOException goneOrUnreadable) {
        return false;
      }
    }
    return true;
  }

  /// Picks an encoding for a client.
  ///
  /// @param accepted its `Accept-Encoding`
  /// @param parts whether it wants parts, which not every encoding has
  Representation choose(@Nullable String accepted, boolean parts) {
    Encoding chosen = Encoding.choose(accepted, encodings.keySet());
    Representation representation = encodings.get(chosen);
    if (representation == null || (parts && !representation.hasRanges())) {
      representation = encodings.get(Encoding.IDENTITY);
    }
    if (representation == null) {
      throw new AssertionError("no plain representation of " + found.plain().real());
    }
    return representation;
  }

  /// Whether there is more than the plain encoding.
  boolean varies() {
    return encodings.size() > 1;
  }

  @Override
  public void close() {
    for (OpenFile open : files) {
      try {
        open.file.close();
      } catch (IOException ignored) {
        // Nothing is lost with a file that was only read.
      }
    }
  }
}
